"""Corrections: of the statements of a record; what lists and searches show of it follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.ledger import api as ledger
from crossforce.nominals.canonical import Statement, deriving, read
from crossforce.nominals.choices import POLE, TOLD
from crossforce.nominals.operations.judging import MODELS
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import DISCLOSED
from crossforce.records.mapping.findings import Wrong
from crossforce.transparency.entry import from_bytes

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
    row = records.edit(
        actor=actor, kind=kind, record=record, version=version, given=values, at=at
    )
    tell(actor=actor, row=row, at=at)
    return row


def tell(*, actor: Actor, row: Any, at: datetime) -> tuple[str, ...]:
    """Tell every organisation that received a record that it was corrected; answers which.

    Who received it stands in the ledger: named as the recipient, or having taken it out itself. A recipient who is no
    organisation stands there in private, and is counted: the holder's own auditors read who it was.
    """
    holder = records.place_of(row.scope_id).holder
    told, others = _received(row.pk, holder)
    acts = [_told(row, (each,), holder) for each in told]
    if others:
        acts.append(_told(row, (), holder, others=others))
    ledger.append_many(actor=actor, acts=acts, at=at)
    return told


def _told(row: Any, recipients: tuple[str, ...], holder: str, *, others: int = 0) -> ledger.Act:
    """An entry that the holder reads, and the recipient, who does not learn of the others by it."""
    return ledger.Act(
        TOLD,
        row.reference.subject,
        {"recipients": list(recipients), "others": others, "version": row.version},
        ledger.About(concerns=(holder, *recipients), scopes=(row.scope_id,)),
    )


def _received(record: UUID, holder: str) -> tuple[tuple[str, ...], int]:
    """Organisations that received a record, and how often it went to somebody who is none."""
    found, others = set(), 0
    for row in ledger.touching(ledger.Touching((DISCLOSED,), row=record)):
        recipient = from_bytes(bytes(row.body)).detail.get("recipient", "")
        found |= {str(recipient), row.organisation}
        others += not recipient
    return tuple(sorted(found - {"", holder})), others


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
