"""Originals of a case are looked into, and what is found of when, where and with what they were captured is kept, with a preview.

What is kept says what the file says; the original is what counts. A preview is sealed like the original, and goes with it.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.evidence.choices import ITEM
from crossforce.evidence.inspection.found import Found
from crossforce.evidence.models import Item
from crossforce.evidence.operations import inspecting, opening
from crossforce.evidence.queries import galleries, item_of
from crossforce.evidence.rules.capturing import capture
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.files import keeping
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

SECONDS: Final = 20
"""As long as one request may last; asked again it goes on."""
PART: Final = "preview"
NO_PICTURE: Final = "Nothing in it can be shown as a picture."


class MayNotLook(Refused):
    """You may read these originals and not change what is kept of them. Ask their holder to look into them."""


class NoPreview(Missing):
    """There is no preview of this file."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many originals were looked into now, and how many are left."""

    done: int
    left: int


def look_into(*, actor: Actor, item: UUID, at: datetime) -> Item:
    """Have an original looked into, and keep what is found; once. Call it outside of any transaction.

    Raises Missing, NotWhole, MayNotLook.
    """
    if (done := _permitted(actor, item)) is not None:
        return done
    row, found = inspecting.look_into(actor=actor, item=item, at=at)
    lengthy.let_go()
    if not found.picture:
        return _kept(actor, item, found, None, at)
    file = keeping.begin(holder=_holder(actor, row), at=at)
    try:
        with keeping.coming(file.pk) as arrival:
            arrival.append(found.picture)
            return _kept(actor, item, found, keeping.put(arrival), at)
    except BaseException:
        keeping.try_to_give_up(file=file.pk, at=at)
        raise


def go_on(*, actor: Actor, reference: str, at: datetime, seconds: float = SECONDS) -> Progress:
    """Look into originals of a case that nobody looked into, for so long. Raises Missing, and MayNotLook where none is open to it."""
    began, done = time.monotonic(), 0
    waiting = galleries.waiting(actor, reference)
    if not waiting.may and waiting.left:
        raise MayNotLook
    for item in waiting.may:
        look_into(actor=actor, item=item, at=at)
        done += 1
        if time.monotonic() - began > seconds:
            break
    return Progress(done, waiting.left - done)


@guarded.acts
def preview(*, actor: Actor, item: UUID, at: datetime) -> Reading:
    """The preview of an original: to see it is to read the original, and entered. Raises Missing, NotWhole, NoPreview."""
    row = item_of(actor, item)
    if row.preview is None:
        raise NoPreview
    opening.read_content(actor=actor, item=item, asked=PART, at=at)
    return Reading(StoredFile.objects.get(pk=row.preview))


@guarded.acts
def _permitted(actor: Actor, item: UUID) -> Item | None:
    """The original where it was looked into before."""
    row = item_of(actor, item)
    if row.looked_at is None and not records.allowed(ITEM, "edit")(row):
        raise MayNotLook
    return row if row.looked_at is not None else None


@guarded.acts
def _holder(actor: Actor, row: Item) -> str:
    return records.place_of(row.scope_id).holder


@guarded.acts
def _kept(
    actor: Actor, item: UUID, found: Found, put: keeping.Put | None, at: datetime
) -> Item:
    """What was found becomes part of the record, unless somebody was quicker."""
    row = item_of(actor, item)
    if row.looked_at is not None:
        if put:
            keeping.try_to_give_up(file=put.arrival.file, at=at)
        return row
    told = capture(
        row.media_type, [(each.name, each.value) for each in found.facts], looked_at=at
    )
    given: dict[str, Any] = {
        "looked_at": at,
        "captured_at": told.at,
        "captured_clock": told.clock.value,
        "captured_with": told.device,
        "latitude": told.latitude,
        "longitude": told.longitude,
        "within_metres": told.within,
        "unpictured": "" if put else (found.why_not or NO_PICTURE)[:300],
        "preview": keeping.take(put, at=at).pk if put else None,
    }
    changed = records.edit(
        actor=actor, kind=ITEM, record=row.pk, version=row.version, given=given, at=at
    )
    assert isinstance(changed, Item)
    return changed
