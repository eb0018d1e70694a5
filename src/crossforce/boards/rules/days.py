"""Days on which a board can meet: not weekends, not bank holidays, not its own closed days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from crossforce.boards.rules.reasons import Reason
from crossforce.kernel.holidays import bank_holidays

DAY = timedelta(days=1)
SATURDAY = 5
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Between these days are those that a board may speak of."""


def beyond(*days: date | None) -> Reason | None:
    """Why the first of the days that no board may speak of is none; None where all may be spoken of."""
    for day in days:
        if day is not None and not EARLIEST_DAY <= day <= LATEST_DAY:
            return Reason(
                f"{day.isoformat()} is no day that a board deals with",
                f"Give a day from {EARLIEST_DAY.year} to {LATEST_DAY.year}.",
            )
    return None


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of a board in England and Wales; `closed` are its own days off, with why."""

    closed: Mapping[date, str] = field(default_factory=dict)

    def why_closed(self, day: date) -> str | None:
        """Why no board meets on the day; None for a working day."""
        if day in self.closed:
            return self.closed[day]
        if day.weekday() >= SATURDAY:
            return f"{day:%A}"
        return bank_holidays(day.year).get(day)

    def works(self, day: date) -> bool:
        """Whether the day is a working day."""
        return self.why_closed(day) is None

    def before(self, day: date, count: int) -> date:
        """The day that lies `count` working days before: five before a Monday is the Monday before."""
        return self._step(day, count, -DAY)

    def after(self, day: date, count: int) -> date:
        """The day that lies `count` working days after."""
        return self._step(day, count, DAY)

    def between(self, starts_on: date, ends_on: date) -> int:
        """Working days after the first day, up to and with the last; none when it is not later."""
        days = range(1, (ends_on - starts_on).days + 1)
        return sum(self.works(starts_on + number * DAY) for number in days)

    def within(self, nominal: date, starts_on: date, ends_on: date) -> date | None:
        """The working day nearest after `nominal` within `[starts_on, ends_on)`, else before it.

        None where the stretch has no working day at all.
        """
        later = (nominal + n * DAY for n in range((ends_on - nominal).days))
        earlier = (nominal - n * DAY for n in range(1, (nominal - starts_on).days + 1))
        return next(filter(self.works, (*later, *earlier)), None)

    def _step(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            count -= self.works(day)
        return day
