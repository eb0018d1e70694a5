"""Decisions that are named where something goes on: a board that is kept here has to have made them."""

from datetime import datetime

from crossforce.boards import api as boards
from crossforce.people.api import Actor


def faults(
    actor: Actor, decision: str, agreement: str, at: datetime, function: str = ""
) -> list[str]:
    """What is wrong with the decision that is named, among what else is wanted; nothing where none is."""
    if not decision.strip():
        return []
    given = boards.Given((function,) if function else ())
    fault = boards.decision_fault(actor, decision, agreement, at, given).removesuffix(".")
    return [fault[0].lower() + fault[1:]] if fault else []


def kept(decision: str) -> str:
    """The decision as what goes on by it keeps it."""
    return boards.decision_kept(decision)
