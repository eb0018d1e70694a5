"""The front door of access: what whoever acts may do, and by which clause."""

from crossforce.access.choices import ACTIONS, Grant, Origin
from crossforce.access.models import Request, Share
from crossforce.access.operations import grants_of, put_grants
from crossforce.access.queries import (
    decide_many,
    described,
    may,
    place,
    reach,
    require,
    rows,
    scopes,
)

__all__ = [
    "ACTIONS",
    "Grant",
    "Origin",
    "Request",
    "Share",
    "decide_many",
    "described",
    "grants_of",
    "may",
    "place",
    "put_grants",
    "reach",
    "require",
    "rows",
    "scopes",
]
