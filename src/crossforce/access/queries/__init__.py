"""Questions about access. Every answer is worked out by the database, for whoever acts."""

from crossforce.access.queries.asked import request, requests, share, shares
from crossforce.access.queries.deciding import (
    Glass,
    described,
    glass,
    may,
    place,
    require,
    rows,
    scope_of,
    scopes,
)
from crossforce.access.queries.explaining import audience, explain, explain_for

__all__ = [
    "Glass",
    "audience",
    "described",
    "explain",
    "explain_for",
    "glass",
    "may",
    "place",
    "request",
    "requests",
    "require",
    "rows",
    "scope_of",
    "scopes",
    "share",
    "shares",
]
