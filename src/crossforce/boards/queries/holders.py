"""Who holds the seats of a board on a day, and which documents say what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards.rules.motions import Answer
from crossforce.boards.rules.seats import Seat
from crossforce.kernel import civil, guarded
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records

DOCUMENT: Final = "records.document"
JUST_BEFORE: Final = timedelta(microseconds=1)
MOST: Final = 200
"""Documents that are offered; any other is named by its identifier over the API and on the command line."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds the office of a seat, one that may sit in its place, or the one for whom it speaks.

    `said` is how they are called, as far as the reader may know.
    """

    by: str
    office: str
    organisation: str
    said: str


@guarded.acts
def holders(actor: Actor, seats: Iterable[Seat], on: date) -> dict[str, list[Holder]]:
    """By seat, who held it on some instant of the day as far as this platform knows: its own office first."""
    known, last = list(seats), _last(on)
    rows = _posted(on, organisation__in={body for seat in known for body in _bodies(seat)})
    named = records.who(actor, [(f"staff:{row.staff_id}", last) for row in rows])
    held = [
        Holder(by, row.role, row.organisation_id, named.get((by, last), ""))
        for row in rows
        for by in [f"staff:{row.staff_id}"]
    ]
    return {seat.code: _of(seat, held) for seat in known}


@guarded.acts
def own(actor: Actor, seats: Iterable[Seat], on: date) -> frozenset[str]:
    """Those of the seats, by code, that the actor held on some instant of the day, or could sit in."""
    asked = list(seats)
    rows = _posted(on, staff=actor.staff) if asked and actor.staff else ()
    held = [Holder(actor.reference, row.role, row.organisation_id, "") for row in rows]
    return frozenset(seat.code for seat in asked if _of(seat, held))


def is_of_the_office(actor: Actor, row: Any, seats: Iterable[Seat], on: date) -> bool:
    """Whether whoever holds the office itself gave this answer, and the actor, while acting, only stands in for it."""
    asked = list(seats)
    if row.said_by == actor.reference or row.said_by not in _principals(asked, row.said_at):
        return False
    return actor.reference not in _principals(asked, civil.instant(on))


@guarded.acts
def documents(actor: Actor) -> list[tuple[UUID, str]]:
    """The newest documents that the actor may read, by identifier, with their titles."""
    return [(row.pk, row.title) for row in newest(actor)]


@guarded.acts
def newest(actor: Actor) -> list[Any]:
    """The newest documents that the actor may read."""
    rows = (
        records.models_by_kind()[DOCUMENT].objects.within_reach().order_by("-created_at", "pk")
    )
    return list(rows[:MOST])


def document(key: str) -> Any:
    """The document of that identifier, which whoever acts may read (`may_read`)."""
    return records.models_by_kind()[DOCUMENT].objects.get(pk=UUID(key))


@guarded.acts
def titles(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """What documents are called, as far as the actor may know of them."""
    wanted = [(DOCUMENT, UUID(key)) for key in keys if is_identifier(key)]
    return {str(key): each.title for key, each in records.named(actor, wanted).items()}


@guarded.acts
def said(actor: Actor, answers: Iterable[Answer]) -> dict[str, str]:
    """How those who answered are called, each as of the day of the answer."""
    acts = [(each.by, _last(each.on)) for each in answers]
    return {by: words for (by, _), words in records.who(actor, acts).items()}


def may_read(document: str) -> bool:
    """Whether whoever acts may read a document of that identifier."""
    return is_identifier(document) and access.may(DOCUMENT, UUID(document), "read")


def is_identifier(document: str) -> bool:
    """Whether this could name a document at all."""
    try:
        UUID(document)
    except ValueError:
        return False
    return True


def _bodies(seat: Seat) -> set[str]:
    return {seat.of, seat.speaks_for} - {""}


def _of(seat: Seat, held: Iterable[Holder]) -> list[Holder]:
    named = (seat.office.code, *seat.office.alternates, seat.office.speaks_for)
    offices = tuple(dict.fromkeys(named))
    mine = [e for e in held if e.office in offices and e.organisation in _bodies(seat)]
    return sorted(mine, key=lambda each: (offices.index(each.office), each.said, each.by))


def _principals(seats: Iterable[Seat], at: datetime) -> set[str]:
    """Who held an office of the seats on that day, or the one for whom they speak; nobody who may only stand in."""
    roles = {role for seat in seats for role in (seat.office.code, seat.office.speaks_for)}
    bodies = {body for seat in seats for body in _bodies(seat)}
    rows = _posted(civil.day_of(at), role__in=roles, organisation__in=bodies)
    return {f"staff:{row.staff_id}" for row in rows}


def _posted(on: date, **of: Any) -> list[Any]:
    """The postings that were held on some instant of the day."""
    found: dict[UUID, Any] = {}
    for at in (civil.instant(on), _last(on)):
        found |= {row.pk: row for row in people.held(at).filter(**of)}
    return list(found.values())


def _last(on: date) -> datetime:
    return civil.instant(civil.next_day(on)) - JUST_BEFORE
