"""Who is on when, through twenty-four hours, as far as whoever asks may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from crossforce.duty.choices import MARKING, What
from crossforce.duty.queries import choosing, running, shown
from crossforce.duty.queries.asked import ALL, Filter, Part, as_of, require_known
from crossforce.duty.queries.running import Held
from crossforce.duty.queries.shown import Noted
from crossforce.kernel import guarded
from crossforce.people.api import Actor

LONG: Final = timedelta(hours=24)
BEFORE: Final = timedelta(hours=1)
TIMED: Final = (
    "id, scope_id, staff, what, unit, function, call_sign, name, status, starts_at, ends_at",
    "",
)


class Timed(NamedTuple):
    """What a timeline sorts by."""

    id: UUID
    scope_id: int
    staff: UUID
    what: str
    unit: str
    function: str
    call_sign: str
    name: str
    status: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's duties, on-calls and absences in the period, by beginning."""

    staff: UUID
    force: str
    entries: Sequence[Noted]

    @property
    def first(self) -> Noted:
        """What names the person and their unit: their first duty, or else what there is."""
        return next((e for e in self.entries if e.what != What.ABSENCE), self.entries[0])


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everybody who is on duty or on call in the period; `lanes` are the part asked for, of `total`.

    What the people who are `deciding` can do is all that a skill or an authority that is asked for chooses by.
    """

    at: datetime
    starts_at: datetime
    ends_at: datetime
    lanes: Sequence[Lane]
    total: int
    forces: Sequence[str] = ()
    units: Sequence[str] = ()
    functions: Sequence[str] = ()
    is_past: bool = False
    reaches: bool = True
    marking: str = MARKING
    deciding: Collection[UUID] = ()


def timeline(actor: Actor, at: datetime, wanted: Filter, part: Part = ALL) -> Timeline:
    """Who is on when, from an hour before the instant, by force, unit and beginning.

    Whoever has a duty or an on-call in the period is on it, with their absences. Availability is a
    matter of the instant and is not asked here. Raises NoSuchFilter.
    """
    require_known(actor, wanted, at)
    starts_at = at.replace(minute=0, second=0, microsecond=0) - BEFORE
    ends_at = starts_at + LONG
    with guarded.acting(actor, as_of(at)):
        within = running.held(wanted.force, as_of(at))
        noted = _timed(within, starts_at, ends_at)
        on = [each for each in noted if each.what != What.ABSENCE]
        people_on, deciding = _chosen(actor, on, wanted, at)
        lanes = _by_person(noted, people_on, within.forces)
        some = part.of(lanes)
        entries = shown.entries_of(each.id for lane in some for each in lane)
        return Timeline(
            at=at,
            starts_at=starts_at,
            ends_at=ends_at,
            lanes=[
                Lane(
                    lane[0].staff,
                    within.forces[lane[0].scope_id],
                    [entries[str(each.id)] for each in lane],
                )
                for lane in some
            ],
            total=len(lanes),
            forces=sorted({within.forces[each.scope_id] for each in on}),
            units=sorted({each.unit for each in on}),
            functions=sorted({each.function for each in on if each.function}),
            is_past=as_of(at) is not None,
            reaches=bool(within.scopes or within.rows),
            marking=shown.marking_of(entries.values()),
            deciding=deciding,
        )


def _chosen(
    actor: Actor, on: Sequence[Timed], wanted: Filter, at: datetime
) -> tuple[set[UUID], set[UUID]]:
    """Who is shown; and, where a skill or an authority is asked for, who was chosen among."""
    staff = {
        each.staff
        for each in on
        if wanted.unit in ("", each.unit) and wanted.function in ("", each.function)
    }
    if not (wanted.skill or wanted.authority):
        return staff, set()
    return choosing.qualifying(actor, staff, wanted, at)


def _timed(within: Held, starts_at: datetime, ends_at: datetime) -> list[Timed]:
    """What runs at any instant of the period."""
    statement, given = running.statement(TIMED, within, starts_at, ends_at)
    found = running.figures(statement, given) if statement else []
    return [timed for timed in map(Timed._make, found) if within.has(timed.scope_id)]


def _by_person(
    noted: Sequence[Timed], people_on: set[UUID], forces: dict[int, str]
) -> list[list[Timed]]:
    lanes: dict[UUID, list[Timed]] = {}
    for each in noted:
        if each.staff in people_on:
            lanes.setdefault(each.staff, []).append(each)
    for lane in lanes.values():
        lane.sort(key=lambda each: (each.what == What.ABSENCE, each.starts_at, each.id))
    return sorted(
        lanes.values(),
        key=lambda lane: (
            forces[lane[0].scope_id],
            lane[0].unit,
            lane[0].starts_at,
            lane[0].name,
            lane[0].staff,
        ),
    )
