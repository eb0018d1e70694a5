"""What rows of one file say against each other: a reference twice, a person in two duties at once."""

from bisect import bisect_left, insort
from collections import defaultdict
from datetime import datetime

from crossforce.duty.mapping.values import Duty, Wrong

Taken = tuple[datetime, datetime, int]


class Seen:
    """The rows accepted so far. Duties, on-calls and absences are compared each with their own."""

    def __init__(self, *, refuses_overlaps: bool = True) -> None:
        self._rows: dict[str, int] = {}
        self._taken: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
        self._refuses_overlaps = refuses_overlaps

    def accept(self, duty: Duty) -> None:
        """Remember the duty. Raises Wrong when an earlier row stands against it."""
        if (row := self._rows.get(duty.reference)) is not None:
            raise Wrong(
                "reference-twice",
                f"Row {row} has the reference {duty.reference!r} as well.",
                "Give each duty a reference of its own, in a column of its own.",
            )
        if not duty.is_cancelled:
            self._take(duty)
        self._rows[duty.reference] = duty.row

    def _take(self, duty: Duty) -> None:
        taken = self._taken[duty.staff, duty.what]
        new = (duty.starts_at, duty.ends_at, duty.row)
        if taken and taken[-1][1] <= duty.starts_at:
            taken.append(new)
            return
        place = bisect_left(taken, new)
        for other in taken[max(place - 1, 0) : place + 1]:
            if self._refuses_overlaps and other[0] < duty.ends_at and duty.starts_at < other[1]:
                raise _overlap(duty, other)
        insort(taken, new)


def _overlap(duty: Duty, other: Taken) -> Wrong:
    return Wrong(
        "overlap",
        f"{duty.staff} has another {duty.what} in row {other[2]}, from {other[0]:%d/%m/%Y %H:%M} to"
        f" {other[1]:%d/%m/%Y %H:%M} UTC, which overlaps.",
        "Correct one of the two rows; this one is refused and the earlier one is kept.",
    )
