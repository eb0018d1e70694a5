"""Corrections: of the statements of a record; what lists and searches show of it follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.nominals.canonical import Statement, deriving, read
from crossforce.nominals.choices import POLE
from crossforce.nominals.operations.judging import MODELS
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.findings import Wrong

STATEMENTS: Final = "statements"


class Unsound(NotUnderstood):
    """A statement is not sound; the message says which, why, and what would mend it."""


def correct(
    *, actor: Actor, record: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed of what is said. Raises Unsound, NotUnderstood, NoSuchRecord.

    Each statement is judged as one of a load is.
    """
    if set(given) != {STATEMENTS}:
        raise NotUnderstood("Correct the statements: everything else follows from them.")
    kind = _kind_of(actor, record)
    said = judged(given[STATEMENTS], at)
    try:
        follow = deriving.scalars(kind.rpartition(".")[2], said)
    except Wrong as wrong:
        raise Unsound(f"{wrong.message} {wrong.remedy}") from None
    values = {STATEMENTS: _verified(kind, actor, record, said), **follow}
    return records.edit(
        actor=actor, kind=kind, record=record, version=version, given=values, at=at
    )


def _verified(
    kind: str, actor: Actor, record: UUID, said: list[Statement]
) -> list[dict[str, Any]]:
    """The statements. Where any came or went, whoever accepts verifies all that stay, and no load writes over them.

    Who verified them before, and whom the proposal names, counts no longer: the record as a whole was judged here.
    """
    with guarded.acting(actor):
        before = MODELS[kind].objects.get(pk=record).statements
    after = [each.plain() for each in said]
    if all(each in before for each in after) and all(each in after for each in before):
        return after
    return [{**each, "verified_by": actor.organisation} for each in after]


def judged(given: Any, at: datetime) -> list[Statement]:
    """Statements as somebody wrote them, in canonical form. Raises Unsound."""
    if not isinstance(given, list) or not given:
        raise Unsound("A record says something: write a list of statements.")
    found, on = [], civil.day_of(at)
    for number, each in enumerate(given, 1):
        try:
            found.append(read(each, on=on))
        except Wrong as wrong:
            raise Unsound(f"Statement {number}: {wrong.message} {wrong.remedy}") from None
    return found


def _kind_of(actor: Actor, record: UUID) -> str:
    """Which of the four it is. Raises NotUnderstood."""
    with guarded.acting(actor):
        for kind in POLE:
            if MODELS[kind].objects.filter(pk=record).exists():
                return kind
    raise NotUnderstood("There is no such record, or none that you may know of.")
