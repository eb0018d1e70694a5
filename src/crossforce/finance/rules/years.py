"""Financial years from 1 April, and the quarters and months that they are paid in."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from crossforce.finance.choices import Rhythm
from crossforce.kernel.civil import add_months
from crossforce.kernel.civil import financial_year as year_of

MONTHS_IN = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of days: `starts_on` belongs to it, `ends_on` does not."""

    label: str
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days

    def days_shared(self, starts_on: date, ends_on: date) -> int:
        """How many of its days lie in that stretch."""
        first, last = max(self.starts_on, starts_on), min(self.ends_on, ends_on)
        return max(0, (last - first).days)


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """The year from 1 April of `begins` to 31 March of the next."""

    begins: int

    def __str__(self) -> str:
        return f"{self.begins}/{(self.begins + 1) % 100:02d}"

    @property
    def whole(self) -> Part:
        """The year as one part."""
        return Part(str(self), date(self.begins, 4, 1), date(self.begins + 1, 4, 1))

    def parts(self, rhythm: Rhythm) -> tuple[Part, ...]:
        """Its months, quarters, or itself, in order; together they are the year."""
        return _parts(self, rhythm)


@cache
def _parts(year: FinancialYear, rhythm: Rhythm) -> tuple[Part, ...]:
    if rhythm is Rhythm.YEAR:
        return (year.whole,)
    step = MONTHS_IN[rhythm]
    starts = [add_months(year.whole.starts_on, at) for at in range(0, 13, step)]
    return tuple(
        Part(f"{year} Q{n}" if rhythm is Rhythm.QUARTER else f"{first:%Y-%m}", first, last)
        for n, (first, last) in enumerate(pairwise(starts), start=1)
    )


def financial_year(on: date) -> FinancialYear:
    """The financial year that the day lies in."""
    return FinancialYear(year_of(on))
