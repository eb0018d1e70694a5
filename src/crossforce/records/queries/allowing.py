"""What whoever acts may do with rows: of a list, one by one, and as a condition of a query."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q

from crossforce.access import api as access


def allowed(kind: str, action: str) -> Callable[[Any], bool]:
    """Tells of any row of the kind whether whoever acts may do that with it; asked for once a list."""
    may = allowed_at(kind, action)
    return lambda row: may(row.scope_id, row.pk)


def allowed_at(kind: str, action: str) -> Callable[[int, UUID | None], bool]:
    """The same of a place, and of a row as it would stand there; None asks for any row of the place."""
    found = access.reach(kind, action)
    scopes, rows = frozenset(found[0]), frozenset(found[1])
    return lambda scope, row: scope in scopes or row in rows


def allowed_among(kind: str, action: str) -> Q:
    """The same as a condition of a query, where only some of very many rows are wanted."""
    scopes, rows = access.reach(kind, action)
    return Q(scope_id__in=scopes) | Q(pk__in=rows)
