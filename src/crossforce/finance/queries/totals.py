"""What all budgets of a year come to together, in two questions to the database."""

from dataclasses import dataclass
from typing import Final

from crossforce.finance import models
from crossforce.finance.choices import Sort
from crossforce.kernel import guarded
from crossforce.kernel.guarded_rows import FOR_SOME
from crossforce.people.api import Actor
from crossforce.records import api as records

BUDGETS: Final = """SELECT count(*), coalesce(sum(pence), 0) FROM finance_budget
 WHERE year = %s AND state IN ('open', 'closed')"""
LINES: Final = "SELECT sort, sum(pence) FROM finance_line WHERE year = %s GROUP BY sort"


@dataclass(frozen=True, slots=True)
class Totals:
    """Budgets that were opened, and what their lines come to, in pence, as far as they may be read."""

    year: int
    budgets: int
    pence: int
    spent: int
    promised: int
    given: int = 0

    @property
    def left(self) -> int:
        """What is neither spent nor promised nor given in kind, which a budget counts; negative when it is more."""
        return self.pence - self.spent - self.promised - self.given


@guarded.acts
def totals(actor: Actor, year: int) -> Totals:
    """All budgets of the financial year that begins in April of `year`."""
    cursor = records.cursor(models.Budget)
    ((number, pence),) = cursor.figures(BUDGETS, [year], planning={})
    sums = dict(records.cursor(models.Line).figures(LINES, [year], planning=FOR_SOME))
    return Totals(
        year,
        int(number),
        int(pence),
        int(sums.get(Sort.ACTUAL, 0)),
        int(sums.get(Sort.COMMITMENT, 0)),
        int(sums.get(Sort.IN_KIND, 0)),
    )
