"""How soon one looks again at what is brought in, and which rows are written together."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

SOON: Final = ((timedelta(seconds=5), 1), (timedelta(seconds=30), 2))
SELDOM: Final = 5
"""Most files are small: for so long one looks again after so many seconds, and after that seldom."""
Part = tuple[int, int, int]
"""Rows that are written together: the first, the last, and how many are between."""


def looks_again_after(age: timedelta) -> int:
    """In how many seconds one looks again at what was begun so long ago."""
    return next((seconds for until, seconds in SOON if age < until), SELDOM)


def joined(parts: Iterable[Part], most: int) -> Iterator[Part]:
    """Parts put together, as far as no more than so many rows are in one."""
    held: Part | None = None
    for part in parts:
        if held and held[2] + part[2] <= most:
            held = held[0], part[1], held[2] + part[2]
            continue
        if held:
            yield held
        held = part
    if held:
        yield held
