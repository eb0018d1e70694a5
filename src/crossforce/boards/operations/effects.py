"""What a decision does by itself: a variation goes to its parties, a budget opens."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from crossforce.access import api as access
from crossforce.agreements import api as agreements
from crossforce.boards.kinds import Came, Carried, Charge, DecisionEffect, Made, Offered
from crossforce.finance import api as finance
from crossforce.kernel import civil
from crossforce.kernel.money import in_pounds
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

BUDGET_KIND: Final = "finance.budget"
YET_TO_OPEN: Final = (finance.State.PROPOSED, finance.State.DRAFT)


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


def drafts_offered(actor: Actor, agreement: str) -> Iterator[Offered]:
    """The drafts that the actor may know of, at the edit at which they stand."""
    for draft in _drafts(actor, agreement):
        reference = draft.agreement.reference
        title = f"the draft at edit {draft.version}"
        yield Offered(reference, f"{reference}@{draft.version}", title)


def drafting(actor: Actor, agreement: str, what: str) -> Charge | None:
    """Who writes the draft."""
    for draft in _drafts(actor, agreement):
        return Charge(draft.owner, actor.may("agreement.propose", draft.owner))
    return None


def open_budget(actor: Actor, carried: Carried, at: datetime) -> str:
    """Open the proposed budget, if it is of the sum and the functions that were decided on.

    Raises NotABudget, AnotherSum, NotInState, NotDecided.
    """
    row = _one_of(_named(actor, carried.agreement, carried.what)).row
    if row.pence != carried.pence:
        raise AnotherSum(
            f"The board decided on {in_pounds(carried.pence)} and the budget is of {in_pounds(row.pence)}."
            " Decide anew, or put the budget right."
        )
    finance.open_budget(
        actor=actor, budget=row.pk, version=row.version, decision=str(carried.key), at=at
    )
    return f"The budget {row.title} was opened."


def sum_of_budget(actor: Actor, agreement: str, what: str) -> int | None:
    """What the proposed budget is of; None where the actor sees none, or several. Raises NotABudget."""
    listed = _named(actor, agreement, what)
    found = [each.row.pence for each in listed if each.row.state == finance.State.PROPOSED]
    return found[0] if len(found) == 1 else None


def budgets_offered(actor: Actor, agreement: str) -> Iterator[Offered]:
    """The budgets that are yet to open, with their sums."""
    for state in YET_TO_OPEN:
        for each in finance.budgets(actor, finance.Wanted(agreement, state=state)):
            row = each.row
            title = f"{row.title}, {in_pounds(row.pence)} ({row.state})"
            yield Offered(row.agreement, f"{row.function}/{row.year}", title)


def keeping(actor: Actor, agreement: str, what: str) -> Charge | None:
    """Who keeps the budget; None where the actor sees none, or several. Raises NotABudget."""
    listed = _named(actor, agreement, what)
    found = [each for each in listed if each.row.state in YET_TO_OPEN]
    if len(found) != 1:
        return None
    return Charge(found[0].holder, access.may(BUDGET_KIND, found[0].row.pk, "edit"))


def variations_proposed(actor: Actor, decisions: Sequence[Made]) -> Iterator[Came]:
    """The versions that were put to their parties at the edit that a board decided on, from that day on."""
    wanted = [each for each in decisions if each.effect == VARIATION.name]
    known = agreements.proposed(actor, {e.agreement for e in wanted}) if wanted else []
    found = [(each, version) for each in wanted for version in known if _is_of(version, each)]
    first = {of.key: (of, version) for of, version in reversed(found)}
    who = records.who(actor, [_act(each) for _, each in first.values()])
    for of, version in first.values():
        said = f"Version {version.number} of {of.agreement} was put to its parties."
        on, by = civil.day_of(version.proposed_at), who.get(_act(version), "")
        yield Came(of.key, said, on, by, VARIATION.name)


def _act(version: Any) -> tuple[str, datetime]:
    return f"staff:{version.proposed_by}", version.proposed_at


def _is_of(version: Any, decided: Made) -> bool:
    edit = f"{version.agreement.reference}@{version.edit}"
    return (
        edit == decided.what.strip() and civil.day_of(version.proposed_at) >= decided.decided_on
    )


def budgets_opened(actor: Actor, decisions: Sequence[Made]) -> Iterator[Came]:
    """The budgets that were opened by these decisions."""
    named = {str(each.key): each.key for each in decisions}
    for first in finance.opened_by(actor, list(named.values())):
        said = f"The budget {first.row.title}, {in_pounds(first.row.pence)}, was opened."
        yield Came(named[first.value], said, civil.day_of(first.at), first.by, BUDGET.name)


def _drafts(actor: Actor, agreement: str) -> Any:
    rows = agreements.drafts(actor).order_by("agreement__reference")
    return rows.filter(agreement__reference=agreement) if agreement else rows


def _named(actor: Actor, agreement: str, what: str) -> list[Any]:
    function, _, year = what.strip().partition("/")
    if not function or not year.isascii() or not year.isdecimal():
        raise NotABudget
    wanted = finance.Wanted(agreement=agreement, year=int(year))
    return [each for each in finance.budgets(actor, wanted) if each.row.function == function]


def _one_of(listed: Sequence[Any]) -> Any:
    """The proposed budget, where several organisations keep one of the same name."""
    proposed = [e for e in listed if e.row.state == finance.State.PROPOSED] or listed
    if not proposed:
        raise NotABudget("There is no such budget, or none that you may know of.")
    if len(proposed) > 1:
        raise NotABudget(
            f"{len(proposed)} budgets of that function and year are proposed. Let all but one be taken back."
        )
    return proposed[0]


VARIATION = DecisionEffect(
    "variation",
    "Put a draft of the agreement to its parties",
    "Cynnig drafft o'r cytundeb i'w bartïon",
    "the reference of the agreement, @, and the edit of the draft, as sw-forensics@3",
    propose_variation,
    decision="variation",
    offered=drafts_offered,
    charge=drafting,
    is_traced=True,
)
BUDGET = DecisionEffect(
    "budget",
    "Open a budget",
    "Agor cyllideb",
    "the function and the year that it begins in, as forensics/2026",
    open_budget,
    decision="spending",
    offered=budgets_offered,
    charge=keeping,
    sum_of=sum_of_budget,
    is_traced=True,
)
