"""Questions about access. Every answer is worked out by the database, for whoever acts."""

from crossforce.access.queries.asked import request, requests, share, shares
from crossforce.access.queries.deciding import (
    Glass,
    described,
    glass,
    may,
    place,
    reach,
    require,
    rows,
    scope_of,
    scopes,
    seen,
)
from crossforce.access.queries.explaining import audience, explain, explain_for
from crossforce.access.queries.foreseeing import counted, falling, foreseen
from crossforce.access.queries.many import Clause, Decisions, decide_many, decisions
from crossforce.access.queries.standing_now import sight_of, standing_towards

__all__ = [
    "Clause",
    "Decisions",
    "Glass",
    "audience",
    "counted",
    "decide_many",
    "decisions",
    "described",
    "explain",
    "explain_for",
    "falling",
    "foreseen",
    "glass",
    "may",
    "place",
    "reach",
    "request",
    "requests",
    "require",
    "rows",
    "scope_of",
    "scopes",
    "seen",
    "share",
    "shares",
    "sight_of",
    "standing_towards",
]
