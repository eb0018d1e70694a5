"""Decisions that are named where something goes on: those of a board here are looked up."""

from crossforce.boards import api as boards
from crossforce.people.api import Actor


def faults(actor: Actor, decision: str, agreement: str) -> list[str]:
    """What is wrong with a decision that a board is said to keep, among what else is wanted."""
    fault = boards.decision_fault(actor, decision, agreement).removesuffix(".")
    return [fault[0].lower() + fault[1:]] if fault else []
