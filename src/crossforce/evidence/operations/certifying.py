"""What goes leaves a certificate in the log: how much of what kind went, and whether the keys of its files did; nothing of what it said."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crossforce.evidence.choices import DISPOSED
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records


@dataclass(slots=True)
class Gone:
    """What goes in one disposal. Files are destroyed with their key, or stay for something else of the same holder that has the same bytes."""

    parts: Mapping[str, int] = field(default_factory=dict)
    destroyed: int = 0
    still_used: int = 0
    exhibits: int = 0
    left: int = 0

    def file(self, *, was_last: bool) -> None:
        """One file more that the record let go."""
        self.destroyed += was_last
        self.still_used += not was_last

    def take(self, other: "Gone") -> None:
        """As much more as went in the disposal of something that belongs to it."""
        self.destroyed += other.destroyed
        self.still_used += other.still_used


_gone: ContextVar[Gone | None] = ContextVar("what goes in this disposal", default=None)


@contextmanager
def counting(actor: Actor, row: Any, at: datetime) -> Iterator[Gone]:
    """Count what goes with a record, and enter its certificate once all of it went: one for what goes together."""
    within = _gone.get()
    if within is not None and row.record_kind in within.parts:
        yield within
        return
    before = _gone.set(gone := Gone())
    try:
        yield gone
    finally:
        _gone.reset(before)
    if within is not None:
        within.take(gone)
    _certify(actor, row, gone, at)


def _certify(actor: Actor, row: Any, gone: Gone, at: datetime) -> None:
    place = records.place_of(row.scope_id)
    detail = {
        "kind": row.record_kind,
        "group": row.review_group,
        "due": row.review_due.isoformat() if row.review_due else None,
        "by_two": bool(row.proposed_by) and row.proposed_by not in people.one_human(actor),
        "parts": dict(sorted(gone.parts.items())),
        "files_destroyed": gone.destroyed,
        "files_still_used": gone.still_used,
    }
    if gone.exhibits or gone.left:
        detail |= {"exhibits": gone.exhibits, "exhibits_left": gone.left}
    ledger.append(
        actor=actor,
        operation=DISPOSED,
        subject=row.reference.subject,
        detail=detail,
        at=at,
        about=ledger.About(concerns=[place.holder], scopes=[row.scope_id]),
    )
