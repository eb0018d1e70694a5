"""Whether an open budget is still shared as the signed clauses share it now, and what lies between."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crossforce.finance import models
from crossforce.finance.choices import State
from crossforce.finance.queries import agreed
from crossforce.finance.rules import keeping
from crossforce.finance.rules.positions import Plan, Position
from crossforce.finance.rules.sharing import (
    SharedCost,
    due_of_year,
    instalments,
    shares_of_year,
)
from crossforce.kernel import civil
from crossforce.kernel.money import in_pounds
from crossforce.kernel.refusals import Conflict, Refusal
from crossforce.people.api import Actor


class SharedOtherwise(Conflict):
    """The budget keeps other shares than those of who takes part now; the message says which, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What each force pays in cash of the year by the shares that are kept, and by those of who takes
    part now, at the figures that are kept."""

    title: str
    kept: Mapping[str, int]
    now: Mapping[str, int]

    def of(self, force: str) -> tuple[int, int]:
        """What the force pays by either; nothing where it has no part."""
        return self.kept.get(force, 0), self.now.get(force, 0)

    @property
    def forces(self) -> list[str]:
        """All that pay by either."""
        return sorted({*self.kept, *self.now})

    def __str__(self) -> str:
        told = (f"{each} {_both(*self.of(each))}" for each in self.forces)
        return (
            f"The shares that “{self.title}” keeps differ from those of who takes part now by the signed"
            f" clauses. Of the year: {'; '.join(told)}. Work the shares of the budget out anew, then charge."
        )


def apart(
    known: agreed.Agreed | None, row: models.Budget, plan: Plan, at: datetime
) -> Apart | None:
    """What lies between, of a budget that is open; nothing where the clauses cannot say it now."""
    if known is None or row.state != State.OPEN:
        return None
    figures, today = keeping.figures_kept(row.figures), civil.day_of(at)
    try:
        found = known.shared(row.function, plan.year, today, figures)
        now = replace(plan, standing=found.standing, in_kind=found.in_kind)
        if _told(plan) == _told(now):
            return None
        return Apart(row.title, due_of_year(plan.cost), due_of_year(now.cost))
    except Refusal:
        return None


def require_together(
    actor: Actor, found: Iterable[tuple[models.Budget, Position]], at: datetime
) -> None:
    """Let nothing be charged by shares that hold no longer. Raises SharedOtherwise."""
    of: dict[str, agreed.Agreed | None] = {}
    for row, position in found:
        if row.agreement not in of:
            of[row.agreement] = _known(actor, row.agreement, at)
        if differs := apart(of[row.agreement], row, position.plan, at):
            raise SharedOtherwise(str(differs))


def _known(actor: Actor, reference: str, at: datetime) -> agreed.Agreed | None:
    try:
        return agreed.agreed(actor, reference, at)
    except Refusal:
        return None


def _told(plan: Plan) -> tuple[object, ...]:
    """All that is charged of a year, to the penny: split otherwise into the same, shares are the same."""
    cost: SharedCost = plan.cost
    return shares_of_year(cost), instalments(cost, plan.rhythm)


def _both(kept: int, now: int) -> str:
    return f"{in_pounds(kept)} as kept, {in_pounds(now)} now"
