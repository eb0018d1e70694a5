"""Archives, in the confined process: what is in one, file after file, and the bytes of those that are wanted.

It has two lines: on one it asks for bytes of the archive by their place and says what it found, on the other it is answered. It
writes nothing anywhere, and decides nothing: whether a file is taken is judged by whoever asked (`rules/members.py`).
"""

import bz2
import codecs
import email.generator
import gzip
import io
import json
import lzma
import os
import stat
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from crossforce.evidence.inspection import confined, letters, sevens
from crossforce.evidence.inspection.work import ENCODINGS
from crossforce.evidence.rules.members import Kind, Member, plain

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD: Final = struct.Struct(">cI")
PLACE: Final = struct.Struct(">QI")
ASK, MEMBER, DATA, ENDED, OVER = b"A", b"M", b"D", b"E", b"Z"
YES, NO = b"y", b"n"
PART: Final = 1024 * 1024
SECONDS: Final = 600
PER_SECOND: Final = 1024 * 1024
"""So many packed bytes are read in a second of the processor, at the least: by them its time is bounded."""
LONGEST_LETTER: Final = 64 * 1024 * 1024
NEEDED: Final = (bz2, email.generator, gzip, lzma, zlib)
"""Opened before the process is confined: afterwards nothing is."""
METHODS: Final = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
Held = tuple[Member, Callable[[], IO[bytes]]]


class TooLong(ValueError):
    """A letter is longer than is read at once: what was cut of it would be kept as if it were whole."""


class Asked(io.RawIOBase):
    """The archive, each part of it asked for when it is needed."""

    def __init__(self, size: int) -> None:
        self._size, self._at = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if begin + offset < 0:
            raise ValueError("there is nothing before the beginning")
        self._at = begin + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        room = memoryview(buffer)
        wanted = min(len(room), PART, self._size - self._at)
        if wanted <= 0:
            return 0
        say(ASK, PLACE.pack(self._at, wanted))
        came = sys.stdin.buffer.read(wanted)
        room[: len(came)] = came
        self._at += len(came)
        return len(came)


def main(media_type: str, size: int) -> None:
    """Say each member; send the bytes of one where the answer is yes; say whether it came to its end."""
    for name in ENCODINGS:
        codecs.lookup(name)
    confined.confine(SECONDS + size // PER_SECOND)
    why_not = ""
    try:
        file = io.BufferedReader(Asked(size), PART)
        for member, opened in READERS[media_type](file):
            said = [member.name, member.size, member.packed, member.kind, member.within]
            say(MEMBER, json.dumps(said).encode())
            if sys.stdin.buffer.read(1) == YES:
                _give(opened)
    except (Exception, RecursionError) as fault:  # noqa: BLE001 - whatever a library raises at a bad file
        why_not = type(fault).__name__
    say(OVER, json.dumps(why_not).encode())
    os._exit(0)


def say(what: bytes, body: bytes) -> None:
    """A frame to whoever asked."""
    sys.stdout.buffer.write(HEAD.pack(what, len(body)))
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def _give(opened: Callable[[], IO[bytes]]) -> None:
    why_not = ""
    try:
        with opened() as file:
            while part := file.read(PART):
                say(DATA, part)
    except (Exception, RecursionError) as fault:  # noqa: BLE001 - whatever a library raises at a bad member
        why_not = type(fault).__name__
    say(ENDED, json.dumps(why_not).encode())


def _zipped(file: IO[bytes]) -> Iterator[Held]:
    with zipfile.ZipFile(file) as archive:
        for each in archive.infolist():
            member = Member(
                plain(each.filename), each.file_size, each.compress_size, _kind_of(each)
            )
            yield member, partial(archive.open, each)


def _kind_of(each: zipfile.ZipInfo) -> Kind:
    form = stat.S_IFMT(each.external_attr >> 16)
    if form == stat.S_IFLNK:
        return Kind.LINK
    if each.is_dir():
        return Kind.FOLDER
    if form not in (0, stat.S_IFREG):
        return Kind.DEVICE
    if each.flag_bits & 1:
        return Kind.LOCKED
    return Kind.FILE if each.compress_type in METHODS else Kind.STRANGE


def _taped(file: IO[bytes]) -> Iterator[Held]:
    with tarfile.open(fileobj=file, mode="r:*") as archive:
        for each in archive:
            member = Member(plain(each.name), each.size, 0, _kind_on_tape(each))
            yield member, partial(_on_tape, archive, each)


def _on_tape(archive: tarfile.TarFile, each: tarfile.TarInfo) -> IO[bytes]:
    """Nothing but files is asked for."""
    return archive.extractfile(each) or io.BytesIO()


def _kind_on_tape(each: tarfile.TarInfo) -> Kind:
    if each.issym() or each.islnk():
        return Kind.LINK
    if each.isdir():
        return Kind.FOLDER
    if each.issparse():
        return Kind.HOLES
    return Kind.FILE if each.isreg() else Kind.DEVICE


def _enclosed(file: IO[bytes]) -> Iterator[Held]:
    """What lies in a letter beside its own text, and in letters within it, each under its number and name."""
    content = file.read(LONGEST_LETTER + 1)
    if len(content) > LONGEST_LETTER:
        raise TooLong
    for each in letters.hung_on(letters.read(content)):
        member = Member(each.name, len(each.content), within=each.within)
        yield member, partial(io.BytesIO, each.content)


READERS: Final[dict[str, Callable[[IO[bytes]], Iterator[Held]]]] = {
    "application/zip": _zipped,
    "application/x-tar": _taped,
    sevens.TYPE: sevens.members,
    "message/rfc822": _enclosed,
}
