"""A record that stands between two others is made by whoever reads both; that they are combined is told of each.

It goes with either end, whoever holds it: its own holder is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.acting import api as acting
from crossforce.kernel import civil, guarded, registry, statements
from crossforce.kernel.registry import RecordKind
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import COMBINED, ERASED
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats

NAMES: Final = ("one", "other")
GOING: Final = "SELECT kind, record, scope, holder, is_held FROM records_ends_going(%s, %s)"


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with one of its ends. `is_held`: a hold goes with it, which could not keep what is another's."""

    kind: str
    record: UUID
    scope: int
    holder: str
    is_held: bool


def ends(kind: RecordKind, values: Mapping[str, Any]) -> Sequence[GovernedRecord]:
    """The two records between which one of this kind is to stand; none for a kind without ends. Raises NoSuchRecord."""
    if not kind.ends:
        return ()
    wanted = {values[name] for name in NAMES}
    found = [
        row
        for each in kind.ends
        for row in queries.model_of(each).objects.filter(pk__in=wanted)
    ]
    if len(found) != len(NAMES):
        raise beats.NoSuchRecord
    return found


def tell(actor: Actor, kind: RecordKind, of: Sequence[GovernedRecord], at: datetime) -> None:
    """One entry for each end, in which nothing of the other stands: not all who audit the one may know of that."""
    for row in of:
        beats.record(
            actor=actor,
            operation=COMBINED,
            rows=[row],
            action="read",
            detail={"relation": kind.name},
            at=at,
        )


def going(row: GovernedRecord) -> list[Going]:
    """What goes with a record that is disposed of now, locked with it. Whoever acts may know of none of it."""
    if not any(row.record_kind in each.ends for each in registry.record_kinds):
        return []
    content = {"kind": row.record_kind, "record": str(row.pk)}
    found = statements.answers(GOING, *acting.sealed("ends-going", content))
    return [Going(*each) for each in found]


def tell_gone(actor: Actor, gone: Sequence[Going], at: datetime) -> None:
    """One entry for each, which concerns its own holder and names neither end.

    Of another holder's it is an entry of the platform's: auditors of whoever disposed of the end learn of none by it.
    """
    own = [each for each in gone if each.holder == actor.organisation]
    others = [each for each in gone if each.holder != actor.organisation]
    if own:
        ledger.append_many(actor=actor, acts=map(_gone, own), at=at)
    if others:
        _tell(map(_gone, others), at)


def tell_left(gone: Sequence[Going], at: datetime) -> None:
    """One entry for each that a posting left, which concerns its own holder."""
    if gone:
        _tell((_gone(each, posting_is_over=True) for each in gone), at)


def _tell(acts: Iterable[ledger.Act], at: datetime) -> None:
    """As entries of the platform's own."""
    worker = people.system_actor("disposal", on=civil.day_of(at))
    with guarded.acting(worker):
        ledger.append_many(actor=worker, acts=acts, at=at)


def _gone(each: Going, *, posting_is_over: bool = False) -> ledger.Act:
    key = str(each.record)
    why = {"posting_is_over": True} if posting_is_over else {"with_end": True}
    return ledger.Act(
        ERASED,
        f"{each.kind}:{key}",
        {"rows": [key], "count": 1, "was_held": each.is_held, **why},
        ledger.About([each.holder], [], [each.scope]),
    )
