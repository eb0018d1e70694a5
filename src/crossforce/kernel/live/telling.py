"""Telling that something changed: by kind, scopes and identifiers, never what it says."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from crossforce.kernel.live.pages import live_pages

CHANNEL: Final = "crossforce_live"
ACCESS: Final = "access"
"""Grants, shares or postings changed: who may see what is to be asked anew (insight/sql/3_live.sql)."""

MOST: Final = 100
"""Of so many rows each is named; of more, only that there were some. A message holds 8,000 bytes."""


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of a kind changed: these, in these scopes; any, where none is named."""

    kind: str
    scopes: frozenset[int] = frozenset()
    rows: frozenset[UUID] = frozenset()

    @property
    def is_wide(self) -> bool:
        """Whether it may concern anybody."""
        return not self.rows


def written(kind: str, rows: Mapping[UUID, int | None]) -> None:
    """Rows of a guarded kind were written; it is told once that is committed."""
    if not any(kind in page.kinds for page in live_pages):
        return
    scopes = {each for each in rows.values() if each is not None}
    is_wide = not rows or len(rows) > MOST
    change = Change(kind) if is_wide else Change(kind, frozenset(scopes), frozenset(rows))
    transaction.on_commit(lambda: tell(change), robust=True)


def tell(change: Change) -> None:
    """Tell at once. Outside a transaction, because NOTIFY makes committing transactions queue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, encoded(change)])


def encoded(change: Change) -> str:
    """A change as one message."""
    if change.is_wide:
        return json.dumps({"kind": change.kind})
    rows = sorted(map(str, change.rows))
    return json.dumps({"kind": change.kind, "scopes": sorted(change.scopes), "rows": rows})


def decoded(message: str) -> Change:
    """The change of a message; one that cannot be read may concern anything."""
    try:
        said = json.loads(message)
        return Change(
            said["kind"], frozenset(said.get("scopes", ())), _uuids(said.get("rows", ()))
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Change(ACCESS)


def _uuids(rows: Iterable[str]) -> frozenset[UUID]:
    return frozenset(map(UUID, rows))
