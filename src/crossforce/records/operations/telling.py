"""Whoever received a record that was corrected since is told (Data Protection Act 2018 s48(4))."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.kernel import statements
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import DISCLOSED, TOLD
from crossforce.records.governed import GovernedRecord
from crossforce.transparency.entry import from_bytes

LOCKS: Final = 64
"""So many locks stand for all records: a disclosure of thousands takes no more."""
DISCLOSING: Final = "SELECT pg_advisory_xact_lock_shared(hashtext('record.disclosed'), n) FROM unnest(%s::int[]) n"
CORRECTING: Final = "SELECT pg_advisory_xact_lock(hashtext('record.disclosed'), %s)"


def begin_disclosing(records: Iterable[UUID]) -> None:
    """Before these are read to be disclosed: no correction of them is told of until that stands in the ledger."""
    statements.answers(DISCLOSING, sorted({record.int % LOCKS for record in records}))


def tell(*, actor: Actor, row: GovernedRecord, at: datetime) -> tuple[str, ...]:
    """Tell every organisation that received a record that it was corrected; answers which.

    Who received it stands in the ledger: named as the recipient, or having taken it out itself. A recipient who is no
    organisation stands there in private, and is counted: the holder's own auditors read who it was. A disclosure that
    has begun is waited for; one that begins now waits, and has what is corrected.
    """
    statements.answers(CORRECTING, row.pk.int % LOCKS)
    holder = queries.place_of(row.scope_id).holder
    told, others = _received(row.pk, holder)
    acts = [_told(row, (each,), holder) for each in told]
    if others:
        acts.append(_told(row, (), holder, others=others))
    ledger.append_many(actor=actor, acts=acts, at=at)
    return told


def _told(
    row: GovernedRecord, recipients: tuple[str, ...], holder: str, *, others: int = 0
) -> ledger.Act:
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
