"""The end of a year: what every party of every budget still owes of what was really spent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.choices import Sort
from crossforce.finance.queries import budgets
from crossforce.finance.rules.positions import Position
from crossforce.finance.rules.trueups import TrueUp
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.kernel.refusals import Conflict
from crossforce.people.api import Actor


class NotOpened(Conflict):
    """This budget is not opened yet, so nothing of it is to be settled. Open it first."""


@dataclass(frozen=True, slots=True)
class Trued:
    """One budget at the end of its year; summed of a part of its lines where it is not `is_whole`."""

    row: models.Budget
    position: Position
    answer: TrueUp
    is_whole: bool

    @property
    def owed(self) -> int:
        """What changes hands so that nobody owes anything, either way."""
        return sum(abs(pence) for pence in self.position.owed.values())


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A budget on its way through the end of its year.

    `promised` is what was committed and may still come; `missing_in_kind` what was agreed to be given
    in kind and is not posted.
    """

    row: models.Budget
    position: Position
    answer: TrueUp
    last_day: date
    last_actual: date | None
    promised: int
    missing_in_kind: dict[str, int]
    is_over: bool
    may_edit: bool


@guarded.acts
def true_ups(actor: Actor, year: int | None = None, agreement: str = "") -> list[Trued]:
    """What everybody owes of every budget that was opened, of one year or of all of them.

    The lines of all are summed by one question to the database.
    """
    return _true_ups(year, agreement)


@guarded.acts
def taken_out(actor: Actor, year: int) -> list[Trued]:
    """The same of one year, to leave the platform as a file."""
    guarded_watch.takes_out("true-ups")
    return _true_ups(year)


@guarded.acts
def year_end(actor: Actor, budget: UUID, at: datetime) -> YearEnd:
    """Where a budget stands on its way to the end of its year. Raises NoSuchBudget, NotOpened, NotWhole."""
    row = budgets.row_of(budget)
    if row.state not in budgets.ALREADY:
        raise NotOpened
    budgets.require_whole([row])
    ((_, position),) = budgets.positions_of([row])
    whole = FinancialYear(row.year).whole
    given = position.of(Sort.IN_KIND)
    spent = models.Line.objects.filter(budget=row.pk, sort=Sort.ACTUAL).order_by("-on").first()
    return YearEnd(
        row=row,
        position=position,
        answer=position.true_up,
        last_day=whole.ends_on - timedelta(days=1),
        last_actual=spent.on if spent else None,
        promised=position.total(Sort.COMMITMENT),
        missing_in_kind={
            force: pence - given.get(force, 0)
            for force, pence in position.plan.in_kind.items()
            if pence != given.get(force, 0)
        },
        is_over=civil.day_of(at) >= whole.ends_on,
        may_edit=budgets.may(row, "edit"),
    )


def _true_ups(year: int | None, agreement: str = "") -> list[Trued]:
    rows = models.Budget.objects.within_reach().filter(state__in=budgets.ALREADY)
    given = {"year": year, "agreement": agreement}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    found = budgets.positions_of(rows.order_by("year", "agreement", "function", "pk"))
    whole = budgets.whole(row for row, _ in found)
    return [Trued(row, position, position.true_up, row.pk in whole) for row, position in found]
