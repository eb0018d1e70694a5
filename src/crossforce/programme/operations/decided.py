"""Decisions that are named where something goes on: a board that is kept here has to have made them."""

from datetime import datetime
from typing import Any

from crossforce.boards import api as boards
from crossforce.kernel import civil
from crossforce.people.api import Actor
from crossforce.records import api as records


def faults(actor: Actor, decision: str, row: Any, at: datetime, field: str) -> list[str]:
    """What is wrong with the decision that is named, among what else is wanted; nothing where none is.

    It is to change what the record says of the field: words of a day before it said that are no ground.
    """
    if not decision.strip():
        return []
    functions = (row.function,) if getattr(row, "function", "") else ()
    began = civil.day_of(records.stands_since(row, field))
    given = boards.Given(functions, began=began)
    fault = boards.decision_fault(actor, decision, row.agreement, at, given).removesuffix(".")
    return [fault[0].lower() + fault[1:]] if fault else []


def kept(decision: str) -> str:
    """The decision as what goes on by it keeps it."""
    return boards.decision_kept(decision)
