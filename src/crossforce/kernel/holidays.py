"""Bank holidays of England and Wales; the two nations have the same."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

from crossforce.kernel.civil import FIRST_YEAR


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of the year, each with its name.

    Days proclaimed for one occasion are known for the past. One that is proclaimed later is a
    closed day of a board until the library knows it.
    """
    return dict(country_holidays("GB", subdiv="ENG", years=year))


def at_start() -> None:
    """Load the library before the web divides into processes: the first page of each would wait half a second."""
    bank_holidays(FIRST_YEAR)
