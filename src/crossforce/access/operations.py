"""What an agreement gives becomes grants, in the transaction of the act that changes it."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from crossforce.access import rules
from crossforce.access.choices import Grant
from crossforce.acting import api as acting
from crossforce.agreements import api as agreements
from crossforce.kernel import registry, statements
from crossforce.ledger import api as ledger
from crossforce.people import api as people


def enforce(agreement: agreements.Agreement, at: datetime) -> None:
    """Put the grants of the agreement in place of those that stood, for all of time.

    Periods carry everything: a leave, a suspension and a later version need no further act.
    """
    put_grants(agreement.reference, grants_of(agreements.enforced(agreement, at)))


def grants_of(versions: Iterable[agreements.Enforced]) -> Iterator[Grant]:
    """The grants of every version in the periods in which the platform acts on it.

    Whatever a version says of others' records, it opens those alone for whose holders a party of it signed.
    """
    for version in versions:
        standing = rules.without(version.binds, version.suspensions)
        for grant in rules.grants(version.number, version.terms, standing, version.units):
            if grant.holder in version.bound:
                yield from rules.spelt_out(grant, registry.record_kinds.names())


@transaction.atomic
def enforce_all(*, actor: people.Actor, at: datetime) -> int:
    """The grants of every agreement, where none stand: before there were any, or once kinds are new (guarding).

    As the owner of the tables, since nobody else reads the grants. Answers how many agreements gave some.
    """
    people.require(actor, "platform.operate")
    if statements.answer("SELECT EXISTS (SELECT FROM access_grant WHERE agreement <> '')"):
        return 0
    given = []
    for agreement in agreements.Agreement.objects.order_by("reference"):
        if put_grants(agreement.reference, grants_of(agreements.enforced(agreement, at))):
            given.append(agreement.reference)
    if given:
        ledger.append(
            actor=actor,
            operation="access.grants-derived",
            subject="access.grant",
            detail={"agreements": given},
            at=at,
        )
    return len(given)


def put_grants(reference: str, found: Iterable[Grant]) -> int:
    """Write the grants of one agreement, instead of any before; answers how many there are."""
    content = {"agreement": reference, "grants": [_as_sent(each) for each in found]}
    return int(
        statements.answer("SELECT access_put_grants(%s, %s)", *acting.sealed("grants", content))
    )


def _as_sent(grant: Grant) -> dict[str, Any]:
    sent = asdict(grant)
    holds = sent.pop("holds")
    return sent | {
        name: each.isoformat() if each else None
        for name, each in (("starts_at", holds["starts_at"]), ("ends_at", holds["ends_at"]))
    }
