"""An original is looked into: what it tells of itself, and a small picture of it."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.inspection import asking, films
from crossforce.evidence.inspection.found import Found
from crossforce.evidence.models import Item
from crossforce.evidence.operations import opening
from crossforce.evidence.queries import item_of
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.files.reading import Reading
from crossforce.people.api import Actor

NOT_READ: Final = "Images, PDF, office documents, e-mail, film and sound are looked into; a file of this type is kept, and not read."
PART: Final = "looked into"
HEIF: Final = "image/heif"


def look_into(*, actor: Actor, item: UUID, at: datetime) -> tuple[Item, Found]:
    """Have it read by a process that can do nothing else: that is reading it, and entered as such. Raises Missing, NotWhole.

    Nothing of what is found is kept: the original is what counts, and facts are read of it when they are asked for. The entry is
    there before the file is read, which may take half a minute: nothing is open in the database meanwhile.
    """
    row, reading = _opened(actor, item, at)
    if reading is None:
        return row, Found(why_not=NOT_READ)
    lengthy.let_go()
    return row, _found(row, reading)


@guarded.acts
def _opened(actor: Actor, item: UUID, at: datetime) -> tuple[Item, Reading | None]:
    """The original and its bytes, with the entry; without them where nothing looks into such a file."""
    row = item_of(actor, item)
    is_read = asking.is_read(row.media_type) or films.is_film(row.media_type)
    if row.is_kept and not is_read:
        return row, None
    return opening.read_content(actor=actor, item=item, asked=PART, at=at)


def _found(row: Item, reading: Reading) -> Found:
    """By our own readers where one knows such a file, and by ffmpeg where none does, or it gave up."""
    found = Found()
    if asking.is_read(row.media_type):
        found = asking.look_into(row.media_type, row.size, reading.parts())
    if films.is_film(row.media_type) and not found.facts:
        return films.look_into(reading, row.size)
    if row.media_type == HEIF and found.facts:
        return replace(found, picture=films.still_of(reading, row.media_type))
    return found
