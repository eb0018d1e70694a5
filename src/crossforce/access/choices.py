"""Small frozen values of access."""

from dataclasses import dataclass
from enum import StrEnum

from crossforce.kernel.periods import Period

ACTIONS = ("find", "read", "add", "edit", "task", "disclose", "dispose", "deconflict")
MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")
OWN, EVERY = "", "*"
"""Holders of standing access beside “+”, whoever is posted: the actor's own organisation, every one."""
NOWHERE = "-"
"""No unit has this code: those who would work on a function that no unit has."""


class Origin(StrEnum):
    """How a single row came to be open to a posting."""

    REQUEST = "request"
    BREAK_GLASS = "break-glass"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Grant:
    """One ACCESS term for one holder, recipient and kind, while it holds; `collection` "" is all.

    Empty `units`, `roles` or `purposes` ask for none in particular.
    """

    version: int
    clause: str
    term: str
    holder: str
    recipient: str
    kind: str
    actions: tuple[str, ...]
    holds: Period
    collection: str = ""
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    marking: str = MARKINGS[0]
    compartment: str = ""
    onward: bool = False
    glass_minutes: int | None = None
    glass_roles: tuple[str, ...] = ()
