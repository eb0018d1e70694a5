"""Enumerations and small frozen values of boards."""

from enum import StrEnum
from typing import Final


class Cycle(StrEnum):
    """How often a board meets, as the clause of its agreement says."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    AS_NEEDED = "as-needed"


class Presence(StrEnum):
    """How a seat was filled at a meeting."""

    PRESENT = "present"
    ALTERNATE = "alternate"
    ABSENT = "absent"


class Vote(StrEnum):
    """What a seat said to a motion."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class How(StrEnum):
    """How a decision was taken: at a meeting, in writing between meetings, or urgently by delegation."""

    MEETING = "meeting"
    WRITTEN = "written"
    URGENT = "urgent"


PUT_OFF: Final = "put-off"
"""Instead of how it was taken: the meeting voted on nothing and put the paper off."""


class Carrying(StrEnum):
    """What makes a motion carried: the board's own vote, or the agreement of legal persons."""

    BOARD = "board"
    PERSONS = "persons"


class ActionState(StrEnum):
    """What has become of an action that a board set."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ActionStanding(StrEnum):
    """How an action stands on a day."""

    OPEN = "open"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


ANY_SEAT: Final = "member"
"""In a quorum: any seat that votes, whatever its office."""

BOARD, MEETING, PAPER = "boards.board", "boards.meeting", "boards.paper"
DECISION, ACTION, ANSWER = "boards.decision", "boards.action", "boards.answer"
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ("duty-from-law",)


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class PaperState(StrEnum):
    """Where a paper stands: being written, out to the seats, decided on, or taken back.

    That it is decided is told from the decision on it, and stands on no paper.
    """

    DRAFT = "draft"
    OUT = "out"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
