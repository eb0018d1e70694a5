"""Dates of birth, whole or in part: a number of eight figures, year month day, with noughts for what is not known."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

UNKNOWN: Final = 0
_FIGURES: Final = re.compile(r"(\d{4})(?:-(\d\d|\?\?))?(?:-(\d\d|\?\?))?")


@dataclass(frozen=True, slots=True)
class Born:
    """What is asked of a birth: between two days, both in it; or only a month and a day of any year."""

    earliest: int = 0
    latest: int = 0
    month: int = 0
    day: int = 0

    @property
    def whole(self) -> int:
        """The one day that was asked, or 0."""
        return self.earliest if self.earliest == self.latest else 0


def on(when: date) -> Born:
    """That very day; slips of it are found too."""
    return Born(number(when), number(when))


def in_year(first: int, last: int | None = None) -> Born:
    """Any day of a year, or of years from one to another."""
    return Born(first * 10_000 + 101, (last or first) * 10_000 + 1231)


def in_month(year: int, month: int) -> Born:
    """Any day of a month."""
    return Born(year * 10_000 + month * 100 + 1, year * 10_000 + month * 100 + 31)


def aged(youngest: int, oldest: int, *, at: date) -> Born:
    """Who is of these years of age on that day."""
    first = _years_before(at, oldest + 1) + 1
    return Born(first, _years_before(at, youngest))


def number(when: date) -> int:
    """The eight figures of a whole date."""
    return when.year * 10_000 + when.month * 100 + when.day


def held(text: str) -> int:
    """A record's date, `1980-05-12`, `1980-05` or `1980`; 0 for none.

    Raises `ValueError` for a day that there is not.
    """
    if not text:
        return UNKNOWN
    found = _FIGURES.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a date: write 1980-05-12, 1980-05 or 1980.")
    year, month, day = (int(part) if part and part != "??" else 0 for part in found.groups())
    date(year, month or 1, day or 1)
    return year * 10_000 + month * 100 + day


def _years_before(at: date, years: int) -> int:
    """The eight figures of the same day of an earlier year; one that is not there still sorts rightly."""
    return number(at) - years * 10_000
