"""The front door of access: what whoever acts may do, and by which clause."""

from crossforce.access.choices import (
    ACTIONS,
    MARKINGS,
    Grant,
    Origin,
)
from crossforce.access.models import (
    Request,
    Share,
)
from crossforce.access.operations import (
    grants_of,
    put_grants,
)
from crossforce.access.queries import (
    Clause,
    Decisions,
    decide_many,
    decisions,
    described,
    may,
    place,
    reach,
    require,
    rows,
    scopes,
    seen,
)

__all__ = [
    "ACTIONS",
    "MARKINGS",
    "Clause",
    "Decisions",
    "Grant",
    "Origin",
    "Request",
    "Share",
    "decide_many",
    "decisions",
    "described",
    "grants_of",
    "may",
    "place",
    "put_grants",
    "reach",
    "require",
    "rows",
    "scopes",
    "seen",
]
