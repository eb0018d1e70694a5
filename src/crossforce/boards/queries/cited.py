"""Decisions that are named elsewhere on the platform: those of a board here by their identifier, others in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.queries import deciding, due, meetings, papers
from crossforce.finance import api as finance
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.dates import day
from crossforce.people.api import Actor

BUDGET: Final = "budget"
"""The effect by which a decision opens one budget itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """On which functions of its agreement a decision is to be a ground, and the day that somebody gave for it.

    What it is on stands as it does since it `began`: words of a day before are no ground.
    """

    functions: tuple[str, ...] = ()
    decided_on: date | None = None
    began: date | None = None


ANY: Final = Given()


@guarded.acts
def kept(actor: Actor, key: UUID) -> finance.Kept | None:
    """What was decided, as far as the actor may read the decision and its paper; None where they may not."""
    try:
        row = meetings.decision_of(key)
        paper = papers.row_of(row.paper)
    except Missing:
        return None
    return finance.Kept(
        title=row.title,
        agreement=row.agreement,
        functions=due.functions_of(paper),
        kind=paper.decision,
        pence=paper.pence,
        decided_on=civil.day_of(row.decided_at) if row.is_decided else None,
        takes_effect_on=row.takes_effect_on,
        budget=row.effect_of if row.effect == BUDGET else "",
    )


@guarded.acts
def decision_fault(
    actor: Actor, decision: str, agreement: str, at: datetime, given: Given = ANY
) -> str:
    """Why a decision is no ground for an act at the instant on what the agreement is about; empty where it is one.

    Words about one made elsewhere are a ground where no board that is kept here has to decide, or where the
    decision is older than that and not older than how things stand. Without an agreement any will do.
    """
    key = finance.identifier(decision)
    if key is None:
        board = (
            deciding.deciding_board(actor, agreement, given.functions, at)
            if decision.strip() and agreement
            else None
        )
        return finance.refusal_of_words(decision, board, given.decided_on, given.began)
    found = kept(actor, key)
    if found is None:
        return "No board keeps a decision with that identifier, or none that you may know of."
    refusal = finance.refusal_of_decision(found, agreement, given.functions, civil.day_of(at))
    if not refusal and given.decided_on not in (None, found.decided_on):
        return f"“{found.title}” was decided on {day(found.decided_on)}: give that day."
    return refusal


def decision_kept(decision: str) -> str:
    """The decision as whatever rests on it keeps it: an identifier is written in one way."""
    key = finance.identifier(decision)
    return str(key) if key else decision.strip()


@guarded.acts
def decision_in_words(actor: Actor, decision: str) -> str:
    """The decision as a page shows it: what was made elsewhere is said to be."""
    key = finance.identifier(decision)
    if key is None:
        return f"{decision}{finance.ELSEWHERE}" if decision else ""
    found = _read(key)
    return finance.UNREAD if found is None else f"{found.title}, {day(found.decided_at)}"


def _read(key: UUID) -> models.Decision | None:
    try:
        return meetings.decision_of(key)
    except Missing:
        return None
