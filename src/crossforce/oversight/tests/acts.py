"""Acts in the log for tests, appended as whatever keeps records appends them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from crossforce.kernel import ids
from crossforce.kernel.testing.cast import HERE
from crossforce.ledger import api as ledger
from crossforce.people.tests.factories import AT

KIND = "records.note"
"""Nothing that makes the cast touches it, so that what a test appended is all there is of the kind."""
CLAUSE = ledger.Citation("sw-tri-force", 3, "9.1")


def looked(
    actor: Any,
    *rows: UUID,
    operation: str = "record.consulted",
    holders: Sequence[str] = (HERE,),
    at: datetime = AT,
    **detail: Any,
) -> UUID:
    """The actor touched the rows: one by its subject, several as a list."""
    is_list = len(rows) != 1
    with transaction.atomic():
        entry = ledger.append(
            actor=actor,
            operation=operation,
            subject=KIND if is_list else f"{KIND}:{rows[0]}",
            detail=detail | ({"rows": [str(row) for row in rows]} if is_list else {}),
            at=at,
            about=ledger.About(concerns=holders, agreements=[CLAUSE], scopes=[7]),
        )
    return entry.id


def record() -> UUID:
    """A record's identifier."""
    return ids.new_id()


def key() -> str:
    """A key for one change."""
    return str(uuid4())
