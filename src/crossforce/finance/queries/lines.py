"""Lines of budgets."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.queries import budgets
from crossforce.kernel import guarded, guarded_watch
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor


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
    return _lines(budgets.row_of(budget).pk)


@guarded.acts
def taken_out(actor: Actor, budget: UUID) -> list[Listed]:
    """The same, to leave the platform as a file. Raises NoSuchBudget."""
    guarded_watch.takes_out("lines-of-budget")
    return _lines(budgets.row_of(budget).pk)


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


def _lines(budget: UUID) -> list[Listed]:
    rows = list(models.Line.objects.filter(budget=budget).order_by("on", "created_at", "pk"))
    back = {each.takes_back: each.pk for each in rows if each.takes_back}
    return [Listed(each, back.get(each.pk)) for each in rows]
