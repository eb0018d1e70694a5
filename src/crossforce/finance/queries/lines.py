"""Lines of budgets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.queries import budgets
from crossforce.kernel import guarded, guarded_watch, stepping
from crossforce.kernel.refusals import Missing
from crossforce.kernel.stepping import Step, Stepped
from crossforce.people.api import Actor

ORDER: Final = ("on", "created_at", "pk")


class NoSuchLine(Missing):
    """There is no such line, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line, and the one that takes it back, if one does."""

    row: models.Line
    taken_back_by: UUID | None


@guarded.acts
def lines(actor: Actor, budget: UUID) -> list[Listed]:
    """The lines of a budget, by day and as they were posted. Raises NoSuchBudget."""
    return _listed(budget, _lines(budget).order_by(*ORDER))


@guarded.acts
def page(actor: Actor, budget: UUID, step: Step) -> Stepped:
    """The same page by page. Raises NoSuchBudget, NoSuchRow."""
    found = stepping.page(_lines(budget), ORDER, step)
    return replace(found, rows=_listed(budget, found.rows))


@guarded.acts
def taken_out(actor: Actor, budget: UUID) -> list[Listed]:
    """The same, to leave the platform as a file. Raises NoSuchBudget."""
    guarded_watch.takes_out("lines-of-budget")
    return _listed(budget, _lines(budget).order_by(*ORDER))


@guarded.acts
def one(actor: Actor, line: UUID) -> models.Line:
    """One line. Raises NoSuchLine."""
    return row_of(line)


def row_of(line: UUID) -> models.Line:
    """The line, while somebody acts. Raises NoSuchLine."""
    row: models.Line | None = models.Line.objects.filter(pk=line).first()
    if row is None:
        raise NoSuchLine
    return row


def _lines(budget: UUID) -> Any:
    return models.Line.objects.filter(budget=budgets.row_of(budget).pk)


def _listed(budget: UUID, rows: Iterable[models.Line]) -> list[Listed]:
    found = list(rows)
    keys = [each.pk for each in found]
    back = models.Line.objects.filter(budget=budget, takes_back__in=keys)
    by = {each.takes_back: each.pk for each in back}
    return [Listed(each, by.get(each.pk)) for each in found]
