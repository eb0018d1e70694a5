"""The decision by which a budget is opened: one that a board keeps here, by its identifier, or one made elsewhere.

Words about a decision made elsewhere are taken only where no board that is kept here has to decide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.queries import agreed, budgets
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


class NotDecided(Conflict):
    """No such decision opens the budget; the message says why, and what would."""


class NoDecision(NotUnderstood):
    """Say by which decision the budget is opened: its identifier here, or the board, the day and its number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision that a board keeps here; without a day it was not decided.

    Without `functions` it is about all of its agreement. `budget` is the one that it opens itself, as
    `function/year`; empty where it names none.
    """

    title: str
    agreement: str
    functions: tuple[str, ...]
    kind: str
    pence: int
    decided_on: date | None
    takes_effect_on: date | None
    budget: str


@dataclass(frozen=True, slots=True)
class Board:
    """A board that is kept here, since when, and at which address a paper for it is written."""

    title: str
    since: date
    paper: str


Reader = Callable[[Actor, UUID], Kept | None]
Deciding = Callable[[Actor, str, Sequence[str], int, datetime], Board | None]
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

    A year that was over before the board was kept here was decided on before, wherever that was.
    """
    found = _deciding[0](actor, row.agreement, functions, row.pence, at) if _deciding else None
    if found is None or FinancialYear(row.year).whole.ends_on <= found.since:
        return None
    return found


def cited(
    actor: Actor, decision: str, row: models.Budget, functions: Sequence[str], at: datetime
) -> str:
    """The decision in the words that the budget keeps of it. Raises NoDecision, NotDecided.

    What somebody names in words was decided by nobody here, and is kept as that.
    """
    given = decision.strip().removesuffix(ELSEWHERE)
    if not given:
        raise NoDecision
    key = identifier(given)
    if key is not None:
        return _of_board(_read(actor, key), row, functions, civil.day_of(at))
    if len(given) > LONGEST:
        raise NoDecision(f"Name the decision in {LONGEST} letters at most.")
    if (board := board_for(actor, row, functions, at)) is not None:
        raise NotDecided(must_decide(board))
    return given + ELSEWHERE


def must_decide(board: Board) -> str:
    """That the board has to decide, and how it is asked to."""
    return (
        f"{board.title} decides on spending here and is kept on this platform: words about a decision open"
        f" nothing. Put a paper of the kind “{SPENDING}” and of the budget's sum before it (Boards, Write a paper;"
        " `crossforce boards write`), and name the identifier of its decision once that is made."
    )


def _of_board(found: Kept, row: models.Budget, functions: Sequence[str], today: date) -> str:
    if found.decided_on is None:
        raise NotDecided(f"“{found.title}” was not decided: name the decision that was.")
    if found.agreement != row.agreement:
        raise NotDecided(
            f"“{found.title}” is of another agreement: name one of {row.agreement}."
        )
    if wrong := _of_another(found, row, functions):
        raise NotDecided(f"“{found.title}” {wrong}: name the decision on this budget.")
    if found.takes_effect_on is not None and today < found.takes_effect_on:
        raise NotDecided(
            f"“{found.title}” takes effect on {day(found.takes_effect_on)}: open the budget from that day on."
        )
    if found.pence < row.pence:
        raise NotDecided(
            f"“{found.title}” decided on {in_pounds(found.pence)} and the budget is of {in_pounds(row.pence)}."
            " Decide anew, or put the budget right."
        )
    return f"{found.title[:160]}, {day(found.decided_on)}"


def _of_another(found: Kept, row: models.Budget, functions: Sequence[str]) -> str:
    """What the decision is of, where that is not this budget."""
    if found.kind != SPENDING:
        return f"is a decision of the kind {found.kind or 'none'} and not of {SPENDING}"
    if found.budget and found.budget.strip() != f"{row.function}/{row.year}":
        return f"opens the budget {found.budget}"
    if found.functions and not set(functions) <= set(found.functions):
        return f"is about {', '.join(found.functions)} alone"
    return ""


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
