"""Budgets and their shares, over HTTP. Money is in pence."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.finance import models
from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, MOST_PENCE, Rhythm, Spread
from crossforce.finance.endpoints.asked import StepAsked
from crossforce.finance.operations import budgets as operations
from crossforce.finance.operations.budgets import NewBudget
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries import deciding
from crossforce.finance.queries.budgets import Shown, Wanted
from crossforce.finance.queries.worked import worked
from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()


class BudgetsAsked(StepAsked):
    """Which budgets; nothing given is the first thousand, and `after` leads on from the last of them."""

    agreement: str = Field("", max_length=120)
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR)
    state: Literal["", "draft", "proposed", "open", "closed"] = ""


class BudgetIn(Schema):
    """A cost of an agreement, in the year that begins in April of `year`."""

    agreement: str = Field(max_length=120)
    function: str = Field(max_length=120)
    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    pence: int = Field(ge=1, le=MOST_PENCE)
    rhythm: Rhythm = Rhythm.QUARTER
    spread: Spread = Spread.ALIKE
    lead: str = Field("", max_length=120)


class BudgetChange(Schema):
    """What a draft says anew."""

    pence: int | None = Field(None, ge=1, le=MOST_PENCE)
    rhythm: Rhythm | None = None
    spread: Spread | None = None


class Opening(Schema):
    """By which decision."""

    decision: str = Field(max_length=200)


class BudgetRow(Schema):
    """A budget in a list."""

    id: UUID
    version: int
    title: str
    agreement: str
    function: str
    year: int
    pence: int
    state: str
    lead: str
    decision: str


class Party(Schema):
    """What one force bears of it."""

    force: str
    gross: int
    in_kind: int
    due: int
    charged: int


class Stretch(Schema):
    """The shares that hold from `since` until before `until`, as fractions, and by which clause."""

    since: date
    until: date
    shares: dict[str, str]
    clause: str | None
    words: str


class Due(Schema):
    """What a force pays in a part of the year."""

    part: str
    force: str
    pence: int


class Apart(Schema):
    """What a force pays of the year by the shares that are kept, and by those of who takes part now."""

    force: str
    kept: int
    now: int


class Used(Schema):
    """A figure that the shares come from: what is counted, of whom, as known on which day; value and source as far as you read it."""

    counted: str
    force: str
    known_on: date
    value: str | None
    source: str | None


class Budget(BudgetRow):
    """A budget with its shares. `why_not` says why there are none; `is_whole`, whether all lines are
    open to you that its sums are of; `apart`, where an open budget keeps other shares than those of who
    takes part now, both: then nothing is charged until its shares are worked out anew."""

    holder: str
    decision_in_words: str
    is_whole: bool
    functions: list[str]
    why_not: str
    parties: list[Party]
    standing: list[Stretch]
    instalments: list[Due]
    lines: dict[str, int]
    apart: list[Apart]
    figures: list[Used]


@router.get("/budgets", response=list[BudgetRow])
def budgets(request: ActingRequest, asked: Query[BudgetsAsked]) -> list[BudgetRow]:
    """The budgets that you may read."""
    wanted = Wanted(asked.agreement, asked.year, asked.state)
    return [row_told(each.row) for each in reads.page(request.actor, wanted, asked.step).rows]


@router.post("/budgets", response={201: Budget})
def draft(request: ActingRequest, response: HttpResponse, sent: BudgetIn) -> Any:
    """Draft a budget."""
    new = NewBudget(**sent.model_dump())
    key = operations.draft_budget(actor=request.actor, new=new, at=clock.now())
    return Status(201, _shown(request, response, key))


@router.get("/budgets/{budget}", response=Budget)
def budget(request: ActingRequest, response: HttpResponse, budget: UUID) -> Budget:
    """One budget with its shares to the penny, and the ETag that a change carries."""
    return _shown(request, response, budget)


@router.patch("/budgets/{budget}", response=Budget)
def change(
    request: ActingRequest, response: HttpResponse, budget: UUID, sent: BudgetChange
) -> Budget:
    """Change a draft, with If-Match."""
    version = version_sent(request, budget)
    given = sent.model_dump(exclude_none=True, mode="json")
    operations.change_budget(
        actor=request.actor, budget=budget, version=version, given=given, at=clock.now()
    )
    return _shown(request, response, budget)


@router.put("/budgets/{budget}/proposed", response=Budget)
def propose(request: ActingRequest, response: HttpResponse, budget: UUID) -> Budget:
    """Put a draft up for decision, with If-Match."""
    version = version_sent(request, budget)
    operations.propose_budget(
        actor=request.actor, budget=budget, version=version, at=clock.now()
    )
    return _shown(request, response, budget)


@router.delete("/budgets/{budget}/proposed", response=Budget)
def take_back(request: ActingRequest, response: HttpResponse, budget: UUID) -> Budget:
    """Make a proposed budget a draft again, with If-Match."""
    version = version_sent(request, budget)
    operations.take_back_to_draft(
        actor=request.actor, budget=budget, version=version, at=clock.now()
    )
    return _shown(request, response, budget)


@router.put("/budgets/{budget}/opened", response=Budget)
def open_budget(
    request: ActingRequest, response: HttpResponse, budget: UUID, sent: Opening
) -> Budget:
    """Open a proposed budget by a decision, with If-Match."""
    operations.open_budget(
        actor=request.actor,
        budget=budget,
        version=version_sent(request, budget),
        decision=sent.decision,
        at=clock.now(),
    )
    return _shown(request, response, budget)


@router.put("/budgets/{budget}/standing", response=Budget)
def share_anew(request: ActingRequest, response: HttpResponse, budget: UUID) -> Budget:
    """Work the shares of an open budget out anew, with If-Match."""
    version = version_sent(request, budget)
    operations.share_anew(actor=request.actor, budget=budget, version=version, at=clock.now())
    return _shown(request, response, budget)


def version_sent(request: ActingRequest, budget: UUID) -> int:
    return api.version_of(request, reads.one(request.actor, budget))


def row_told(row: models.Budget) -> BudgetRow:
    return BudgetRow(**plainly(row))


def plainly(row: models.Budget) -> dict[str, Any]:
    return {"id": row.pk} | {
        name: getattr(row, name) for name in BudgetRow.model_fields if name != "id"
    }


def _shown(request: ActingRequest, response: HttpResponse, key: UUID) -> Budget:
    shown = reads.shown(request.actor, key, clock.now())
    api.tagged(response, shown.row)
    return Budget(
        **plainly(shown.row),
        holder=shown.holder,
        decision_in_words=deciding.in_words(request.actor, shown.row.decision),
        is_whole=shown.is_whole,
        functions=list(shown.functions),
        why_not=shown.why_not,
        apart=_apart(shown),
        parties=[
            Party(
                force=each.party,
                gross=each.gross,
                in_kind=each.in_kind,
                due=each.due,
                charged=each.charged,
            )
            for each in shown.bearings
        ],
        standing=_standing(shown),
        instalments=[
            Due(part=each.part.label, force=each.party, pence=each.due)
            for each in shown.instalments
        ],
        lines=_lines(shown),
        figures=_used(request, shown),
    )


def _used(request: ActingRequest, shown: Shown) -> list[Used]:
    return [
        Used(
            counted=asked.driver,
            force=asked.force,
            known_on=asked.on,
            value=None if value is None else str(value),
            source=source or None,
        )
        for asked, value, source in worked(request.actor, shown.row, clock.now()).told()
    ]


def _standing(shown: Shown) -> list[Stretch]:
    return [
        Stretch(
            since=each.starts_on,
            until=each.ends_on,
            shares={force: str(share) for force, share in each.shares.items()},
            clause=each.why.clause if each.why else None,
            words=each.why.words if each.why else "",
        )
        for each in (shown.position.plan.standing if shown.position else ())
    ]


def _lines(shown: Shown) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in shown.position.sums if shown.position else ():
        found[each.sort.value] = found.get(each.sort.value, 0) + each.pence
    return found


def _apart(shown: Shown) -> list[Apart]:
    if shown.apart is None:
        return []
    found = [(force, *shown.apart.of(force)) for force in shown.apart.forces]
    return [Apart(force=force, kept=kept, now=now) for force, kept, now in found]
