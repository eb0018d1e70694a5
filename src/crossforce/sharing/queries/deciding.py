"""Whose records an organisation decides about: its own, and those of bodies whose heir it is."""

from typing import Final
from uuid import UUID

from crossforce.kernel import civil, clock, statements
from crossforce.organisations import api as organisations
from crossforce.people import api as people

DECIDE: Final = "access.decide"
"""The standing power of whoever decides about single records."""


def estate(organisation: str) -> list[str]:
    """The organisation, and every body that it stands in the place of today."""
    held, on = organisations.directory(), civil.day_of(clock.now())
    heirs = (
        each.code for each in held.organisations if organisation in held.heirs(each.code, on)
    )
    return sorted({organisation, *heirs})


def decides(actor: people.Actor, holder: str) -> bool:
    """Whether the actor decides about single records of the holder."""
    return actor.may(DECIDE, holder) or (
        actor.may(DECIDE) and holder in estate(actor.organisation)
    )


def require_deciding(actor: people.Actor, holder: str) -> None:
    """Let the decision pass. Raises people.Refused."""
    if not decides(actor, holder):
        people.require(actor, DECIDE, organisation=holder)


def is_oneself(posting: UUID) -> bool:
    """Whether it is whoever acts who is posted there, in this posting or another."""
    return bool(statements.answer("SELECT access_is_oneself(%s)", posting))


def deciders(kind: str, record: UUID) -> dict[str, tuple[str, ...]]:
    """By body, the offices of others who could decide about the record now, and within a compartment read there.

    Nobody for a record of which whoever acts may not be told.
    """
    found: dict[str, tuple[str, ...]] = {}
    for body, office in statements.answers(
        "SELECT * FROM access_deciders(%s, %s)", kind, record
    ):
        found[body] = (*found.get(body, ()), office)
    return found
