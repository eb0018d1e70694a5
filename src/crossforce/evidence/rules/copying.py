"""Copies of exhibits between forces: when the time of one is over, and whether it may be given on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.evidence.choices import Lasts

LEFT: Final = "The agreement by which it was given does not hold between the two any more."
CLOSED: Final = "The case for which it was given is closed."
PASSED: Final = "The day until which it was given is over."
ASKED: Final = "It was asked back."
NO_TERM: Final = "No clause of the agreement by which it came says that copies may be given on."


@dataclass(frozen=True, slots=True)
class Tie:
    """To what the time of a copy is tied, and how that stands."""

    lasts: Lasts
    until_on: date | None
    is_bound: bool
    is_closed: bool


def over(tie: Tie, on: date) -> str:
    """Why the time of a copy is over; empty while it is not. With the agreement it is over in any case."""
    if not tie.is_bound:
        return LEFT
    if tie.lasts is Lasts.CASE and tie.is_closed:
        return CLOSED
    if tie.lasts is Lasts.DAY and tie.until_on is not None and on >= tie.until_on:
        return PASSED
    return ""


def refusal_to_pass_on(why_over: str, *, is_asked: bool, is_onward: bool) -> str:
    """Why a copy that came from another may go to nobody else; empty where it may."""
    if is_asked:
        return ASKED
    return why_over or ("" if is_onward else NO_TERM)


def refusal_of_time(tie: Tie, on: date, *, has_case: bool) -> str:
    """Why a copy cannot be given for so long."""
    if tie.lasts is Lasts.DAY and (tie.until_on is None or tie.until_on <= on):
        return "Give a day that is yet to come."
    if tie.lasts is Lasts.CASE and not has_case:
        return "There is no open case of that reference here which you may read. Choose another time."
    return ""


def tried(before: str, said: str, when: str) -> str:
    """What was tried to reach a receiver, with one try more; each on a line of its own."""
    lines: Iterable[str] = filter(None, (before, f"{when}: {' '.join(said.split())}"))
    return "\n".join(lines)
