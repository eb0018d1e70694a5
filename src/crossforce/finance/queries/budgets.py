"""Budgets: lists, one of them, and where it stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.finance import models
from crossforce.finance.choices import BUDGET, LINE, State
from crossforce.finance.queries import agreed, summing
from crossforce.finance.queries.apart import Apart, apart
from crossforce.finance.queries.listing import Listing
from crossforce.finance.rules.positions import Bearing, Plan, Position, bearings
from crossforce.finance.rules.sharing import Instalment, instalments
from crossforce.finance.rules.years import FinancialYear
from crossforce.insight import api as insight
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, Missing, Refusal, Refused
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

ASKED: Final = "SELECT DISTINCT agreement, year FROM finance_budget"
ORDER: Final = ("-year", "agreement", "title", "pk")
ALREADY: Final = (State.OPEN, State.CLOSED)
LARGE: Final = ("standing", "figures", "in_kind")
"""What a list does not show, and what may be long."""


class NoSuchBudget(Missing):
    """There is no such budget, or none that you may know of."""


class MayNotPost(Refused):
    """No agreement or policy lets you post lines to this budget, in this posting and for this purpose."""


class NotOpen(Conflict):
    """Lines are posted to a budget that is open, or closed already; this one is not opened yet."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which budgets are asked for; empty means all."""

    agreement: str = ""
    year: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A budget in a list, and who holds it."""

    row: models.Budget
    holder: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A budget as its reader sees it: shares to the penny, sums of its lines, what may be done.

    Where the shares cannot be told, `why_not` says what is missing and the rest is empty. Where not
    every line may be read, it is not `is_whole`: what is summed is a part. The last part of the year
    that was charged begins on `charged_to`. `apart` is what lies between the shares that it keeps and
    those of who takes part now.
    """

    row: models.Budget
    holder: str
    functions: tuple[str, ...]
    position: Position | None
    why_not: str
    bearings: tuple[Bearing, ...]
    instalments: tuple[Instalment, ...]
    may_edit: bool
    may_post: bool
    is_whole: bool
    charged_to: date | None
    apart: Apart | None


@guarded.acts
def asked_of(actor: Actor) -> tuple[list[str], list[int]]:
    """The agreements and the years of which the actor may read budgets."""
    found = records.cursor(models.Budget).figures(ASKED, planning={})
    return sorted({each for each, _ in found}), sorted({year for _, year in found})


def _budgets(wanted: Wanted) -> Any:
    rows = models.Budget.objects.within_reach().defer(*LARGE)
    given = {"agreement": wanted.agreement, "year": wanted.year, "state": wanted.state}
    return rows.filter(**{name: value for name, value in given.items() if value})


def _listed(rows: Iterable[models.Budget]) -> list[Listed]:
    found = list(rows)
    places = records.places_of(each.scope_id for each in found)
    return [Listed(each, places[each.scope_id].holder) for each in found]


def proposed_on(row: models.Budget) -> date | None:
    """The day on which the budget was first proposed; None while it was not."""
    states: Any = row  # which has its states by a decorator that no type knows of
    found = states.events.filter(state=State.PROPOSED).order_by("pgh_id")
    at = found.values_list("changed_at", flat=True).first()
    return at and civil.day_of(at)


def opened_in_all(decision: UUID) -> int:
    """How many pence a decision of a board has opened, also of budgets that whoever acts may not read."""
    return sum(pence for _, pence in records.told(BUDGET, "opened", [str(decision)]))


def seen_opened(decision: UUID) -> int:
    """The same of those alone that whoever acts may read."""
    rows = models.Budget.objects.filter(decision=str(decision))
    return sum(pence for _, pence in rows.values_list("pk", "pence"))


@guarded.acts
def opened_by(actor: Actor, decisions: Collection[UUID]) -> list[records.First]:
    """When each budget was opened by one of these decisions, and by whom, as far as the actor may read it."""
    return records.first_said(
        actor, models.Budget, "decision", [str(each) for each in decisions]
    )


@guarded.acts
def one(actor: Actor, budget: UUID) -> models.Budget:
    """The row itself, for whoever changes it. Raises NoSuchBudget."""
    return row_of(budget)


@guarded.acts
def shown(actor: Actor, budget: UUID, at: datetime) -> Shown:
    """One budget. Before it opens, its shares are those that would hold now. Raises NoSuchBudget."""
    row = row_of(budget)
    functions: tuple[str, ...] = (row.function,)
    position, why_not = None, ""
    borne: tuple[Bearing, ...] = ()
    try:
        known = agreed.agreed(actor, row.agreement, at)
        functions = known.together(row.function, FinancialYear(row.year))
    except Refusal as refused:
        known, why_not = None, refused.message
    try:
        plan = summing.plan_of(row) if row.state in ALREADY else _proposed(row, known, at)
        position = Position(plan, summing.sums([row.pk]).get(row.pk, ())) if plan else None
        borne = bearings(position) if position else ()
    except Refusal as refused:
        position, why_not = None, refused.message
    return Shown(
        row=row,
        holder=records.place_of(row.scope_id).holder,
        functions=functions,
        position=position,
        why_not="" if position else why_not,
        bearings=borne,
        instalments=instalments(position.plan.cost, position.plan.rhythm) if position else (),
        may_edit=may(row, "edit"),
        may_post=row.state in ALREADY and summing.lines_scope(row) in access.scopes(LINE, "add"),
        is_whole=bool(summing.whole([row])),
        charged_to=summing.charged_to([row.pk]).get(row.pk) if row.state in ALREADY else None,
        apart=apart(known, row, position.plan, at) if position else None,
    )  # fmt: skip


@guarded.acts
def to_post_to(actor: Actor, budget: UUID, at: datetime) -> Shown:
    """One budget, for the page that posts lines to it. Raises NoSuchBudget, NotOpen, MayNotPost."""
    found = shown(actor, budget, at)
    if found.row.state not in ALREADY:
        raise NotOpen
    if not found.may_post:
        raise MayNotPost(_keeper(found.holder))
    return found


def _keeper(code: str) -> str:
    holder = organisations.directory().get(code)
    whom = f" Ask {holder.name.en}, which keeps it." if holder else ""
    return f"{' '.join((MayNotPost.__doc__ or '').split())}{whom}"


@guarded.acts
def may_draft(actor: Actor) -> bool:
    """Whether some clause lets the actor add budgets somewhere."""
    return insight.may_add(actor, BUDGET)


def row_of(budget: UUID, *, is_locked: bool = False) -> models.Budget:
    """The budget, while somebody acts. Raises NoSuchBudget."""
    rows = models.Budget.objects.filter(pk=budget)
    row: models.Budget | None = (rows.select_for_update() if is_locked else rows).first()
    if row is None:
        raise NoSuchBudget
    return row


def may(row: Any, action: str) -> bool:
    """Whether whoever acts may do that with the row."""
    return records.allowed(row.record_kind, action)(row)


def _proposed(row: models.Budget, known: agreed.Agreed | None, at: datetime) -> Plan | None:
    if known is None:
        return None
    found = known.shared(row.function, FinancialYear(row.year), civil.day_of(at))
    return summing.plan(row, found.standing, found.in_kind)


LIST: Final = Listing("budgets", ORDER, _budgets, _listed)
"""The newest year first."""
budgets, page, taken_out = LIST.whole, LIST.page, LIST.taken_out
