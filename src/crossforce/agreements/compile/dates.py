"""Civil dates to instants: done here, once, for everything that is compiled."""

from dataclasses import dataclass

from crossforce.agreements.document.values import CivilDate, Dated
from crossforce.agreements.terms import BEGINNING
from crossforce.kernel.civil import instant
from crossforce.kernel.periods import Period


class NeverValid(ValueError):
    """The dates leave no day on which it would be valid."""


@dataclass(frozen=True, slots=True)
class Validity:
    """A period as it is enforced, and the civil dates it comes from."""

    period: Period
    from_: CivilDate | None = None
    until: CivilDate | None = None


def validity(*rows: Dated) -> Validity:
    """The days that all rows share: the latest `from`, the earliest `until`. Raises NeverValid."""
    starts = [row.from_ for row in rows if row.from_]
    ends = [row.until for row in rows if row.until]
    start = max(starts, key=lambda each: each.date, default=None)
    end = min(ends, key=lambda each: each.date, default=None)
    if start and end and end.date <= start.date:
        raise NeverValid(f"it would end on {end.date}, before it begins on {start.date}")
    period = Period(
        instant(start.date) if start else BEGINNING, instant(end.date) if end else None
    )
    return Validity(period, start, end)
