"""What all budgets of a year come to together, in few questions to the database."""

from dataclasses import dataclass
from typing import Final

from crossforce.finance import models
from crossforce.finance.choices import Sort
from crossforce.finance.queries import summing
from crossforce.kernel import guarded
from crossforce.kernel.guarded_rows import FOR_SOME
from crossforce.people.api import Actor
from crossforce.records import api as records

BUDGETS: Final = """SELECT scope_id, count(*), sum(pence) FROM finance_budget
 WHERE year = %s AND state IN ('open', 'closed') GROUP BY scope_id"""
LINES: Final = "SELECT sort, sum(pence) FROM finance_line WHERE year = %s GROUP BY sort"


@dataclass(frozen=True, slots=True)
class Totals:
    """Budgets that were opened, and what their lines come to, in pence, as far as they may be read.

    Of so many budgets as are `partial` not every line is open to whoever asks: then no sum is whole.
    """

    year: int
    budgets: int
    pence: int
    spent: int
    promised: int
    given: int = 0
    partial: int = 0

    @property
    def left(self) -> int | None:
        """What is neither spent nor promised nor given in kind, which a budget counts; negative when it is more.

        It is not told where not every line may be read: it would be too much.
        """
        if self.partial:
            return None
        return self.pence - self.spent - self.promised - self.given


@guarded.acts
def totals(actor: Actor, year: int) -> Totals:
    """All budgets of the financial year that begins in April of `year`."""
    cursor = records.cursor(models.Budget)
    opened = list(cursor.figures(BUDGETS, [year], planning={}))
    whole = summing.open_beside({scope for scope, _, _ in opened})
    sums = dict(records.cursor(models.Line).figures(LINES, [year], planning=FOR_SOME))
    return Totals(
        year,
        sum(int(number) for _, number, _ in opened),
        sum(int(pence) for _, _, pence in opened),
        int(sums.get(Sort.ACTUAL, 0)),
        int(sums.get(Sort.COMMITMENT, 0)),
        int(sums.get(Sort.IN_KIND, 0)),
        sum(int(number) for scope, number, _ in opened if scope not in whole),
    )
