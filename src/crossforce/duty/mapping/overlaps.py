"""What rows of one file say against each other: a reference twice, a person in two duties at once."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from crossforce.duty.mapping.values import Duty, Finding, Wrong

Taken = tuple[datetime, datetime, int]
"""From when to when, and in which row."""

TWICE: Final = (
    "Row {} has the reference {!r} as well.",
    "Give each duty a reference of its own, in a column of its own.",
)
OVERLAP: Final = (
    "{} has another {} in row {}, from {:%d/%m/%Y %H:%M} to {:%d/%m/%Y %H:%M} UTC, which overlaps.",
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


def apart(found: Iterable[Duty | Finding], file: str = "") -> Iterator[Duty | Finding]:
    """The same, but rows that stand against an earlier one refused. It holds on to every row: for samples."""
    rows: dict[str, int] = {}
    people: dict[tuple[str, str], Apart] = {}
    for each in found:
        if isinstance(each, Duty):
            first = rows.setdefault(each.reference, each.row)
            wrong = _repeated(each, first) or _overlapping(each, people)
            if wrong:
                yield wrong.at(file, each.row, each.reference)
                continue
        yield each


def _repeated(duty: Duty, first: int) -> Wrong | None:
    if first == duty.row:
        return None
    message, remedy = TWICE
    return Wrong("reference-twice", message.format(first, duty.reference), remedy)


def _overlapping(duty: Duty, people: dict[tuple[str, str], Apart]) -> Wrong | None:
    if duty.is_cancelled:
        return None
    person = people.setdefault((duty.staff, duty.what), Apart())
    other = person.take((duty.starts_at, duty.ends_at, duty.row))
    return None if other is None else overlap(duty.staff, duty.what, other)


def overlap(number: str, what: str, other: Taken) -> Wrong:
    """The refusal of a row that puts somebody into two duties at once."""
    starts_at, ends_at, row = other
    message, remedy = OVERLAP
    return Wrong("overlap", message.format(number, what, row, starts_at, ends_at), remedy)
