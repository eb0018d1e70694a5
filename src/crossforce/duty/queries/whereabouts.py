"""What somebody is doing at an instant, where, and on what footing: what a card's answers rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import F, Q

from crossforce.duty import models
from crossforce.duty.choices import What
from crossforce.duty.queries import asked, running
from crossforce.duty.rules import footing as rules
from crossforce.duty.rules.footing import Footing
from crossforce.kernel import civil
from crossforce.organisations.directory import placing
from crossforce.people import api as people
from crossforce.people.api import Able


class Standing(StrEnum):
    """What somebody is doing at the instant, as far as the reader may know. Only a duty is joint duty."""

    DUTY = "duty"
    ON_CALL = "on-call"
    AWAY = "away"
    NOT_THEN = "not-then"


DOING: Final = {
    Standing.DUTY: "",
    Standing.ON_CALL: " on call and not on duty,",
    Standing.AWAY: " away and not on duty,",
    Standing.NOT_THEN: " not on this duty then,",
}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """In whose area somebody is taken to be, and how that is known.

    `known_by` is `asked`; `located` in an outline; `nearest` to a place just outside of all; `nowhere`,
    for a place far from all; `own` when no place is known. `near` are the others whose it may be.
    """

    area: str
    known_by: str
    near: Sequence[str] = ()


def standing(row: models.Entry, at: datetime) -> Standing:
    """What they are doing; an absence that the reader may know of takes them off duty."""
    is_cancelled = row.cancelled_at is not None and row.cancelled_at <= at
    if is_cancelled or not row.starts_at <= at < row.ends_at:
        return Standing.NOT_THEN
    if row.what == What.ABSENCE or _is_away(row, at):
        return Standing.AWAY
    return Standing.ON_CALL if row.what == What.ON_CALL else Standing.DUTY


def _is_away(row: models.Entry, at: datetime) -> bool:
    """By an absence that the reader may read, or one that is noted out of their reach."""
    unread = running.figures(running.ELSEWHERE, [at, at + running.MOMENT, asked.as_of(at)])
    if any(staff == row.staff for staff, _, _ in unread):
        return True
    rows: Any = models.Entry.objects.filter(
        Q(cancelled_at__isnull=True)
        | Q(cancelled_at__gt=at) & Q(cancelled_at__gt=F("created_at")),
        staff=row.staff,
        what=What.ABSENCE,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    found: bool = rows.exists()
    return found


def footing(row: models.Entry, at: datetime, able: Able) -> Footing:
    """What they are in law, by their own record where it may be read, else by their role or authorities."""
    known = people.Staff.objects.filter(pk=row.staff).first()
    kind, rank = (known.kind, known.rank) if known else ("", "")
    held = able.authorities | able.barred
    return rules.footing(kind, rank, row.role, civil.day_of(at), held)


def whereabouts(row: models.Entry, force: str) -> Whereabouts:
    """In whose area a duty is, by its coordinates; without any, in their own."""
    if row.latitude is None or row.longitude is None:
        return Whereabouts(force, "own")
    found = placing.placed(row.longitude, row.latitude)
    if found.force is None:
        return Whereabouts(force, "nowhere")
    return Whereabouts(found.force, "located" if found.is_within else "nearest", found.near)
