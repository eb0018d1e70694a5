"""Days: working days of England and Wales, Monday to Friday less the bank holidays; and no day beyond the last."""

from datetime import date, timedelta
from itertools import islice
from typing import Final

from crossforce.kernel.civil import add_months
from crossforce.kernel.holidays import bank_holidays
from crossforce.records import choices as records

ONE: Final = timedelta(days=1)
SATURDAY: Final = 5
EARLIEST_DAY, LATEST_DAY = records.EARLIEST_DAY, records.LATEST_DAY
"""Between these days are those that a programme may speak of."""


def are_more_working_days(after: date, until: date, than: int) -> bool:
    """Whether there are more working days than that after the one day, up to and with the other."""
    days = (after + n * ONE for n in range(1, (until - after).days + 1))
    working = (
        day for day in days if day.weekday() < SATURDAY and day not in bank_holidays(day.year)
    )
    return next(islice(working, than, None), None) is not None


def later(day: date, by: timedelta) -> date:
    """The day so much later, or earlier, as far as there are days."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min


def months_later(day: date, months: int) -> date:
    """The same day so many months later, as far as there are days."""
    last = date.max.replace(day=1)
    months_left = (last.year - day.year) * 12 + last.month - day.month
    return add_months(day, months) if months <= months_left else date.max
