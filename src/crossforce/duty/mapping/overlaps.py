"""What rows of one file say against each other: a reference twice, a person in two duties at once."""

from bisect import bisect_left, insort
from datetime import datetime
from typing import Final

from crossforce.duty.mapping.values import Wrong
from crossforce.kernel.civil import LONDON

Taken = tuple[datetime, datetime, int]
"""From when to when, and in which row."""

TWICE: Final = (
    "Row {} has the reference {!r} as well.",
    "Give each duty a reference of its own, in a column of its own.",
)
OVERLAP: Final = (
    "{} has another {} in row {}, from {:%d/%m/%Y %H:%M} to {:%d/%m/%Y %H:%M}, which overlaps.",
    "Correct one of the two rows; this one is refused and the earlier one is kept.",
)


class Apart:
    """What one person does of one sort: periods of which no two overlap."""

    def __init__(self) -> None:
        self._taken: list[Taken] = []

    def take(self, new: Taken) -> Taken | None:
        """Keep the period, or answer one kept before that it overlaps."""
        taken = self._taken
        if taken and taken[-1][1] <= new[0]:
            taken.append(new)
            return None
        place = bisect_left(taken, new)
        for other in taken[max(place - 1, 0) : place + 1]:
            if other[0] < new[1] and new[0] < other[1]:
                return other
        insort(taken, new)
        return None


def overlap(number: str, what: str, other: Taken) -> Wrong:
    """The refusal of a row that puts somebody into two duties at once."""
    starts_at, ends_at, row = other
    starts_at, ends_at = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    message, remedy = OVERLAP
    return Wrong("overlap", message.format(number, what, row, starts_at, ends_at), remedy)
