"""A package that is kept as an original, a ZIP file that holds a bag or OCFL, is brought in as the exhibits that it names."""

import io
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from crossforce.evidence.models import Item
from crossforce.evidence.operations import admitting, opening
from crossforce.evidence.operations.admitting import Admitted, Foreseen, Into, NotSound
from crossforce.evidence.queries import exhibit_to_fill
from crossforce.evidence.rules.packages.sources import SMALL
from crossforce.kernel import clock, guarded, lengthy
from crossforce.kernel.files.reading import Reading
from crossforce.people.api import Actor

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ZIP: Final = "application/zip"
READ_AS: Final = "brought in as a package"
SECONDS: Final = 20.0
"""So long one request adds exhibits; whoever waits asks for the next."""
BUFFER: Final = 1024 * 1024


@dataclass(slots=True)
class Progress:
    """How far it came: what was added now, exhibit by exhibit, and whether that was all."""

    row: Item
    admitted: list[Admitted] = field(default_factory=list)
    is_whole: bool = False


def look(*, actor: Actor, item: UUID, at: datetime) -> tuple[Item, list[Foreseen]]:
    """What it would bring; that is reading it, and entered as such. Raises Missing, NotWhole, and what `admitting.rehearse` raises."""
    row, file, into = _opened(actor, item, at)
    return row, admitting.rehearse(actor=actor, package=file, into=into)


def go_on(*, actor: Actor, item: UUID, at: datetime) -> Progress:
    """Add what is not there yet, for as long as one request may last. Asked again it goes on. Raises what `admitting.admit` raises.

    Its exhibits stand where that of the package does, marked no lower; files that say of no exhibit that they are become that one's own.
    """
    row, file, into = _opened(actor, item, at)
    progress, began = Progress(row), time.monotonic()
    adding = admitting.admit(actor=actor, package=file, into=into, now=clock.now)
    for each in adding:
        progress.admitted.append(each)
        if each.items and time.monotonic() - began > SECONDS:
            adding.close()
            return progress
    progress.is_whole = True
    return progress


def _opened(actor: Actor, item: UUID, at: datetime) -> tuple[Item, "_Kept", Into]:
    row, reading, into = _read(actor, item, at)
    lengthy.let_go()
    return row, _Kept(reading, row.size), into


@guarded.acts
def _read(actor: Actor, item: UUID, at: datetime) -> tuple[Item, Reading, Into]:
    row, reading = opening.read_content(actor=actor, item=item, asked=READ_AS, at=at)
    if row.media_type != ZIP:
        raise NotSound("This is no ZIP file: a package is sent as one.")
    exhibit, place = exhibit_to_fill(actor, row.exhibit)
    return row, reading, Into(place, tuple(exhibit.purposes), exhibit.pk)


class _Bytes(io.RawIOBase):
    """What is kept, read from any place."""

    def __init__(self, reading: Reading, size: int) -> None:
        self._reading, self._size, self._at = reading, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if begin + offset < 0:
            raise OSError("there is nothing before the beginning")
        self._at = begin + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        room = memoryview(buffer)
        came = (
            b"".join(self._reading.parts(self._at, len(room))) if self._at < self._size else b""
        )
        room[: len(came)] = came
        self._at += len(came)
        return len(came)


class _Kept(io.BufferedReader):
    """The same, where nobody has more read at once than a package may say of itself."""

    def __init__(self, reading: Reading, size: int) -> None:
        super().__init__(_Bytes(reading, size), BUFFER)
        self._size = size

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            size = self._size - self.tell()
        if size > SMALL:
            raise OSError("more is asked for at once than a package says of itself")
        return super().read(size)
