"""Decisions that somebody names as the ground of an act: one of a board here, or words about one made elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.kernel.written import days_named

EXAMPLE: Final = "Programme Board, 3 June 2024, decision 4"


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


def refusal_of_decision(
    found: Kept, agreement: str, functions: Collection[str], today: date
) -> str:
    """Why what a board decided here is no ground for an act on these functions; empty where it is one."""
    if not found.kind:
        return f"“{found.title}” was to note and decides nothing: name the decision that does."
    if found.decided_on is None:
        return f"“{found.title}” was not decided: name the decision that was."
    if agreement and found.agreement != agreement:
        return f"“{found.title}” is of another agreement: name one of {agreement}."
    if agreement and found.functions and not set(functions) <= set(found.functions):
        return f"“{found.title}” is about {', '.join(found.functions)} alone: name the decision on this."
    if found.takes_effect_on is not None and today < found.takes_effect_on:
        return f"“{found.title}” takes effect on {found.takes_effect_on:%-d %B %Y}: do this from that day on."
    return ""


def refusal_of_words(
    words: str,
    board: Board | None,
    decided_on: date | None = None,
    began: date | None = None,
) -> str:
    """Why words about a decision are no ground where this board, kept here, has to decide; empty where they are.

    What was decided before the board was kept here stays a ground: by the day that is given for it, else
    by the last day that the words themselves name. Nobody decided on what stands as it does since it `began`
    before that day.
    """
    if board is None:
        return ""
    on = decided_on or max(days_named(words), default=None)
    if on is None or on >= board.since:
        return f"{no_ground(board)} A decision of an earlier day is named with that day, as in “{EXAMPLE}”."
    if began is not None and on < began:
        return (
            f"{no_ground(board)} On {on:%-d %B %Y} nobody decided on this: it stands as it does since"
            f" {began:%-d %B %Y}."
        )
    return ""


def no_ground(board: Board) -> str:
    """That the board has to decide, and how it is asked to."""
    return (
        f"Words about a decision are no ground for this: {board.title} decides it and is kept on this platform"
        f" since {board.since:%-d %B %Y}. Put a paper before it (Boards, Write a paper; `crossforce boards write`) and"
        " name the identifier of its decision once that is made."
    )
