"""Bank holidays of England and Wales; the two nations have the same."""

import pkgutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from crossforce.kernel.civil import FIRST_YEAR

LIBRARY: Final = "holidays:country_holidays"
"""Loaded by whoever asks for a bank holiday, and not by every command: it takes a fifth of a second."""


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of the year, each with its name.

    Days proclaimed for one occasion are known for the past. One that is proclaimed later is a
    closed day of a board until the library knows it.
    """
    return dict(pkgutil.resolve_name(LIBRARY)("GB", subdiv="ENG", years=year))


def at_start() -> None:
    """Load the library before the web divides into processes: the first page of each would wait half a second."""
    bank_holidays(FIRST_YEAR)
