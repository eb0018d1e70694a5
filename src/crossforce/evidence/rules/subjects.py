"""Requests of people for what is held about them: Data Protection Act 2018 ss45 and 54.

What is about others too goes redacted or not at all; what is withheld has its ground; two people decide about all of it.
"""

from dataclasses import dataclass
from datetime import date

from crossforce.evidence.choices import Answer
from crossforce.kernel.civil import add_months


@dataclass(frozen=True, slots=True)
class Known:
    """What of an original decides how it may be answered of: how many redacted copies it has, and whether one is approved."""

    name: str
    copies: int = 0
    is_approved: bool = False


def due(
    received_on: date,
    asked_on: date | None,
    clear_on: date | None,
    *,
    months: int,
    more: int = 0,
) -> date | None:
    """The last day of the answer: a month from the day on which the request came, or on which what was asked for came. None while that is awaited."""
    if asked_on is not None and clear_on is None:
        return None
    return add_months(max(received_on, clear_on or received_on), months + more)


def refusal_to_answer(
    known: Known, answer: Answer, *, is_alone: bool, ground: str, why: str
) -> str:
    """Why it cannot be answered of so, or nothing."""
    if answer == Answer.GIVE:
        return _refusal_to_give(known, is_alone)
    if answer == Answer.WITHHOLD and not (ground and why):
        return "Give the ground on which it is withheld, and why it is necessary and proportionate."
    if answer == Answer.NOT_THEIRS and not why:
        return "Say why it is not about who asks."
    return ""


def _refusal_to_give(known: Known, is_alone: bool) -> str:
    if known.is_approved:
        return ""
    if known.copies:
        return f"“{known.name}” has redacted copies, and none of them is approved. Have one approved first."
    if not is_alone:
        return f"“{known.name}” goes as it is only where it is about nobody but who asks. Say so, or redact it first."
    return ""


def refusal_to_hand_over(found: int, settled: int, approved: int) -> str:
    """Why the extract cannot be made, or nothing."""
    if found:
        return f"Not answered of yet: {found} of what was found. Answer of each first."
    if not settled:
        return "Nothing is answered of yet. Where nothing is held, write the day of the answer into the request."
    if approved < settled:
        return f"Not approved yet: {settled - approved} of {settled}. Somebody else than answered approves them first."
    return ""
