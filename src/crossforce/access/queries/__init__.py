"""The decision, for whoever acts: worked out by the database."""

from crossforce.access.queries.deciding import (
    described,
    may,
    place,
    reach,
    require,
    rows,
    scope_of,
    scopes,
    seen,
)
from crossforce.access.queries.many import Clause, Decisions, decide_many, decisions

__all__ = [
    "Clause",
    "Decisions",
    "decide_many",
    "decisions",
    "described",
    "may",
    "place",
    "reach",
    "require",
    "rows",
    "scope_of",
    "scopes",
    "seen",
]
