"""The bytes of an original are read: which of them, by whom and by which clause is entered first."""

from datetime import datetime
from uuid import UUID

from crossforce.evidence.models import Item
from crossforce.evidence.queries import item_of
from crossforce.kernel import guarded
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotWhole(Conflict):
    """Not all of this file came yet."""


@guarded.acts
def read_content(*, actor: Actor, item: UUID, asked: str, at: datetime) -> tuple[Item, Reading]:
    """An original and its bytes. To read them is to read the record; `asked` is the part, as it was asked for.

    Raises Missing, NotWhole.
    """
    row = item_of(actor, item)
    if not row.is_kept:
        raise NotWhole
    ledger.append(
        actor=actor,
        operation="evidence.content-read",
        subject=row.reference.subject,
        detail={"part": asked[:100] or "whole", "sha256": row.sha256},
        at=at,
        about=ledger.About(
            concerns=[records.place_of(row.scope_id).holder], scopes=[row.scope_id]
        ),
    )
    return row, Reading(StoredFile.objects.get(pk=row.file))
