"""Tables brought in: budgets that are drafted, lines that are posted. All of a file, or, with what is wrong cell by cell, none."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from crossforce.finance import models
from crossforce.finance.operations import posting
from crossforce.finance.operations.budgets import (
    NewBudget,
    NoLead,
    NotTheLead,
    draft_budget,
    lead_of,
)
from crossforce.finance.operations.posting import NewLine
from crossforce.finance.operations.sheets import Brought, Sheet, brought, refuse, told, wrong
from crossforce.finance.queries import agreed, budgets
from crossforce.finance.rules import tables
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Refusal
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records.api import places_of
from crossforce.records.reading import names
from crossforce.records.reading.layouts import Layout
from crossforce.records.reading.tables import read
from crossforce.records.reading.values import Reading, Row


class Cost(NamedTuple):
    """By what the budget of a cost is known."""

    agreement: str
    function: str
    year: int


@guarded.acts
def bring_in(*, actor: Actor, sent: Sheet, at: datetime) -> Brought:
    """Draft the budgets of a table; the same table twice changes nothing. A cost whose shares cannot be worked out
    is told with its cell: of which force which figure is missing. So is one that has another budget already.

    Raises MayNotAdd.
    """
    return brought(actor, sent, tables.BUDGETS, lambda: _drafted(actor, sent.content, at), at)


def _drafted(actor: Actor, content: bytes, at: datetime) -> Brought:
    reading, known = _read(content, tables.BUDGETS), agreed.Known(actor, at)
    refuse([*wrong(reading), *_faults(known, reading.rows, at)])
    rows = _held(actor, known, reading.rows)
    refuse([fault for row, held in rows for fault in _unlike(row, held)])
    new = [row for row, held in rows if held is None]
    refuse(list(_without_lead(actor, known, new)))
    for row in new:
        asked = tables.budget(row)
        budget = NewBudget(
            asked.agreement, asked.function, asked.year, asked.pence, asked.rhythm, asked.spread,
            asked.lead,
        )  # fmt: skip
        draft_budget(actor=actor, new=budget, at=at, known=known)
    return Brought(new=len(new), unchanged=len(rows) - len(new))


def _without_lead(actor: Actor, known: agreed.Known, rows: Iterable[Row]) -> Iterator[str]:
    """Of which budgets nobody may spend as the row says."""
    for row in rows:
        asked, year = tables.budget(row), FinancialYear(tables.budget(row).year)
        of = known.of(asked.agreement)
        try:
            lead_of(actor, of, of.together(asked.function, year)[0], year, asked.lead)
        except (NoLead, NotTheLead) as refused:
            yield told(row, "lead", refused.message)


def _held(
    actor: Actor, known: agreed.Known, rows: Iterable[Row]
) -> list[tuple[Row, models.Budget | None]]:
    """Each row with the budget that its cost has in its year already, kept by the actor's organisation."""
    listed = [(row, _cost(known, row)) for row in rows]
    there = _there({cost for _, cost in listed})
    places = places_of(each.scope_id for each in there)
    own: dict[Cost, models.Budget] = {}
    for each in there:
        if places[each.scope_id].holder == actor.organisation:
            own.setdefault(Cost(each.agreement, each.function, each.year), each)
    return [(row, own.get(cost)) for row, cost in listed]


def _there(costs: Iterable[Cost]) -> list[models.Budget]:
    """The budgets of these costs and of no other, the newest first."""
    functions: dict[tuple[str, int], set[str]] = {}
    for each in costs:
        functions.setdefault((each.agreement, each.year), set()).add(each.function)
    named = [
        Q(agreement=agreement, year=year, function__in=of)
        for (agreement, year), of in functions.items()
    ]
    if not named:
        return []
    rows = models.Budget.objects.filter(reduce(or_, named))
    return list(rows.order_by("-created_at", "-pk"))


def _cost(known: agreed.Known, row: Row) -> Cost:
    asked = tables.budget(row)
    functions = known.of(asked.agreement).together(asked.function, FinancialYear(asked.year))
    return Cost(asked.agreement, functions[0], asked.year)


def _unlike(row: Row, held: models.Budget | None) -> Iterator[str]:
    """What a row says otherwise than the budget that is there; a cell that is empty says nothing."""
    asked = tables.budget(row)
    said = {
        "amount": asked.pence,
        "rhythm": asked.rhythm,
        "spread": asked.spread,
        "lead": asked.lead,
    }
    for field, value in said.items() if held else ():
        name = "pence" if field == "amount" else field
        if row.values.get(field) and getattr(held, name) != value:
            yield told(
                row,
                field,
                "This cost has another budget for that year already. Change that one instead.",
            )


@guarded.acts
def bring_in_lines(*, actor: Actor, budget: UUID, sent: Sheet, at: datetime) -> Brought:
    """Post the lines of a table; what is wrong in its cells and what the budget does not take is told together.

    Raises what `posting.post_lines` raises.
    """
    row = budgets.row_of(budget)

    def posted() -> Brought:
        reading = _read(sent.content, tables.LINES)
        new = [_new(each) for each in reading.rows]
        refuse([*wrong(reading), *(posting.faults(row, new) if new else ())])
        done = posting.post_lines(actor=actor, budget=budget, new=new, at=at)
        return Brought(new=len(done.new), unchanged=done.same)

    return brought(actor, sent, tables.LINES, posted, at, budget=row.title)


def _read(content: bytes, layout: Layout) -> Reading:
    bodies = names.bodies(organisations.directory().organisations)
    return read(content, layout, {"party": bodies, "lead": bodies})


def _new(row: Row) -> NewLine:
    said = tables.line(row)
    return NewLine(
        said.sort,
        said.on,
        said.pence,
        said.party,
        said.words,
        said.reference,
        places=row.places,
    )


def _faults(known: agreed.Known, rows: Iterable[Row], at: datetime) -> Iterator[str]:
    seen: set[tuple[str, str, int]] = set()
    for row in rows:
        asked = tables.budget(row)
        try:
            of = known.of(asked.agreement)
        except agreed.NoSuchAgreement as refused:
            yield told(row, "agreement", refused.message)
            continue
        year = FinancialYear(asked.year)
        try:
            first = of.together(asked.function, year)[0]
            of.shared(asked.function, year, civil.day_of(at))
        except Refusal as refused:
            yield told(row, "function", refused.message)
            continue
        if (asked.agreement, first, asked.year) in seen:
            yield f"{tables.place(row, 'function')}: This cost stands in the file twice."
        seen.add((asked.agreement, first, asked.year))
