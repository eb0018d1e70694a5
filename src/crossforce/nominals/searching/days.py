"""Each day of birth that an index holds, at the level at which it agrees with what was asked."""

from typing import Final

import numpy as np

from crossforce.nominals.searching.arrays import Bytes, Days
from crossforce.nominals.searching.compiled import compiled
from crossforce.nominals.searching.levels import Day

NONE: Final = int(Day.NONE)
MISSING: Final = int(Day.MISSING)
EXACT: Final = int(Day.EXACT)
SWAPPED: Final = int(Day.SWAPPED)
DAY: Final = int(Day.DAY)
MONTH: Final = int(Day.MONTH)
YEAR_NEAR: Final = int(Day.YEAR_NEAR)
YEAR: Final = int(Day.YEAR)
SAME_YEAR: Final = int(Day.SAME_YEAR)
PARTLY: Final = int(Day.PARTLY)
WITHIN: Final = int(Day.WITHIN)
BESIDE: Final = int(Day.BESIDE)
OUTSIDE: Final = int(Day.OUTSIDE)
BESIDE_YEARS: Final = 2


@compiled
def day_levels(
    days: Days, earliest: int, latest: int, month: int, day: int, found: Bytes
) -> None:
    """Levels for a day asked whole, for a range of days, or for a month and day of any year. Days are in order."""
    if month:
        for at in range(days.size):
            found[at] = of_any_year(days[at], month, day)
    elif earliest == latest:
        whole(days, earliest, found)
    else:
        found[:] = OUTSIDE
        begin = np.searchsorted(days, earliest - earliest % 10_000 - BESIDE_YEARS * 10_000)
        end = np.searchsorted(days, latest - latest % 10_000 + (BESIDE_YEARS + 1) * 10_000)
        for at in range(begin, end):
            found[at] = ranged(days[at], earliest, latest)
    if days.size and days[0] == 0:
        found[0] = MISSING


@compiled
def whole(days: Days, asked: int, found: Bytes) -> None:
    """Only days of the same year, and the same day of other years, can be slips of a day."""
    found[:] = NONE
    if days.size == 0:
        return
    for year in range(days[0] // 10_000, days[-1] // 10_000 + 1):
        held = year * 10_000 + asked % 10_000
        at = np.searchsorted(days, held)
        if at < days.size and days[at] == held:
            found[at] = YEAR_NEAR if near_year(year, asked // 10_000) else YEAR
    begins = asked - asked % 10_000
    of_year = np.searchsorted(days, begins), np.searchsorted(days, begins + 10_000)
    for place in range(of_year[0], of_year[1]):
        found[place] = of_same_year(days[place], asked)


@compiled
def of_same_year(held: int, asked: int) -> int:
    month, day = held // 100 % 100, held % 100
    asked_month, asked_day = asked // 100 % 100, asked % 100
    if held == asked:
        return EXACT
    if day == 0:
        return PARTLY if month in (0, asked_month) else NONE
    if month == asked_day and day == asked_month:
        return SWAPPED
    if month == asked_month:
        return DAY
    return MONTH if day == asked_day else SAME_YEAR


@compiled
def near_year(year: int, asked: int) -> bool:
    """Two years apart at most, ten or a hundred, or the last two figures changed over."""
    apart = abs(year - asked)
    if apart in (1, 2, 10, 100):
        return True
    turned = year % 10 == asked // 10 % 10 and year // 10 % 10 == asked % 10
    return turned and year // 100 == asked // 100


@compiled
def of_any_year(held: int, month: int, day: int) -> int:
    agrees = held // 100 % 100 in (0, month) and held % 100 in (0, day)
    return WITHIN if agrees else OUTSIDE


@compiled
def ranged(held: int, earliest: int, latest: int) -> int:
    """A day known in part may be any that it leaves open."""
    first, last = held, held
    if held % 100 == 0:
        first, last = held + 1, held + 31
    if held % 10_000 == 0:
        first, last = held + 101, held + 1231
    if first <= latest and last >= earliest:
        return WITHIN
    beside = BESIDE_YEARS * 10_000
    return BESIDE if first <= latest + beside and last >= earliest - beside else OUTSIDE
