"""What an import says of itself, and how soon one looks at it again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

CHANGES: Final = ("new", "changed", "cancelled")
SOON: Final = ((timedelta(seconds=5), 1), (timedelta(seconds=30), 2))
SELDOM: Final = 5
"""Most files are small: for so long one looks again after so many seconds, and after that seldom."""


def changes_nothing(counts: Mapping[str, int]) -> bool:
    """Whether everything that was read is held already, as it is."""
    return counts.get("same", 0) > 0 and not any(counts.get(each) for each in CHANGES)


def looks_again_after(age: timedelta) -> int:
    """In how many seconds one looks again at what was begun so long ago."""
    return next((seconds for until, seconds in SOON if age < until), SELDOM)
