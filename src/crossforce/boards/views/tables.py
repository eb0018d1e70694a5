"""Tables as the pages draw them, and what codes and states are called."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from crossforce.agreements import catalogues
from crossforce.boards.choices import (
    PUT_OFF,
    ActionStanding,
    Cycle,
    How,
    MeetingState,
    PaperState,
    Vote,
)
from crossforce.boards.kinds import decision_effects
from crossforce.boards.queries.meetings import Taken
from crossforce.boards.rules.cycles import Rhythm
from crossforce.boards.rules.seats import Seat, title
from crossforce.kernel.web import jinja
from crossforce.kernel.words import read_out as read_out
from crossforce.organisations import api as organisations

MEETING: Final = {
    MeetingState.PLANNED: ("Planned", "blue"),
    MeetingState.HELD: ("Held", "green"),
    MeetingState.CANCELLED: ("Cancelled", "grey"),
}
PAPER: Final = {
    PaperState.DRAFT: ("Draft", "grey"),
    PaperState.OUT: ("Out", "blue"),
    PaperState.DECIDED: ("Decided", "green"),
    PaperState.WITHDRAWN: ("Taken back", "grey"),
}
ACTION: Final = {
    ActionStanding.OPEN: ("Open", "blue"),
    ActionStanding.DUE_SOON: ("Due soon", "yellow"),
    ActionStanding.OVERDUE: ("Overdue", "red"),
    ActionStanding.DONE: ("Done", "green"),
    ActionStanding.DROPPED: ("Dropped", "grey"),
}
VOTES: Final = {Vote.FOR: "For", Vote.AGAINST: "Against", Vote.ABSTAIN: "Abstained"}
HOW: Final[Mapping[str, str]] = {
    How.MEETING: "At a meeting",
    How.WRITTEN: "In writing",
    How.URGENT: "Urgently, by delegation",
    PUT_OFF: "Put off by a meeting",
}
CYCLES: Final = {
    Cycle.WEEKLY: "Each week",
    Cycle.MONTHLY: "Each month",
    Cycle.QUARTERLY: "Each quarter",
    Cycle.HALF_YEARLY: "Each half-year",
    Cycle.YEARLY: "Each year",
    Cycle.AS_NEEDED: "As needed",
}
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WEEKS: Final = ("first", "second", "third", "fourth", "last")


LAPSED: Final = ("Lapsed: others govern", "grey")


def taken(found: Taken) -> str:
    """In which colour it is told what came of a paper."""
    return "grey" if found.is_put_off else "green" if found.row.is_decided else "red"


def meeting_state(state: str, *, is_lapsed: bool) -> tuple[str, str]:
    """Where a meeting stands, and in which colour."""
    return LAPSED if is_lapsed else MEETING[MeetingState(state)]


def organisation(code: str) -> str:
    """The name of an organisation; a code that nothing names is read out."""
    found = organisations.directory().get(code)
    return jinja.in_language(found.name) if found else read_out(code)


def function(code: str) -> str:
    """The title of a function."""
    return jinja.in_language(catalogues.title_of_function(code))


def effect(name: str, what: str) -> str:
    """What a decision does, and to what; empty of one that does nothing of itself."""
    found = decision_effects.get(name) if name else None
    return f"{found.title if found else name}: {what}" if name else ""


def seat(each: Seat, on: date) -> str:
    """What a seat is called on the day."""
    return jinja.in_language(title(each, organisations.directory(), on))


def rhythm(found: Rhythm) -> str:
    """`Each month, on the second Tuesday`."""
    said = CYCLES[found.cycle]
    if found.cycle is Cycle.AS_NEEDED:
        return said
    day = WEEKDAYS[found.weekday]
    if found.cycle is Cycle.WEEKLY:
        return f"{said}, on {day}"
    of = "" if found.cycle is Cycle.MONTHLY else f" of month {found.month}"
    return f"{said}, on the {WEEKS[found.week - 1]} {day}{of}"
