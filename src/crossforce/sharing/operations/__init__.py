"""Opening single records."""

from crossforce.sharing.operations.asking import (
    AlreadyDecided,
    Asked,
    CannotAsk,
    ForOneself,
    NoGlassToBreak,
    ReachesNobody,
    ask,
    break_glass,
    decide,
)
from crossforce.sharing.operations.sharing import CannotShare, end_share, give_share

__all__ = [
    "AlreadyDecided",
    "Asked",
    "CannotAsk",
    "CannotShare",
    "ForOneself",
    "NoGlassToBreak",
    "ReachesNobody",
    "ask",
    "break_glass",
    "decide",
    "end_share",
    "give_share",
]
