"""The bytes of one file while they arrive: added in order, durable at every `settle`, taken up again after any crash.

Beside what is sealed lies its unfinished end, sealed too. Whole parts that were written and not yet settled count when
they are sound: a sender may find more kept than it was told.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Final, Self
from uuid import UUID

from crossforce.kernel.files import sealing
from crossforce.kernel.files.digests import Digests
from crossforce.kernel.files.places import force
from crossforce.kernel.files.sealing import (
    FULL,
    LAST,
    SEGMENT,
    UNFINISHED,
    Altered,
    Segments,
    Sums,
)
from crossforce.kernel.files.writing import Writer
from crossforce.kernel.refusals import Conflict

ROOM: Final = SEGMENT + sealing.OVER
NAMED: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(part|end)")


class Busy(Conflict):
    """Somebody is sending this file at this moment. Wait until they stop."""

    status: ClassVar[int] = 423


class Arrival:
    """The file as far as it came. One at a time, in whatever process: a context, which lets go of it."""

    def __init__(self, folder: Path, file: UUID, key: bytes) -> None:
        self.file = file
        self.path, self._end = _paths(folder, file)
        self._segments = Segments(file, key)
        self._file = _alone(self.path)
        self._number, self._rest = 0, bytearray()
        self._digests: Digests | None = None
        self._writer = Writer(self.path, self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._digests:
            self._digests.end()
        self._writer.end()
        os.close(self._file)

    def take_up(self) -> None:
        """Go on where the file stands. Raises Altered."""
        self._number, self._rest = self._found()
        self._digests = None if self.offset else Digests()

    @property
    def offset(self) -> int:
        """How many bytes came."""
        return self._number * SEGMENT + len(self._rest)

    def append(self, part: bytes | memoryview) -> None:
        """Take the bytes that follow. They are durable once settled."""
        if self._digests:
            self._digests.feed(part)
        left = memoryview(part)
        while left:
            if not self._rest and len(left) >= SEGMENT:
                self._write(left[:SEGMENT], FULL)
                left = left[SEGMENT:]
                continue
            room = SEGMENT - len(self._rest)
            self._rest += left[:room]
            left = left[room:]
            if len(self._rest) == SEGMENT:
                self._write(self._rest, FULL)
                self._rest = bytearray()

    def settle(self) -> int:
        """Have all that came on the disk, whatever happens next; answers how much that is."""
        self._writer.force()
        number = self._number.to_bytes(8, "big")
        box = self._segments.sealed(self._number, self._rest, UNFINISHED)
        with _fresh(self._end).open("wb") as written:
            written.write(number)
            written.write(box)
            written.flush()
            os.fsync(written.fileno())
        _fresh(self._end).replace(self._end)
        force(self._end.parent)
        return self.offset

    def seal_up(self) -> Sums:
        """Put its end to it and have it on the disk; answers what it is. Nothing is added after that."""
        self._write(self._rest, LAST)
        self._writer.force()
        if self._digests:
            return self._digests.sums()
        with Digests() as digests:
            for part in self.parts():
                digests.feed(part)
            return digests.sums()

    def parts(self) -> Iterator[bytes]:
        """All that came, read back, once its end is put to it. Raises Altered."""
        last = self._number - 1
        for number in range(self._number):
            mark = LAST if number == last else FULL
            yield self._segments.opened(number, self._read(number), mark)

    def came(self) -> Iterator[bytes]:
        """All that came, read back while more may follow. Raises Altered."""
        for number in range(self._number):
            yield self._segments.opened(number, self._read(number), FULL)
        yield bytes(self._rest)

    def _write(self, plain: bytes | bytearray | memoryview, mark: bytes) -> None:
        room = self._writer.room(len(plain) + sealing.OVER)
        self._segments.seal_into(room, self._number, plain, mark)
        self._number += 1

    def _read(self, number: int) -> bytes:
        return os.pread(self._file, ROOM, sealing.place_of(number))

    def _found(self) -> tuple[int, bytearray]:
        """How many whole segments there are, and what came after them."""
        size = os.fstat(self._file).st_size
        number, rest = self._settled()
        if sealing.place_of(number) > max(size, sealing.HEADER):
            raise Altered(f"Of file {self._segments.file} less is there than was kept.")
        settled = number
        while sealing.place_of(number + 1) <= size and self._is_sound(number):
            number += 1
        self._begin(number)
        return number, rest if number == settled else bytearray()

    def _begin(self, number: int) -> None:
        """Whatever follows so many segments is written anew; before the first of them, their header too."""
        begin = sealing.place_of(number) if number else 0
        os.ftruncate(self._file, begin)
        self._writer.begin(begin)
        if not number:
            self._writer.room(sealing.HEADER)[:] = self._segments.header

    def _settled(self) -> tuple[int, bytearray]:
        try:
            box = self._end.read_bytes()
        except FileNotFoundError:
            return 0, bytearray()
        number = int.from_bytes(box[:8], "big")
        return number, bytearray(self._segments.opened(number, box[8:], UNFINISHED))

    def _is_sound(self, number: int) -> bool:
        try:
            self._segments.opened(number, self._read(number), FULL)
        except Altered:
            return False
        return True


@contextmanager
def nobody_sends(folder: Path, file: UUID) -> Iterator[None]:
    """Nothing comes of the file meanwhile, whether or not anybody could read what came. Raises Busy."""
    handle = _alone(_paths(folder, file)[0])
    try:
        yield
    finally:
        os.close(handle)


def begun(folder: Path) -> set[UUID]:
    """The files of which something lies there."""
    if not folder.is_dir():
        return set()
    return {UUID(each.stem) for each in folder.iterdir() if NAMED.fullmatch(each.name)}


def drop(folder: Path, file: UUID) -> None:
    """Have nothing there of a file as it arrived."""
    part, end = _paths(folder, file)
    for path in (_fresh(end), end, part):
        path.unlink(missing_ok=True)


def _alone(path: Path) -> int:
    """The file that arrives, open for one alone: whoever closes it lets go of it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Busy from None
    return handle


def _paths(folder: Path, file: UUID) -> tuple[Path, Path]:
    return folder / f"{file}.part", folder / f"{file}.end"


def _fresh(end: Path) -> Path:
    """Where an end is written before it takes the place of the one before: one sender at a time writes there."""
    return end.with_name(f".{end.name}")
