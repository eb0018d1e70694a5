"""Where budgets stand: their lines summed, and whether whoever acts may read all of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.choices import LINE, Rhythm, Sort, Spread
from crossforce.finance.rules import keeping
from crossforce.finance.rules.positions import Plan, Position, Sum
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import guarded
from crossforce.kernel.guarded_rows import FOR_SOME
from crossforce.kernel.refusals import Refused
from crossforce.records import api as records

SUMS: Final = """SELECT budget, sort, party, sum(pence) FROM finance_line
 WHERE budget = ANY (%s::uuid[]) GROUP BY budget, sort, party ORDER BY budget, sort, party"""
CHARGED: Final = """SELECT budget, max(day) FROM (
 SELECT budget, "on" AS day FROM finance_line WHERE budget = ANY (%s::uuid[]) AND sort = 'charge'
  GROUP BY budget, "on", party HAVING sum(pence) <> 0) charged GROUP BY budget"""
FEW: Final = 20
"""Of more budgets the sums are worked out all at once, as figures over much."""


class NotWhole(Refused):
    """Not every line of this budget is open to you, so what is owed cannot be summed: the message says which."""


def lines_scope(row: models.Budget) -> int:
    """The scope of a budget's lines: its own, of another kind."""
    return beside(row, LINE)


def lines_place(place: records.Place) -> guarded.ScopeOf:
    """Where the lines of a budget stand that stands there."""
    return _like(place, LINE)


def whole(rows: Iterable[models.Budget]) -> set[UUID]:
    """Those of these budgets of which whoever acts may read every line, so that a sum is no part of one."""
    listed = list(rows)
    found = open_beside({each.scope_id for each in listed})
    return {each.pk for each in listed if each.scope_id in found}


def open_beside(scopes: Collection[int]) -> set[int]:
    """Those of these scopes of budgets beside which whoever acts may read every line."""
    places = records.places_of(scopes)
    where = {scope: _like(places[scope], LINE) for scope in scopes}
    found = guarded.open_scopes("read", set(where.values()))
    return {scope for scope, beside in where.items() if beside in found}


def require_whole(rows: Iterable[models.Budget]) -> None:
    """Let nothing be charged that is summed of a part of the lines. Raises NotWhole."""
    listed = list(rows)
    found = whole(listed)
    for row in listed:
        if row.pk not in found:
            raise NotWhole(
                f"The lines of “{row.title}” are not open to you, so what is owed cannot be summed."
                " Ask its keeper for reading them, or let somebody charge it who may read them."
            )


def beside(row: Any, kind: str) -> int:
    """The scope of records of a kind that stand where this one does."""
    return guarded.scope(_like(records.place_of(row.scope_id), kind))


def _like(place: records.Place, kind: str) -> guarded.ScopeOf:
    return guarded.ScopeOf(
        place.holder, kind, place.collection, place.compartment, place.marking
    )


def plan_of(row: models.Budget) -> Plan:
    """A budget that has been opened, as it was frozen."""
    return plan(row, keeping.standing_kept(row.standing), keeping.amounts_kept(row.in_kind))


def sums(keys: Sequence[UUID]) -> dict[UUID, tuple[Sum, ...]]:
    """What the lines of each budget come to, by sort and force, as far as they may be read."""
    planning = FOR_SOME if len(keys) > FEW else {}
    found: dict[UUID, list[Sum]] = {}
    cursor = records.cursor(models.Line)
    for budget, sort, party, pence in cursor.figures(SUMS, [list(keys)], planning=planning):
        found.setdefault(budget, []).append(Sum(Sort(sort), party, int(pence)))
    return {budget: tuple(each) for budget, each in found.items()}


def charged_to(keys: Iterable[UUID]) -> dict[UUID, date]:
    """Since when the last part of each budget that was charged runs; none for what was charged nothing."""
    cursor = records.cursor(models.Line)
    return dict(cursor.figures(CHARGED, [list(keys)], planning={}))


def positions_of(rows: Iterable[models.Budget]) -> list[tuple[models.Budget, Position]]:
    """Where each of these budgets stands, with all their lines summed at once."""
    listed = list(rows)
    added = sums([each.pk for each in listed])
    return [(each, Position(plan_of(each), added.get(each.pk, ()))) for each in listed]


def plan(row: models.Budget, standing: Any, in_kind: dict[str, int]) -> Plan:
    """The budget with these shares."""
    return Plan(
        row.function,
        FinancialYear(row.year),
        row.pence,
        row.lead,
        Rhythm(row.rhythm),
        Spread(row.spread),
        standing,
        in_kind,
    )
