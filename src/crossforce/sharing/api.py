"""The front door of sharing: single records asked for, opened, and opened at once."""

from crossforce.sharing.choices import NewShare, Origin
from crossforce.sharing.operations import (
    AlreadyDecided,
    Asked,
    CannotAsk,
    CannotShare,
    NoGlassToBreak,
    ask,
    break_glass,
    decide,
    end_share,
    give_share,
)
from crossforce.sharing.queries import (
    Glass,
    deciders,
    decides,
    estate,
    glass,
    request,
    requests,
    require_deciding,
    share,
    shares,
)

__all__ = [
    "AlreadyDecided",
    "Asked",
    "CannotAsk",
    "CannotShare",
    "Glass",
    "NewShare",
    "NoGlassToBreak",
    "Origin",
    "ask",
    "break_glass",
    "decide",
    "deciders",
    "decides",
    "end_share",
    "estate",
    "give_share",
    "glass",
    "request",
    "requests",
    "require_deciding",
    "share",
    "shares",
]
