"""Who is on when, through twenty-four hours, as far as whoever asks may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from crossforce.duty.choices import MARKING, What
from crossforce.duty.queries import choosing, running, shown
from crossforce.duty.queries.asked import (
    ALL,
    Filter,
    Part,
    as_of,
    may_look,
    require_known,
    sight_at,
)
from crossforce.duty.queries.running import Held
from crossforce.duty.queries.shown import Noted
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period, gaps
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


class Stretch(NamedTuple):
    """From when to when somebody is on duty, on call or away; without an entry, away by one that may not be read."""

    what: str
    starts_at: datetime
    ends_at: datetime
    entry: Noted | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's duties, on-calls and absences in the period, by beginning.

    `stretches` say when these run: while somebody is away no duty of theirs does.
    """

    staff: UUID
    force: str
    entries: Sequence[Noted]
    stretches: Sequence[Stretch]

    @property
    def first(self) -> Noted:
        """What names the person and their unit: their first duty, or else what there is."""
        return next((e for e in self.entries if e.what != What.ABSENCE), self.entries[0])


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everybody who has a duty or an on-call in the period; `lanes` are the part asked for, of `total`.

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
    with guarded.acting(actor, sight_at(at)):
        within = running.held(wanted.force, as_of(at))
        noted = _timed(within, starts_at, ends_at)
        on = [each for each in noted if each.what != What.ABSENCE]
        people_on, deciding = _chosen(actor, on, wanted, at)
        lanes = _by_person(noted, people_on, within.forces)
        some = part.of(lanes)
        entries = shown.entries_of(each.id for lane in some for each in lane)
        gone = _gone(within, starts_at, ends_at)
        return Timeline(
            at=at,
            starts_at=starts_at,
            ends_at=ends_at,
            lanes=[
                _lane([entries[str(each.id)] for each in lane], within, gone) for lane in some
            ],
            total=len(lanes),
            forces=sorted({within.forces[each.scope_id] for each in on}),
            units=sorted({each.unit for each in on}),
            functions=sorted({each.function for each in on if each.function}),
            is_past=as_of(at) is not None,
            reaches=bool(within.scopes or within.rows) or may_look(actor, at),
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


def _gone(within: Held, starts_at: datetime, ends_at: datetime) -> Mapping[UUID, list[Period]]:
    """When in the period people are away by what may not be read, as far as it lies in their duties."""
    found: defaultdict[UUID, list[Period]] = defaultdict(list)
    gone = running.knowing_who_is_gone(within, starts_at, ends_at).gone
    for staff, since, until in zip(*gone, strict=True) if gone else ():
        found[staff].append(Period(since, until))
    return found


def _lane(entries: Sequence[Noted], within: Held, gone: Mapping[UUID, list[Period]]) -> Lane:
    staff = entries[0].staff
    stretches = sorted(
        _stretches(entries, gone.get(staff, [])),
        key=lambda each: (each.what == What.ABSENCE, each.starts_at),
    )
    return Lane(staff, within.forces[entries[0].scope_id], entries, stretches)


def _stretches(entries: Sequence[Noted], gone: Sequence[Period]) -> Iterator[Stretch]:
    """What is left of duties and on-calls beside absences, and the absences themselves."""
    told = [Period(e.starts_at, e.ends_at) for e in entries if e.what == What.ABSENCE]
    for each in entries:
        away = () if each.what == What.ABSENCE else (*told, *gone)
        for left in _left(Period(each.starts_at, each.ends_at), away):
            yield Stretch(each.what, *left, each)
    for untold in gone:
        for left in _left(untold, told):
            yield Stretch(What.ABSENCE, *left)


def _left(of: Period, away: Iterable[Period]) -> Iterator[tuple[datetime, datetime]]:
    """What is left of a period that ends."""
    return ((e.starts_at, e.ends_at) for e in gaps(away, of) if e.ends_at)


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
