"""Who counts as there, what may be asked of them, and whether a unit has enough."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from crossforce.duty.rules.statuses import Status
from crossforce.kernel import civil


class Availability(StrEnum):
    """Whether somebody may be sent."""

    AVAILABLE = "available"
    COMMITTED = "committed"
    ON_CALL = "on-call"
    NOT_AVAILABLE = "not-available"


class Needs(NamedTuple):
    """The skill and the authority without which somebody does not count."""

    skill: str = ""
    authority: str = ""


ANYBODY: Final = Needs()


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many in a unit, or in one of its functions, on these weekdays between these times.

    Where a skill or an authority is named, who does not have it at an instant does not count then.
    """

    unit: str
    function: str
    weekdays: str
    begins: time
    ends: time
    minimum: int
    skill: str = ""
    authority: str = ""

    @property
    def needs(self) -> Needs:
        """The skill and the authority that count."""
        return Needs(self.skill, self.authority)


@dataclass(frozen=True, slots=True)
class Gap:
    """From one instant to another a unit has fewer than it needs.

    One that `is_open` ends where the period ends that was looked at, and may go on after it.
    """

    unit: str
    function: str
    starts_at: datetime
    ends_at: datetime
    has: int
    minimum: int
    skill: str = ""
    authority: str = ""
    is_open: bool = False


class Span(NamedTuple):
    """So many people on duty in a unit and function from one instant to another.

    With `needs`, only those who have that skill and that authority throughout.
    """

    starts_at: datetime
    ends_at: datetime
    unit: str
    function: str
    people: int = 1
    needs: Needs = ANYBODY


DEPLOYABLE: Final = (Availability.AVAILABLE, Availability.COMMITTED)
"""Who can be sent."""


def availability(what: str, status: str, known: Mapping[str, Status]) -> Availability:
    """On call waits to be called; without a status, who is on duty is taken to be available."""
    if what == "on-call":
        return Availability.ON_CALL
    if not status:
        return Availability.AVAILABLE
    found = known.get(status)
    says = found.assignable if found else "no"
    return {
        "yes": Availability.AVAILABLE,
        "warn": Availability.COMMITTED,
    }.get(says, Availability.NOT_AVAILABLE)


def wanted_at(cover: Iterable[Wanted], at: datetime) -> list[Wanted]:
    """The cover that is wanted at the instant."""
    return [
        each
        for each in cover
        if any(
            start <= at < end
            for start, end in _windows(each, civil.day_of(at), civil.day_of(at))
        )
    ]


def next_change(cover: Iterable[Wanted], at: datetime) -> datetime | None:
    """When, after the instant and by the end of the next day, cover is next wanted anew or no longer."""
    day = civil.day_of(at)
    edges = (
        edge
        for each in cover
        for window in _windows(each, day, day + timedelta(days=1))
        for edge in window
    )
    return min((edge for edge in edges if edge > at), default=None)


def gaps(
    cover: Iterable[Wanted], duties: Iterable[Span], starts_at: datetime, ends_at: datetime
) -> list[Gap]:
    """Where fewer people are on duty than wanted, within the period, in order of time."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for span in duties:
        spans[span.unit].append(span)
    first, last = civil.day_of(starts_at), civil.day_of(ends_at)
    found: list[Gap] = []
    for each in cover:
        counted = [
            span
            for span in spans[each.unit]
            if each.function in ("", span.function) and span.needs == each.needs
        ]
        for begin, end in _windows(each, first, last):
            within = max(begin, starts_at), min(end, ends_at)
            if within[0] < within[1]:
                some = list(_short(each, counted, *within))
                if some and end > ends_at == some[-1].ends_at:
                    some[-1] = replace(some[-1], is_open=True)
                found += some
    return _in_order(_joined(found))


def following(before: Iterable[Gap], after: Iterable[Gap], told: Container[str]) -> list[Gap]:
    """The gaps of a period and of the next, which tells of these units: one that goes on unchanged is one gap."""
    known = (replace(gap, is_open=gap.is_open and gap.unit not in told) for gap in before)
    alike = sorted([*known, *after], key=lambda gap: (*map(str, _said(gap)), gap.starts_at))
    return _in_order(_joined(alike))


def _in_order(found: Iterable[Gap]) -> list[Gap]:
    return sorted(found, key=lambda gap: (gap.starts_at, gap.unit, gap.function))


def _joined(found: Iterable[Gap]) -> Iterator[Gap]:
    """Gaps that follow each other without a change, as where one day's cover ends and the next begins."""
    last: Gap | None = None
    for gap in found:
        if last and last.ends_at == gap.starts_at and _said(last) == _said(gap):
            last = replace(gap, starts_at=last.starts_at)
            continue
        if last:
            yield last
        last = gap
    if last:
        yield last


def _said(gap: Gap) -> tuple[str | int, ...]:
    """What a gap says, whenever it is."""
    return gap.unit, gap.function, gap.has, gap.minimum, gap.skill, gap.authority


def _short(
    each: Wanted, spans: list[Span], starts_at: datetime, ends_at: datetime
) -> Iterator[Gap]:
    """The parts of the period in which there are too few; neighbours with as many are one."""
    steps: Counter[datetime] = Counter()
    for span in spans:
        begin, end = max(span.starts_at, starts_at), min(span.ends_at, ends_at)
        if begin < end:
            steps[begin] += span.people
            steps[end] -= span.people
    has, since = 0, starts_at
    for at in [*sorted(at for at, step in steps.items() if step), ends_at]:
        if since < at and has < each.minimum:
            yield Gap(each.unit, each.function, since, at, has, each.minimum, *each.needs)
        has, since = has + steps[at], at


def _windows(each: Wanted, first: date, last: date) -> tuple[tuple[datetime, datetime], ...]:
    """When the cover is wanted, on days from the one before the first."""
    return _times(each.weekdays, each.begins, each.ends, first, last)


@lru_cache(maxsize=1024)
def _times(
    weekdays: str, begins: time, ends: time, first: date, last: date
) -> tuple[tuple[datetime, datetime], ...]:
    """The same, worked out once for all units that want the same times."""
    found = []
    day = first - timedelta(days=1)
    while day <= last:
        if str(day.isoweekday()) in weekdays:
            end_day = day + timedelta(days=ends <= begins)
            found.append((_at(day, begins), _at(end_day, ends)))
        day += timedelta(days=1)
    return tuple(found)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, civil.LONDON).astimezone(UTC)


def along(at: datetime, since: datetime) -> int:
    """How many minutes have passed since, of the clock that never stops: a day may have 23 hours."""
    return round((at - since).total_seconds() / 60)
