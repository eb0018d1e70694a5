"""The bytes of an original are read: which of them, by whom and by which clause is entered first."""

from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.models import Item
from crossforce.evidence.queries import item_of
from crossforce.evidence.rules import sending
from crossforce.evidence.rules.sending import Span
from crossforce.kernel import guarded
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST_OF_PART: Final = 16 * 1024 * 1024
"""A part is answered with so many bytes at most: whoever plays a film asks for the next when they need it."""


class NotWhole(Conflict):
    """Not all of this file came yet."""


@guarded.acts
def read_content(*, actor: Actor, item: UUID, asked: str, at: datetime) -> tuple[Item, Reading]:
    """An original and all its bytes. To read them is to read the record; `asked` is entered where they are for something else.

    Raises Missing, NotWhole.
    """
    row = _whole(actor, item)
    return row, _entered(actor, row, asked or "whole", at)


@guarded.acts
def read_part(
    *, actor: Actor, item: UUID, asked: str, at: datetime
) -> tuple[Item, Reading, Span]:
    """An original, and the bytes that a Range header asks for: these are entered, and no others are to be handed out.

    Raises Missing, NotWhole, and NotThere where there are none: then nothing is read and nothing entered.
    """
    row = _whole(actor, item)
    span = sending.span(asked, row.size, MOST_OF_PART)
    return row, _entered(actor, row, span.told(row.size), at), span


def _whole(actor: Actor, item: UUID) -> Item:
    row = item_of(actor, item)
    if not row.is_kept:
        raise NotWhole
    return row


def _entered(actor: Actor, row: Item, part: str, at: datetime) -> Reading:
    enter(actor, row, part, row.sha256, at)
    return Reading(StoredFile.objects.get(pk=row.file))


def enter(actor: Actor, row: Item, part: str, sha256: str, at: datetime) -> None:
    """Which bytes of it, or of what was made of it, are handed out, before they are."""
    ledger.append(
        actor=actor,
        operation="evidence.content-read",
        subject=row.reference.subject,
        detail={"part": part, "sha256": sha256},
        at=at,
        about=ledger.About(
            concerns=[records.place_of(row.scope_id).holder], scopes=[row.scope_id]
        ),
    )
