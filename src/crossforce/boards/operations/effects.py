"""What a decision does by itself: a variation goes to its parties, a budget opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from crossforce.agreements import api as agreements
from crossforce.boards.kinds import Carried, DecisionEffect
from crossforce.finance import api as finance
from crossforce.kernel.money import in_pounds
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor

LONGEST_CITED: Final = 200
"""Letters that a budget keeps of the decision by which it was opened."""


class NotADraft(NotUnderstood):
    """Name the draft as reference@edit, such as sw-forensics@3: what was decided is that edit and no other."""


class NotABudget(NotUnderstood):
    """Name the budget as function/year, such as forensics/2026: the function that it is listed by, and the year it begins in."""


class AnotherSum(Conflict):
    """The budget is not of the sum that was decided; the message says of which."""


def propose_variation(actor: Actor, carried: Carried, at: datetime) -> str:
    """Put the draft, at the edit that the board saw, to its parties. Raises NotADraft, StaleVersion."""
    reference, _, edit = carried.what.strip().partition("@")
    if reference != carried.agreement or not edit.isascii() or not edit.isdecimal():
        raise NotADraft
    made = agreements.propose(actor=actor, reference=reference, version=int(edit), at=at)
    return f"Version {made.number} of {reference} was put to its parties."


def open_budget(actor: Actor, carried: Carried, at: datetime) -> str:
    """Open the proposed budget, if it is of the sum that was decided. Raises NotABudget, AnotherSum, NotInState."""
    row = _one_of(_named(actor, carried.agreement, carried.what))
    if row.pence != carried.pence:
        raise AnotherSum(
            f"The board decided on {in_pounds(carried.pence)} and the budget is of {in_pounds(row.pence)}."
            " Decide anew, or put the budget right."
        )
    finance.open_budget(
        actor=actor,
        budget=row.pk,
        version=row.version,
        decision=_cited(carried),
        at=at,
        is_of_board=True,
    )
    return f"The budget {row.title} was opened."


def sum_of_budget(actor: Actor, agreement: str, what: str) -> int | None:
    """What the proposed budget is of; None where the actor sees none, or several. Raises NotABudget."""
    rows = _named(actor, agreement, what)
    found = [row.pence for row in rows if row.state == finance.State.PROPOSED]
    return found[0] if len(found) == 1 else None


def _named(actor: Actor, agreement: str, what: str) -> list[Any]:
    function, _, year = what.strip().partition("/")
    if not function or not year.isascii() or not year.isdecimal():
        raise NotABudget
    wanted = finance.Wanted(agreement=agreement, year=int(year))
    return [e.row for e in finance.budgets(actor, wanted) if e.row.function == function]


def _one_of(rows: Sequence[Any]) -> Any:
    """The proposed budget, where several organisations keep one of the same name."""
    proposed = [row for row in rows if row.state == finance.State.PROPOSED] or rows
    if not proposed:
        raise NotABudget("There is no such budget, or none that you may know of.")
    if len(proposed) > 1:
        raise NotABudget(
            f"{len(proposed)} budgets of that function and year are proposed. Let all but one be taken back."
        )
    return proposed[0]


def _cited(carried: Carried) -> str:
    """The decision in as many letters as a budget keeps of it: its day is never cut off."""
    day = f", {carried.decided_on:%-d %B %Y}"
    room = LONGEST_CITED - len(day)
    title = carried.title if len(carried.title) <= room else f"{carried.title[: room - 1]}…"
    return title + day


VARIATION = DecisionEffect(
    "variation",
    "Put a draft of the agreement to its parties",
    "Cynnig drafft o'r cytundeb i'w bartïon",
    "the reference of the agreement, @, and the edit of the draft, as sw-forensics@3",
    propose_variation,
    decision="variation",
)
BUDGET = DecisionEffect(
    "budget",
    "Open a budget",
    "Agor cyllideb",
    "the function and the year that it begins in, as forensics/2026",
    open_budget,
    decision="spending",
    sum_of=sum_of_budget,
)
