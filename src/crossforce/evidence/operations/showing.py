"""A link is opened by whoever has it: what it shows is decided then, and entered with the holder before it is shown.

An image goes out as a picture drawn anew, which bears the line that says to whom it is shown; the original itself does not.
The rows are read as whoever gave the link could read them now, and shown while they could still disclose them: what they
lose, the link loses. The entry says that the platform showed it by that link, since whoever gave it did not look.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import ITEM, SHARE_OPENED, SHARE_READ
from crossforce.evidence.inspection import asking
from crossforce.evidence.models import Item, Share
from crossforce.evidence.operations import links, passing
from crossforce.evidence.operations.links import Link
from crossforce.evidence.operations.opening import MOST_OF_PART
from crossforce.evidence.queries import copies
from crossforce.evidence.rules import sending, sharing
from crossforce.evidence.rules.sending import Span
from crossforce.kernel import civil, guarded, guarded_watch, ids, lengthy
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Missing
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records

PLAYED: Final = frozenset({"video", "audio"})


class NotOpen(Missing):
    """This link opens nothing, or nothing any more. Ask whoever sent it to you."""


class NotDrawn(Missing):
    """This image cannot be drawn: it is too large, or not what it begins like. Ask whoever sent you the link for another way."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a link shows: the original, and what stands in it where it is a text."""

    share: Share
    item: Item
    text: str | None
    marking: str


def show(*, link: str, at: datetime) -> Shown:
    """What the page of a link shows. Raises NotOpen, whatever the reason."""
    found = _given(link, at)
    return _show(found.sharer, found, at)


def read(*, link: str, asked: str, at: datetime) -> tuple[Item, Reading, Span]:
    """The bytes of a film or recording that a Range header asks for, to be shown; these are entered. Raises NotOpen, NotThere."""
    found = _given(link, at)
    return _read(found.sharer, found, asked, at)


def picture(*, link: str, at: datetime) -> bytes:
    """An image as a JPEG that says to whom it is shown; drawn by the confined process, with nothing open in the database.

    Raises NotOpen, and NotDrawn for what cannot be.
    """
    found = _given(link, at)
    share, item, reading = _drawn(found.sharer, found, at)
    lengthy.let_go()
    line = sharing.line(share.partner, share.organisation, share.mark, at)
    made = asking.look_into(item.media_type, item.size, reading.parts(), line)
    if not made.picture:
        raise NotDrawn
    return made.picture


@guarded.acts
def _drawn(actor: Actor, link: Link, at: datetime) -> tuple[Share, Item, Reading]:
    share, item = _open(link, at)
    if sending.shown_as(item.media_type) != "image":
        raise NotOpen
    _enter(SHARE_READ, share, item, "picture", at)
    return share, item, _bytes(item)


@guarded.acts
def _show(actor: Actor, link: Link, at: datetime) -> Shown:
    share, item = _open(link, at)
    text = None
    if sharing.may_be_text(item.media_type, item.size):
        text = sharing.text_of(b"".join(_bytes(item).parts()))
    _enter(SHARE_OPENED, share, item, "page" if text is None else "whole", at)
    return Shown(share, item, text, records.place_of(item.scope_id).marking)


@guarded.acts
def _read(actor: Actor, link: Link, asked: str, at: datetime) -> tuple[Item, Reading, Span]:
    share, item = _open(link, at)
    if sending.shown_as(item.media_type) not in PLAYED:
        raise NotOpen
    span = sending.span(asked, item.size, MOST_OF_PART)
    _enter(SHARE_READ, share, item, span.told(item.size), at)
    return item, _bytes(item), span


def _given(text: str, at: datetime) -> Link:
    found = links.read(text, at)
    if found is None:
        raise NotOpen
    return found


def _open(link: Link, at: datetime) -> tuple[Share, Item]:
    """The share and its original, as far as whoever gave the link may disclose it now. Raises NotOpen."""
    with guarded_watch.unwatched():
        share = Share.objects.filter(pk=link.share, digest=link.digest).first()
    if share is None or share.created_by != link.sharer.reference or not share.is_open(at):
        raise NotOpen
    item = Item.objects.filter(pk=share.item).first()
    if item is None or not item.may_leave or not records.allowed(ITEM, "disclose")(item):
        raise NotOpen
    if copies.is_over(share) or passing.refusals(link.sharer, [item.exhibit], at):
        raise NotOpen
    return share, item


def _enter(operation: str, share: Share, item: Item, part: str, at: datetime) -> None:
    rows: list[UUID] = [item.pk, share.pk]
    records.enter(
        actor=people.system_actor("shared-link", on=civil.day_of(at)),
        operation=operation,
        rows=[item],
        action="disclose",
        detail={"rows": [ids.text(each) for each in rows], "part": part, "sha256": item.sha256},
        at=at,
    )


def _bytes(item: Item) -> Reading:
    return Reading(StoredFile.objects.get(pk=item.file))
