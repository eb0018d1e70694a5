"""When a board meets: one meeting in each period of its cycle, never on a closed day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crossforce.boards.choices import Cycle
from crossforce.boards.rules.days import WorkingDays
from crossforce.kernel.civil import add_months

MONTHS = {Cycle.MONTHLY: 1, Cycle.QUARTERLY: 3, Cycle.HALF_YEARLY: 6, Cycle.YEARLY: 12}
FINANCIAL_YEAR = 4
"""Quarters, half-years and years are counted from April."""

WEEK = timedelta(days=7)


class NotARhythm(ValueError):
    """This is no day of the cycle; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The day on which a board meets in each period: the third Tuesday of the second month.

    `weekday` counts from Monday as 0; `week` from 1, with 5 for the last; `month` from 1 within
    the period. A weekly board has a weekday only. Raises NotARhythm.
    """

    cycle: Cycle
    weekday: int = 1
    week: int = 1
    month: int = 1

    def __post_init__(self) -> None:
        if self.weekday not in range(5):
            raise NotARhythm("A board meets from Monday to Friday: choose one of 0 to 4.")
        if self.week not in range(1, 6):
            raise NotARhythm("The week of the month is one of 1 to 4, or 5 for the last.")
        months = MONTHS.get(self.cycle, 1)
        if self.month not in range(1, months + 1):
            raise NotARhythm(f"A {self.cycle} period has months 1 to {months}.")


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting of the cycle, in the period `[starts_on, ends_on)`; `moved` says why it moved."""

    starts_on: date
    ends_on: date
    on: date
    nominal: date
    papers_due_on: date
    moved: str = ""


def meetings(
    rhythm: Rhythm, starts_on: date, ends_on: date, days: WorkingDays, papers: int
) -> tuple[Planned, ...]:
    """The meetings that a cycle gives within `[starts_on, ends_on)`, in order.

    One that would fall on a closed day moves to the next working day of its own period, or else to
    the one before; a period without any working day has no meeting. Papers are due `papers` working
    days before. A board that meets as needed has none of itself.
    """
    if rhythm.cycle is Cycle.AS_NEEDED:
        return ()
    found = (
        _planned(rhythm, period, days, papers)
        for period in _periods(rhythm, starts_on, ends_on)
    )
    return tuple(each for each in found if each and starts_on <= each.on < ends_on)


def next_meeting(rhythm: Rhythm, after: date, days: WorkingDays, papers: int) -> Planned | None:
    """The first meeting of the cycle after the day; None for a board that meets as needed."""
    horizon = add_months(after, 2 * MONTHS.get(rhythm.cycle, 1) + 1)
    found = meetings(rhythm, after + timedelta(days=1), horizon, days, papers)
    return found[0] if found else None


def _planned(
    rhythm: Rhythm, period: tuple[date, date], days: WorkingDays, papers: int
) -> Planned | None:
    starts_on, ends_on = period
    nominal = _nominal(rhythm, starts_on)
    on = days.within(nominal, starts_on, ends_on)
    if on is None:
        return None
    moved = "" if on == nominal else f"{nominal:%-d %B %Y} is {days.why_closed(nominal)}"
    return Planned(starts_on, ends_on, on, nominal, days.before(on, papers), moved)


def _periods(rhythm: Rhythm, starts_on: date, ends_on: date) -> Iterator[tuple[date, date]]:
    """The whole periods of the cycle that share a day with the stretch."""
    first = _begin(rhythm.cycle, starts_on)
    while first < ends_on:
        last = _end(rhythm.cycle, first)
        yield first, last
        first = last


def _begin(cycle: Cycle, day: date) -> date:
    if cycle is Cycle.WEEKLY:
        return day - timedelta(days=day.weekday())
    months = MONTHS[cycle]
    return add_months(day.replace(day=1), -((day.month - FINANCIAL_YEAR) % months))


def _end(cycle: Cycle, starts_on: date) -> date:
    return starts_on + WEEK if cycle is Cycle.WEEKLY else add_months(starts_on, MONTHS[cycle])


def _nominal(rhythm: Rhythm, starts_on: date) -> date:
    if rhythm.cycle is Cycle.WEEKLY:
        return starts_on + timedelta(days=rhythm.weekday)
    first = add_months(starts_on, rhythm.month - 1)
    day = first + timedelta(days=(rhythm.weekday - first.weekday()) % 7)
    found = day + (rhythm.week - 1) * WEEK
    return found if found.month == first.month else found - WEEK
