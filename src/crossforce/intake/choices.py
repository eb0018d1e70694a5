"""Enumerations and small frozen values of what is brought in from files."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, Literal, NamedTuple


class State(StrEnum):
    """Where a file stands that somebody sent."""

    CHECKING = "checking"
    REHEARSED = "rehearsed"
    REFUSED = "refused"
    RUNNING = "running"
    DONE = "done"


OPEN: Final = (State.CHECKING, State.REHEARSED, State.RUNNING)
"""A file that is not at its end."""
AT_WORK: Final = (State.CHECKING, State.RUNNING)
"""A file at which somebody is at work, or it has stopped."""
Doing = Literal["read", "compare", "write"]


class Step(NamedTuple):
    """How far it is: what is being done, with how many rows so far, and how many hundredths that is."""

    doing: Doing
    rows: int = 0
    share: int = 0


Progress = Callable[[Step], None]


def quiet(_step: object) -> None:
    """Progress that nobody watches."""
