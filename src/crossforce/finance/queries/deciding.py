"""The decision by which a budget is opened: one that a board keeps here, by its identifier, or one made elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from crossforce.finance import models
from crossforce.kernel.money import in_pounds
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.kernel.web.dates import day
from crossforce.people.api import Actor

ELSEWHERE: Final = " (a decision outside this platform)"
LONGEST: Final = 200 - len(ELSEWHERE)


class NotDecided(Conflict):
    """No such decision opens the budget; the message says why, and what would."""


class NoDecision(NotUnderstood):
    """Say by which decision the budget is opened: its identifier here, or the board, the day and its number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision that a board keeps here; without a day it was not decided."""

    title: str
    agreement: str
    pence: int
    decided_on: date | None


Reader = Callable[[Actor, UUID], Kept | None]
_reader: list[Reader] = []


def give_reader(reader: Reader) -> None:
    """Register what reads the decisions of boards, as far as the actor may; there is one."""
    _reader[:] = [reader]


def cited(actor: Actor, decision: str, row: models.Budget) -> str:
    """The decision in the words that the budget keeps of it. Raises NoDecision, NotDecided.

    What somebody names in words was decided by nobody here, and is kept as that.
    """
    given = decision.strip().removesuffix(ELSEWHERE)
    if not given:
        raise NoDecision
    key = identifier(given)
    if key is not None:
        return _of_board(_read(actor, key), row)
    if len(given) > LONGEST:
        raise NoDecision(f"Name the decision in {LONGEST} letters at most.")
    return given + ELSEWHERE


def _of_board(found: Kept, row: models.Budget) -> str:
    if found.decided_on is None:
        raise NotDecided(f"“{found.title}” was not decided: name the decision that was.")
    if found.agreement != row.agreement:
        raise NotDecided(
            f"“{found.title}” is of another agreement: name one of {row.agreement}."
        )
    if found.pence < row.pence:
        raise NotDecided(
            f"“{found.title}” decided on {in_pounds(found.pence)} and the budget is of {in_pounds(row.pence)}."
            " Decide anew, or put the budget right."
        )
    return f"{found.title[:160]}, {day(found.decided_on)}"


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
