"""What was done with the exhibits of a case, in one order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.evidence.choices import CLOCKS, TOUCH, State
from crossforce.evidence.models import Annotation, Exhibit, Item, Touch
from crossforce.evidence.queries.places import in_place
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST = 500


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was done with an exhibit of a case: seized, a file kept, something noted on one, or an act of its continuity.

    When a file was captured is what its device says of it, and by which clock stands beside it.
    """

    at: datetime
    exhibit: Exhibit
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The exhibits under one crime, incident or operation. There may be more where it is not whole.

    Of those that are `unread` the continuity is not open to the actor, and nothing of it among the moments.
    """

    reference: str
    exhibits: list[Exhibit]
    moments: list[Moment]
    unread: list[UUID]
    is_whole: bool


@guarded.acts
def case_of(actor: Actor, reference: str) -> Timeline:
    """The exhibits of a case that one may read, and what was done with them, in the order in which it was. Raises Missing."""
    rows = list(
        Exhibit.objects.filter(case_reference=reference).order_by("seized_at", "pk")[:MOST]
    )
    if not rows:
        raise Missing
    return timeline(reference, rows, is_whole=len(rows) < MOST)


def timeline(reference: str, rows: list[Exhibit], *, is_whole: bool) -> Timeline:
    """What was done with these exhibits; asked while somebody acts."""
    of = {row.pk: row for row in rows}
    moments = [Moment(row.seized_at, row, "seized", row.seized_by) for row in rows]
    for item in Item.objects.filter(exhibit__in=of, state=State.KEPT):
        what = "redacted copy" if item.is_derived else item.cut or "file kept"
        moments.append(Moment(item.created_at, of[item.exhibit], what, item.name))
        if item.captured_at:
            by = f"{item.name}: {CLOCKS[item.captured_clock]}"
            moments.append(Moment(item.captured_at, of[item.exhibit], "captured", by))
    for touch in Touch.objects.filter(exhibit__in=of).order_by("number"):
        moments.append(Moment(touch.happened_at, of[touch.exhibit], touch.act, touch.office))
    for note in Annotation.objects.filter(exhibit__in=of).order_by("created_at")[:MOST]:
        moments.append(Moment(note.created_at, of[note.exhibit], "noted", note.text))
    moments.sort(key=lambda each: each.at)
    return Timeline(reference, rows, moments, _unread(rows), is_whole)


def _unread(rows: list[Exhibit]) -> list[UUID]:
    there = {
        each: in_place(records.place_of(each), TOUCH) for each in {row.scope_id for row in rows}
    }
    is_open = guarded.open_scopes("read", there.values())
    return [row.pk for row in rows if there[row.scope_id] not in is_open]
