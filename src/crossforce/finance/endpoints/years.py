"""The course of a year over HTTP: foreseen, settled, trued up. Money is in pence."""

from datetime import date
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, RestOfYear
from crossforce.finance.endpoints import budgets
from crossforce.finance.operations import charging
from crossforce.finance.queries import forecasting, years
from crossforce.finance.rules.trueups import TrueUp
from crossforce.kernel import civil, clock
from crossforce.people.api import ActingRequest

router = Router()


class YearAsked(Schema):
    """Of which year, by the year in which it begins, and which agreement."""

    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    agreement: str = Field("", max_length=120)


class Owed(Schema):
    """What a force still owes of what was really spent; what it gets back is below nothing."""

    force: str
    gross: int
    in_kind: int
    borne: int
    balance: int


class Trued(Schema):
    """A budget at the end of its year. Where not every line is open to you, the sums are of a part."""

    budget: budgets.BudgetRow
    is_whole: bool
    actual: int
    parties: list[Owed]


class Raised(Schema):
    """The invoices that were raised."""

    invoices: list[UUID]


class RuleAsked(Schema):
    """By which rule the rest of the year is foreseen, and as on which day; today where none is given."""

    rule: RestOfYear
    on: date | None = None


class Foreseen(Schema):
    """What the year comes to by a rule, and by how much that is more than the budget."""

    rule: RestOfYear
    outturn: int
    over_budget: int


class Step(Schema):
    """A step to the end of the year: how it stands in words, and whether it is done."""

    title: str
    words: str
    is_done: bool


class YearEnd(Schema):
    """A budget on its way through the end of its year. Once it is closed, what is owed is a correction."""

    budget: budgets.BudgetRow
    last_day: date
    is_over: bool
    can_settle: bool
    promised: int
    missing_in_kind: dict[str, int]
    steps: list[Step]
    parties: list[Owed]


@router.get("/budgets/{budget}/forecast", response=Foreseen)
def forecast(request: ActingRequest, budget: UUID, asked: Query[RuleAsked]) -> Foreseen:
    """How the year of a budget will end, by a rule for the months that are still to come."""
    on = asked.on or civil.day_of(clock.now())
    found = forecasting.forecast(request.actor, budget, asked.rule, on)
    return Foreseen(rule=asked.rule, outturn=found.outturn, over_budget=found.over_budget)


@router.get("/budgets/{budget}/year-end", response=YearEnd)
def year_end(request: ActingRequest, budget: UUID) -> YearEnd:
    """The end of a budget's year step by step, and what each force still owes."""
    found = years.year_end(request.actor, budget, clock.now())
    return YearEnd(
        budget=budgets.row_told(found.row),
        last_day=found.last_day,
        is_over=found.is_over,
        can_settle=found.can_settle,
        promised=found.promised,
        missing_in_kind=found.missing_in_kind,
        steps=[Step(**each._asdict()) for each in years.steps(found)],
        parties=_owed(found.answer),
    )


@router.put("/budgets/{budget}/settled", response=Raised)
def settle(request: ActingRequest, budget: UUID) -> Raised:
    """Settle a year that is over, or charge the correction of one that is closed, with If-Match."""
    version = budgets.version_sent(request, budget)
    raised = charging.true_up(
        actor=request.actor, budget=budget, version=version, at=clock.now()
    )
    return Raised(invoices=raised)


@router.get("/true-ups", response=list[Trued])
def true_ups(request: ActingRequest, asked: Query[YearAsked]) -> list[Trued]:
    """What everybody owes of every budget of a year that was opened."""
    return [
        Trued(
            budget=budgets.row_told(each.row),
            is_whole=each.is_whole,
            actual=each.answer.actual.pence,
            parties=_owed(each.answer),
        )
        for each in years.true_ups(request.actor, asked.year, asked.agreement)
    ]


def _owed(answer: TrueUp) -> list[Owed]:
    return [
        Owed(
            force=line.party,
            gross=line.gross,
            in_kind=line.in_kind,
            borne=line.paid,
            balance=line.balance,
        )
        for line in answer.lines
    ]
