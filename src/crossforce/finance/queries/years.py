"""The end of a year: what every party of every budget still owes of what was really spent."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.choices import TRUE_UP, InvoiceState, Sort, State
from crossforce.finance.queries import budgets, invoices, summing
from crossforce.finance.queries.invoices import Shown
from crossforce.finance.rules.positions import Position
from crossforce.finance.rules.trueups import TrueUp
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.kernel.money import in_pounds
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.web.dates import day
from crossforce.people.api import Actor

BEFORE: Final = 3
"""So many steps come before a year is settled."""


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
    in kind and is not posted, below nothing where more is posted; `raised` are all invoices that charge something of it and stand.
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
    raised: tuple[Shown, ...]

    @property
    def is_closed(self) -> bool:
        """Whether the true-up was charged; what is owed then is a correction."""
        return bool(self.row.state == State.CLOSED)

    @property
    def can_settle(self) -> bool:
        """Whether whoever asks could charge the true-up, or the correction, now."""
        is_due = not self.is_closed or bool(self.position.owed)
        return self.may_edit and self.is_over and is_due

    @property
    def still_owed(self) -> int:
        """What is to change hands yet, either way."""
        return sum(abs(pence) for pence in self.position.owed.values())


class Step(NamedTuple):
    """A step to the end of a year: how it stands in words, and whether it is done."""

    title: str
    words: str
    is_done: bool


@guarded.acts
def true_ups(actor: Actor, year: int | None = None, agreement: str = "") -> list[Trued]:
    """What everybody owes of every budget that was opened, of one year or of all of them.

    The lines of all are summed by one question to the database.
    """
    return _true_ups(year, agreement)


@guarded.acts
def taken_out(actor: Actor, year: int, agreement: str = "") -> list[Trued]:
    """The same of one year, to leave the platform as a file."""
    guarded_watch.takes_out("true-ups")
    return _true_ups(year, agreement)


@guarded.acts
def year_end(actor: Actor, budget: UUID, at: datetime) -> YearEnd:
    """Where a budget stands on its way to the end of its year. Raises NoSuchBudget, NotOpened, NotWhole."""
    row = budgets.row_of(budget)
    if row.state not in budgets.ALREADY:
        raise NotOpened
    summing.require_whole([row])
    ((_, position),) = summing.positions_of([row])
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
        raised=tuple(invoices.of_budget(actor, budget)),
    )


def steps(found: YearEnd, named: Callable[[str], str] = str) -> list[Step]:
    """From the last day of a year to its last payment; forces as they are `named`."""
    given = _given(found, named)
    spent = f"Last line of {day(found.last_actual)}." if found.last_actual else "None yet."
    is_spent = found.is_over and found.last_actual is not None and not found.promised
    return [
        Step("The year is over", f"Its last day is {day(found.last_day)}.", found.is_over),
        Step(
            "What was spent is posted",
            f"{spent} Still promised: {in_pounds(found.promised)}.",
            is_spent,
        ),
        Step(
            "What was given in kind is posted",
            given or "As agreed.",
            not given,
        ),
        Step("The year is settled", _settled(found), found.is_closed and not found.still_owed),
        _done(found, "Invoices are sent", {InvoiceState.SENT, InvoiceState.SETTLED}),
        _done(found, "Invoices are settled", {InvoiceState.SETTLED}),
    ]


def _given(found: YearEnd, named: Callable[[str], str]) -> str:
    """What was agreed to be given in kind and is not posted, and what is posted beyond that."""
    apart = found.missing_in_kind.items()
    short = ", ".join(f"{named(f)} {in_pounds(pence)}" for f, pence in apart if pence > 0)
    beyond = ", ".join(f"{named(f)} {in_pounds(-pence)}" for f, pence in apart if pence < 0)
    told = [f"Agreed and not posted: {short}."] if short else []
    told += [f"Posted beyond what was agreed: {beyond}."] if beyond else []
    return " ".join(told)


def _settled(found: YearEnd) -> str:
    if found.is_closed and found.still_owed:
        return f"{in_pounds(found.still_owed)} came later and has to change hands: charge the correction."
    return "Invoices of the true-up are raised, and the budget is closed."


def _done(found: YearEnd, title: str, wanted: set[InvoiceState]) -> Step:
    """How many of all invoices of the budget's year have come so far."""
    number = sum(InvoiceState(each.row.state) in wanted for each in found.raised)
    if not found.raised:
        words = "None was needed." if found.is_closed else "None is raised yet."
        return Step(title, words, found.is_closed)
    parts = Counter(
        "the true-up" if e.row.part == TRUE_UP else "instalments" for e in found.raised
    )
    of = ", ".join(f"{many} of {part}" for part, many in sorted(parts.items()))
    words = f"{number} of {len(found.raised)}. Raised: {of}."
    return Step(title, words, found.is_closed and number == len(found.raised))


def _true_ups(year: int | None, agreement: str = "") -> list[Trued]:
    rows = models.Budget.objects.within_reach().filter(state__in=budgets.ALREADY)
    given = {"year": year, "agreement": agreement}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    found = summing.positions_of(rows.order_by("year", "agreement", "function", "pk"))
    whole = summing.whole(row for row, _ in found)
    return [Trued(row, position, position.true_up, row.pk in whole) for row, position in found]
