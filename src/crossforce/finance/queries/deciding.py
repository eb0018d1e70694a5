"""The decision by which a budget is opened: one that a board keeps here, by its identifier, or one made elsewhere.

Words about a decision made elsewhere are taken only where no board that is kept here has to decide.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.queries import agreed, budgets
from crossforce.finance.rules.decisions import (
    Board,
    Kept,
    no_ground,
    refusal_of_decision,
    refusal_of_words,
)
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded
from crossforce.kernel.money import in_pounds
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refusal
from crossforce.kernel.web.dates import day
from crossforce.people.api import Actor

ELSEWHERE: Final = " (a decision outside this platform)"
LONGEST: Final = 200 - len(ELSEWHERE)
SPENDING: Final = "spending"
"""The kind of decision by which a budget is opened."""
UNREAD: Final = "A decision of a board that you may not read"


class NotDecided(Conflict):
    """No such decision opens the budget; the message says why, and what would."""


class NoDecision(NotUnderstood):
    """Say by which decision the budget is opened: its identifier here, or the board, the day and its number."""


Reader = Callable[[Actor, UUID], Kept | None]
Deciding = Callable[[Actor, str, Sequence[str], datetime, int], Board | None]
_reader: list[Reader] = []
_deciding: list[Deciding] = []


def give_reader(reader: Reader) -> None:
    """Register what reads the decisions of boards, as far as the actor may; there is one."""
    _reader[:] = [reader]


def give_deciding(deciding: Deciding) -> None:
    """Register what tells which board kept here decides on spending for functions of an agreement; there is one."""
    _deciding[:] = [deciding]


@guarded.acts
def board_of(actor: Actor, budget: UUID, at: datetime) -> Board | None:
    """The board that has to decide on a budget before it opens, if one is kept here. Raises NoSuchBudget."""
    row = budgets.row_of(budget)
    try:
        known = agreed.agreed(actor, row.agreement, at)
        functions = known.together(row.function, FinancialYear(row.year))
    except Refusal:
        return None
    return board_for(actor, row, functions, at)


def board_for(
    actor: Actor, row: models.Budget, functions: Sequence[str], at: datetime
) -> Board | None:
    """The board kept here that has to decide on the budget; None where what was decided elsewhere opens it.

    It is the one of the first day of the budget's year where that is yet to come, else that of the instant.
    A year that was over before the board was kept here was decided on before, wherever that was.
    """
    if not _deciding:
        return None
    year = FinancialYear(row.year).whole
    on = max(at, civil.instant(year.starts_on))
    found = _deciding[0](actor, row.agreement, functions, on, row.pence)
    return None if found is None or year.ends_on <= found.since else found


def cited(
    actor: Actor, decision: str, row: models.Budget, functions: Sequence[str], at: datetime
) -> str:
    """The decision as the budget keeps it: the identifier of one that a board keeps here, else the words.

    What somebody names in words was decided by nobody here. Raises NoDecision, NotDecided.
    """
    given = said(decision)
    if not given:
        raise NoDecision
    key = identifier(given)
    if key is not None:
        _refuse_decision(_read(actor, key), key, row, functions, civil.day_of(at))
        return str(key)
    if len(given) > LONGEST:
        raise NoDecision(f"Name the decision in {LONGEST} letters at most.")
    if refusal := _refusal_of_words(given, row, board_for(actor, row, functions, at)):
        raise NotDecided(refusal)
    return given + ELSEWHERE


def said(decision: str) -> str:
    """The decision as somebody names it, without the words that are kept beside one made elsewhere."""
    return decision.strip().removesuffix(ELSEWHERE)


def in_words(actor: Actor, decision: str) -> str:
    """The decision by which a budget was opened, as a page shows it."""
    key = identifier(decision)
    if key is None:
        return decision
    found = _reader[0](actor, key) if _reader else None
    if found is None or found.decided_on is None:
        return UNREAD
    return f"{found.title}, {day(found.decided_on)}"


def must_decide(board: Board) -> str:
    """That the board has to decide, and how it is asked to."""
    return no_ground(board)


def _refusal_of_words(given: str, row: models.Budget, board: Board | None) -> str:
    """Of a year that was yet to come when the board was first kept here, nobody decided elsewhere.

    Nor of any before it was first proposed.
    """
    if board is not None and FinancialYear(row.year).whole.starts_on >= board.since:
        return no_ground(board)
    return refusal_of_words(given, board, began=budgets.proposed_on(row))


def _refuse_decision(
    found: Kept, key: UUID, row: models.Budget, functions: Sequence[str], today: date
) -> None:
    wrong = refusal_of_decision(found, row.agreement, functions, today)
    if wrong := wrong or _of_another(found, row):
        raise NotDecided(wrong)
    spent = budgets.opened_in_all(key)
    if found.pence < row.pence + spent:
        raise NotDecided(
            f"“{found.title}” decided on {in_pounds(found.pence)} and the budget is of"
            f" {in_pounds(row.pence)}{_beside(key, spent)}. Decide anew, or put the budget right."
        )


def _beside(key: UUID, spent: int) -> str:
    """What else it opened: the sum to who may read all of it, and otherwise that there is something."""
    if not spent:
        return ""
    what = f"{in_pounds(spent)} that" if budgets.seen_opened(key) == spent else "what"
    return f", beside {what} it opened already"


def _of_another(found: Kept, row: models.Budget) -> str:
    """What the decision is of, where that is not this budget."""
    wrong = ""
    if found.kind != SPENDING:
        wrong = f"is a decision of the kind {found.kind} and not of {SPENDING}"
    elif found.budget and found.budget.strip() != f"{row.function}/{row.year}":
        wrong = f"opens the budget {found.budget}"
    return wrong and f"“{found.title}” {wrong}: name the decision on this budget."


def _read(actor: Actor, key: UUID) -> Kept:
    found = _reader[0](actor, key) if _reader else None
    if found is None:
        raise NotDecided(
            "No board keeps a decision with that identifier, or none that you may know of."
        )
    return found


def identifier(decision: str) -> UUID | None:
    """Of a decision that a board keeps here; None where one made elsewhere is named in words."""
    try:
        return UUID(decision.strip())
    except ValueError:
        return None
