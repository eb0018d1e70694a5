"""Whether the primary agrees with what was read on a standby."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import guarded_watch, replica, statements
from crossforce.kernel.guarded_newest import among
from crossforce.kernel.guarded_watch import Rows
from crossforce.records import api as records

NOTE: Final = b"SELECT replicas_known(), now()::text"
AGREES: Final = b"SELECT replicas_agrees($1, $2::timestamptz)"
Noted = tuple[str | None, ...]


def noted() -> Noted:
    """What the standby knows of rights, and when by its clock."""
    return statements.texts(NOTE)[0]


def agrees(known: Noted, gathered: replica.Gathered) -> bool:
    """Whether the standby knew all that decides, and each row that was read is still where it was read.

    The rows are read again under the row security of the primary: one that was moved, disposed of or closed
    to the reader since is missing.
    """
    if statements.texts(AGREES, known) != [("t",)]:
        return False
    with guarded_watch.unwatched():
        return all(
            _are_there(each.model, each.consulted)
            and _are_there(records.Pointer, each.pointers)
            for each in gathered.values()
        )


def _are_there(model: Any, rows: Rows) -> bool:
    if not rows:
        return True
    found = model.objects.filter(among(list(rows), "pk", "uuid"))
    there: Mapping[UUID, int] = dict(found.values_list("pk", "scope_id"))
    return all(
        row in there and (scope is None or there[row] == scope) for row, scope in rows.items()
    )
