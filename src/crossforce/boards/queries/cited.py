"""Decisions that are named elsewhere on the platform: those of a board here by their identifier, others in words."""

from datetime import date
from typing import Final
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.queries import due, meetings
from crossforce.finance import api as finance
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.dates import day
from crossforce.people.api import Actor

BUDGET: Final = "budget"
"""The effect by which a decision opens one budget itself."""
UNREAD: Final = "A decision of a board that you may not read"


@guarded.acts
def kept(actor: Actor, key: UUID) -> finance.Kept | None:
    """What was decided, as far as the actor may read the decision and its paper; None where they may not."""
    try:
        row = meetings.decision_of(key)
        paper = meetings.paper_of(row.paper)
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
    actor: Actor, decision: str, agreement: str, decided_on: date | None = None
) -> str:
    """Why a decision that is named by its identifier decides nothing of the agreement; empty of one made elsewhere.

    Without an agreement any will do; `decided_on` is the day that somebody gave for it, if they gave one.
    """
    key = finance.identifier(decision)
    if key is None:
        return ""
    found = _read(key)
    if found is None:
        return "No board keeps a decision with that identifier, or none that you may know of."
    if not found.is_decided:
        return f"“{found.title}” was not decided: name the decision that was."
    if agreement and found.agreement != agreement:
        return f"“{found.title}” is of another agreement: name one of {agreement}."
    if decided_on is not None and civil.day_of(found.decided_at) != decided_on:
        return f"“{found.title}” was decided on {day(found.decided_at)}: give that day."
    return ""


@guarded.acts
def decision_in_words(actor: Actor, decision: str) -> str:
    """The decision as a page shows it: what was made elsewhere is said to be."""
    key = finance.identifier(decision)
    if key is None:
        return f"{decision}{finance.ELSEWHERE}" if decision else ""
    found = _read(key)
    return UNREAD if found is None else f"{found.title}, {day(found.decided_at)}"


def _read(key: UUID) -> models.Decision | None:
    try:
        return meetings.decision_of(key)
    except Missing:
        return None
