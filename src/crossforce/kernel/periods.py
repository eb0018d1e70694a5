"""Half-open periods of instants: the start belongs to the period, the end does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """`[starts_at, ends_at)` in aware datetimes; `None` at the end means open.

    Raises ValueError for a naive instant and for an end that is not after the start.
    """

    starts_at: datetime
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        for instant in (self.starts_at, self.ends_at):
            if instant is not None and instant.tzinfo is None:
                raise ValueError(f"{instant.isoformat()} has no time zone")
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValueError(
                f"{self.ends_at.isoformat()} is not after {self.starts_at.isoformat()}"
            )

    def contains(self, at: datetime) -> bool:
        """Whether the instant lies in the period."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two periods share an instant."""
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """The instants both periods share, or None."""
        start = max(self.starts_at, other.starts_at)
        ends = [end for end in (self.ends_at, other.ends_at) if end is not None]
        end = min(ends) if ends else None
        return Period(start, end) if end is None or start < end else None


def merged(periods: Iterable[Period]) -> Iterator[Period]:
    """The same instants as few periods as possible, in order."""
    current: Period | None = None
    for period in sorted(periods, key=lambda each: each.starts_at):
        if current is None:
            current = period
        elif current.ends_at is None or period.starts_at <= current.ends_at:
            current = Period(current.starts_at, _later(current.ends_at, period.ends_at))
        else:
            yield current
            current = period
    if current is not None:
        yield current


def gaps(periods: Iterable[Period], within: Period) -> Iterator[Period]:
    """The parts of `within` that no period covers, in order."""
    cursor: datetime | None = within.starts_at
    for period in merged(periods):
        covered = period.intersection(within)
        if covered is None or cursor is None:
            continue
        if cursor < covered.starts_at:
            yield Period(cursor, covered.starts_at)
        cursor = covered.ends_at
    if cursor is not None and (within.ends_at is None or cursor < within.ends_at):
        yield Period(cursor, within.ends_at)


def _later(left: datetime | None, right: datetime | None) -> datetime | None:
    return None if left is None or right is None else max(left, right)
