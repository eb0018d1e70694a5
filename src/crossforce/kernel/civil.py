"""Civil dates of England and Wales and the instants they begin.

Documents speak in dates; rules are enforced at instants. The turn from one to the other happens
once, here: a civil day starts at midnight in Europe/London, so days of 23 and 25 hours exist.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR, LAST_YEAR = 1990, 2198
"""Financial years that the platform counts, by the year that they begin in."""


def instant(day: date) -> datetime:
    """The instant, in UTC, at which the civil day begins in London."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def day_of(at: datetime) -> date:
    """The civil day in London that contains the instant."""
    return at.astimezone(LONDON).date()


def time_of_day(at: datetime) -> str:
    """The time on London's clock; in the hour that it shows twice, with which of the two: `01:30 BST`."""
    local = at.astimezone(LONDON)
    is_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{local:%H:%M %Z}" if is_twice else f"{local:%H:%M}"


def add_months(day: date, months: int) -> date:
    """The same day number `months` later, or the month's last day where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_day(day: date) -> date:
    """The day after: the exclusive end of a period whose last day is `day`."""
    return day + timedelta(days=1)


def financial_year(day: date) -> int:
    """The calendar year in which the day's financial year (from 1 April) begins."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def years(begins: int) -> str:
    """The financial year that begins in April of that year, as people call it: `2026/27`."""
    return f"{begins}/{(begins + 1) % 100:02d}"
