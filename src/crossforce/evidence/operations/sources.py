"""Where files come from that are taken in together: a folder, or an archive, on this machine or kept as an original."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from crossforce.evidence.choices import ARCHIVE
from crossforce.evidence.inspection.unpacking import READ_AS, Archive, Read
from crossforce.evidence.models import Item
from crossforce.evidence.rules import types
from crossforce.evidence.rules.members import DEEPEST, Kind, Member
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import NotUnderstood

PART: Final = 1024 * 1024
FOLDER: Final = "folder"
TAPE: Final = "application/x-tar"


class NoArchive(NotUnderstood):
    """This is no ZIP or 7z file, no tape archive (also packed with gzip, bzip2 or xz) and no e-mail: unpack it, and send its files."""


class Unreadable(Exception):
    """A file of the folder cannot be read."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the record of each file says of where it came from. Of an archive its SHA-256: what lies in it never changes."""

    system: str
    reference: str = ""


class Held(Protocol):
    """A member, and its bytes."""

    @property
    def member(self) -> Member: ...

    def parts(self) -> Iterator[bytes]: ...


class Opened(Protocol):
    """What is being gone through: its members; at the end, why that was not all."""

    why_not: str

    def __iter__(self) -> Iterator[Held]: ...


@dataclass(frozen=True, slots=True)
class Source:
    """What can be gone through, again and again; its own length, where it is an archive."""

    origin: Origin
    whole: int | None
    _media_type: str
    _read: Read | None
    _path: Path | None = None

    def open(self) -> AbstractContextManager[Opened]:
        """Go through it, from its beginning."""
        if self._path:
            return nullcontext(_Folder(self._path))
        assert self._read
        return Archive(self._media_type, self.whole or 0, self._read)


def is_archive(media_type: str) -> bool:
    """Whether files of this type are taken apart."""
    return media_type in READ_AS


def is_packed_tape(media_type: str) -> bool:
    """Whether it is a tape archive within another packing, which is read from its beginning alone."""
    return READ_AS.get(media_type) == TAPE != media_type


def of_folder(path: Path) -> Source:
    """A folder of this machine."""
    return Source(Origin(FOLDER), None, "", None, path)


def of_file(path: Path) -> Source:
    """An archive of this machine. Raises NoArchive."""
    with path.open("rb") as opened:
        media_type = types.of(opened.read(types.HEAD))
        opened.seek(0)
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return _packed(media_type, path.stat().st_size, digest, partial(_from_file, path))


def of_item(row: Item, reading: Reading) -> Source:
    """An archive that is kept as an original. Raises NoArchive."""
    return _packed(row.media_type, row.size, row.sha256, reading.parts)


def _packed(media_type: str, size: int, digest: str, read: Read) -> Source:
    if not is_archive(media_type):
        raise NoArchive
    return Source(Origin(ARCHIVE, digest), size, media_type, read)


def _from_file(path: Path, start: int, length: int) -> Iterable[bytes]:
    with path.open("rb") as opened:
        opened.seek(start)
        yield opened.read(length)


class _Lying:
    """A file of a folder."""

    def __init__(self, member: Member, path: Path) -> None:
        self.member, self._path = member, path

    def parts(self) -> Iterator[bytes]:
        """Its bytes, whatever came to lie there since as little as a link. Raises Unreadable."""
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with closing(os.fdopen(handle, "rb", buffering=0)) as opened:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise Unreadable("It is no file any more.")
                while part := opened.read(PART):
                    yield part
        except OSError as fault:
            raise Unreadable(f"It cannot be read ({fault.strerror}).") from fault


class _Folder:
    """A folder, in the order of names. Links are told and not followed."""

    def __init__(self, path: Path) -> None:
        self._path, self.why_not = path, ""

    def __iter__(self) -> Iterator[_Lying]:
        yield from self._within(self._path, "", 0)

    def _within(self, folder: Path, before: str, depth: int) -> Iterator[_Lying]:
        try:
            found = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError as fault:
            self.why_not = f"{before or folder} cannot be read ({fault.strerror})."
            return
        for each in found:
            name, path = before + each.name, Path(each.path)
            member = _member(each, name)
            yield _Lying(member, path)
            if member.kind == Kind.FOLDER and depth <= DEEPEST:
                yield from self._within(path, f"{name}/", depth + 1)


def _member(each: "os.DirEntry[str]", name: str) -> Member:
    found = each.stat(follow_symlinks=False)
    if stat.S_ISLNK(found.st_mode):
        return Member(name, 0, kind=Kind.LINK)
    if stat.S_ISDIR(found.st_mode):
        return Member(name, 0, kind=Kind.FOLDER)
    is_file = stat.S_ISREG(found.st_mode)
    return Member(name, found.st_size, kind=Kind.FILE if is_file else Kind.DEVICE)
