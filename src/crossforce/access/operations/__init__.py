"""Changes to what is enforced."""

from crossforce.access.operations.asking import (
    AlreadyDecided,
    Asked,
    CannotAsk,
    NoGlassToBreak,
    ask,
    break_glass,
    decide,
)
from crossforce.access.operations.enforcing import enforce, enforce_all, grants_of, put_grants
from crossforce.access.operations.sharing import CannotShare, end_share, give_share

__all__ = [
    "AlreadyDecided",
    "Asked",
    "CannotAsk",
    "CannotShare",
    "NoGlassToBreak",
    "ask",
    "break_glass",
    "decide",
    "end_share",
    "enforce",
    "enforce_all",
    "give_share",
    "grants_of",
    "put_grants",
]
