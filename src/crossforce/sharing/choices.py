"""Small frozen values of sharing."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from crossforce.access.choices import ACTIONS
from crossforce.access.choices import Origin as Origin  # part of this room
from crossforce.kernel.periods import Period

OPENED: Final = tuple(each for each in ACTIONS if each != "deconflict")
"""What a single record can be asked for and opened to: to be compared opens no row, and is a clause's to say."""


@dataclass(frozen=True, slots=True)
class NewShare:
    """One record to be opened to one posting, until the period ends."""

    kind: str
    record: UUID
    posting: UUID
    actions: tuple[str, ...]
    holds: Period
    purposes: tuple[str, ...] = ()
    agreement: str = ""
    version: int = 0
    clause: str = ""
    reason: str = ""
    request: UUID | None = None
    """What it answers: a request opens once."""
