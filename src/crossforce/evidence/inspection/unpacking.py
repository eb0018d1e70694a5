"""Has an archive taken apart by a process that is confined: it sees the bytes that it asks for, and hands files back one by one.

Nothing is written to a disk by it or by us: what comes is taken in as it comes, or not at all. It is believed little: what it
says is held to its form, what it may ask for is bounded, and it is killed where nothing comes of it for a minute.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final, Self

from crossforce.evidence.inspection.archives import (
    ASK,
    DATA,
    ENDED,
    HEAD,
    MEMBER,
    NO,
    OVER,
    PART,
    PLACE,
    YES,
)
from crossforce.evidence.inspection.asking import PACKAGES
from crossforce.evidence.rules.members import Kind, Member

Read = Callable[[int, int], Iterable[bytes]]
"""The bytes of the archive from a place, so many."""
READ_AS: Final = {
    "application/zip": "application/zip",
    "application/x-tar": "application/x-tar",
    "application/x-gzip": "application/x-tar",
    "application/gzip": "application/x-tar",
    "application/x-bzip2": "application/x-tar",
    "application/x-xz": "application/x-tar",
    "application/x-7z-compressed": "application/x-7z-compressed",
    "message/rfc822": "message/rfc822",
}
BEGINNING: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from crossforce.evidence.inspection import archives; archives.main(sys.argv[2], int(sys.argv[3]))"
)
STALLED: Final = 60.0
ROOM: Final = 256 * 1024 * 1024
OFTEN: Final = 8
"""So often may all of an archive be asked for, and `ROOM` beside: a packed tape is read from its beginning more than once."""
BROKEN: Final = (
    "What takes it apart was stopped: it took more time or memory than it may, or broke."
)
UNREADABLE: Final = "It cannot be read to its end as the archive that it begins like"


class Broken(Exception):
    """What takes an archive apart was stopped, or says what cannot be."""


class Damaged(Exception):
    """A member cannot be read to its end, or is not what its archive says of it."""


class Packed:
    """A member of an archive. Its bytes can be had once, before the next member is asked for."""

    def __init__(self, member: Member, archive: "Archive") -> None:
        self.member, self._archive = member, archive

    def parts(self) -> Iterator[bytes]:
        """Its bytes, no more than it says. Raises Damaged after them where they are not sound, and Broken."""
        return self._archive.parts_of(self)


class Archive:
    """An archive that is being taken apart: a context, and its members in order."""

    def __init__(self, media_type: str, size: int, read: Read) -> None:
        self._size, self._read, self._asked = size, read, 0
        self._given = [
            sys.executable,
            "-I",
            "-c",
            BEGINNING,
            PACKAGES,
            READ_AS[media_type],
            str(size),
        ]
        self._held = bytearray()
        self._waiting: Packed | None = None
        self.why_not = ""

    def __enter__(self) -> Self:
        self._worker = subprocess.Popen(  # noqa: S603 - our own module, and a type of ours
            self._given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/", bufsize=0,
        )  # fmt: skip
        os.set_blocking(_line(self._worker.stdin), False)
        return self

    def __exit__(self, *fault: object) -> None:
        self._worker.kill()
        for line in (self._worker.stdin, self._worker.stdout):
            assert line
            line.close()
        self._worker.wait()

    def __iter__(self) -> Iterator[Packed]:
        """Each member; at the end `why_not` says why it was not the archive's. What is broken ends there."""
        try:
            while (found := self._next()) is not None:
                self._waiting = found
                yield found
                if self._waiting is found:
                    self._send(NO)
                self._waiting = None
        except Broken:
            self.why_not = BROKEN

    def parts_of(self, packed: Packed) -> Iterator[bytes]:
        """The bytes of the member that is waited for."""
        if self._waiting is not packed:
            raise Broken
        self._waiting, left = None, packed.member.size
        self._send(YES)
        while (frame := self._frame())[0] == DATA:
            left -= len(frame[1])
            if left < 0:
                raise Broken
            yield frame[1]
        if frame[0] != ENDED:
            raise Broken
        if _said(frame[1]):
            raise Damaged

    def _next(self) -> Packed | None:
        what, body = self._frame()
        while what in (DATA, ENDED):  # of one that nobody read to its end
            what, body = self._frame()
        if what == MEMBER:
            return Packed(_member(body), self)
        if what != OVER:
            raise Broken
        why_not = _said(body)
        if why_not:
            self.why_not = f"{UNREADABLE} ({str(why_not)[:60]})."
        return None

    def _frame(self) -> tuple[bytes, bytes]:
        """What it says next; what it asks for meanwhile is answered."""
        while True:
            what, length = HEAD.unpack(self._exactly(HEAD.size))
            if length > PART:
                raise Broken
            body = self._exactly(length)
            if what != ASK:
                return what, body
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        if len(body) != PLACE.size:
            raise Broken
        start, length = PLACE.unpack(body)
        self._asked += length
        if (
            start + length > self._size
            or length > PART
            or self._asked > OFTEN * self._size + ROOM
        ):
            raise Broken
        for part in self._read(start, length):
            self._send(part)

    def _exactly(self, length: int) -> bytes:
        line = _line(self._worker.stdout)
        while len(self._held) < length:
            _wait(line, select.POLLIN)
            part = os.read(line, PART)
            if not part:
                raise Broken
            self._held += part
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken

    def _send(self, content: bytes) -> None:
        line, left = _line(self._worker.stdin), memoryview(content)
        while left:
            _wait(line, select.POLLOUT)
            try:
                left = left[os.write(line, left) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Broken from None


def _wait(line: int, what: int) -> None:
    ready = select.poll()
    ready.register(line, what)
    if not ready.poll(STALLED * 1000):
        raise Broken


def _line(pipe: IO[bytes] | None) -> int:
    assert pipe
    return pipe.fileno()


def _said(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Broken from None


def _member(body: bytes) -> Member:
    said = _said(body)
    try:
        name, size, packed, kind, within = said
        found = Member(str(name), int(size), int(packed), Kind(kind), str(within))
    except (ValueError, TypeError):
        raise Broken from None
    if min(found.size, found.packed) < 0 or not found.is_named_within:
        raise Broken
    return found
