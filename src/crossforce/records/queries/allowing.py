"""What whoever acts may do with the rows of a list."""

from collections.abc import Callable
from typing import Any

from crossforce.access import api as access


def allowed(kind: str, action: str) -> Callable[[Any], bool]:
    """Tells of any row of the kind whether whoever acts may do that with it; asked for once a list."""
    found = access.reach(kind, action)
    scopes, rows = frozenset(found[0]), frozenset(found[1])
    return lambda row: row.scope_id in scopes or row.pk in rows
