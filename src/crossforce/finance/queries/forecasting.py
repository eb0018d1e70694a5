"""How the year of a budget will end."""

from datetime import date
from typing import Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.choices import RestOfYear, Rhythm, Sort
from crossforce.finance.queries import budgets
from crossforce.finance.rules import forecasts
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

BY_MONTH: Final = """SELECT date_trunc('month', "on")::date, sum(pence) FROM finance_line
 WHERE budget = %s AND sort IN ('actual', 'in-kind') GROUP BY 1"""


class NoForecast(NotUnderstood):
    """The rest of the year cannot be told by this rule; the message says what is missing."""


@guarded.acts
def forecast(actor: Actor, budget: UUID, rule: RestOfYear, on: date) -> forecasts.Forecast:
    """How the year will end, by that rule: months that are over count as they were spent.

    Stated figures are the forecast lines of the months still open. Raises NoSuchBudget, NoForecast.
    """
    row = budgets.row_of(budget)
    parts = FinancialYear(row.year).parts(Rhythm.MONTH)
    spent = dict(records.cursor(models.Line).figures(BY_MONTH, [row.pk], planning={}))
    months = [
        forecasts.Month(
            each.part,
            each.budget,
            int(spent.get(each.part.starts_on, 0)) if each.part.ends_on <= on else None,
        )
        for each in forecasts.budgeted(row.pence, parts)
    ]
    stated = _stated(row, on) if rule is RestOfYear.STATED else []
    try:
        return forecasts.forecast(months, rule, stated)
    except forecasts.CannotForecast as reason:
        raise NoForecast(f"{str(reason).capitalize()}.") from reason


def _stated(row: models.Budget, on: date) -> list[int]:
    """What the forecast lines of each month still open come to. Raises NoForecast where there are none."""
    rows = models.Line.objects.filter(budget=row.pk, sort=Sort.FORECAST)
    foreseen = [(each.on, each.pence) for each in rows]
    to_come = [
        part for part in FinancialYear(row.year).parts(Rhythm.MONTH) if part.ends_on > on
    ]
    if to_come and not any(day >= to_come[0].starts_on for day, _ in foreseen):
        raise NoForecast("No forecast line is posted of the months that are still open.")
    return [
        sum(pence for day, pence in foreseen if part.starts_on <= day < part.ends_on)
        for part in to_come
    ]
