"""Where sealed files lie. A place takes a file once, durably, and never changes it; what it holds is no secret to it."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

CHUNK: Final = 4 * 1024 * 1024
UNNAMED: Final = re.compile(r"\.[0-9a-f-]{36}\.[0-9a-f]{8}")
"""A file that has not got its name yet: of one that was killed then, nobody else would know."""


class Place(Protocol):
    """Files by name. What `keep` answered for is there after any crash."""

    def keep(self, name: str, source: Path) -> None:
        """Have what the source holds under this name, whole or not at all; the source stays."""

    def read(self, name: str, start: int, length: int) -> bytes:
        """A part of the file; shorter at its end. Raises FileNotFoundError."""

    def size(self, name: str) -> int | None:
        """How long the file is, if it is there."""

    def remove(self, name: str) -> None:
        """Keep it no longer; nothing happens where it is not."""

    def tidy(self, before: float) -> int:
        """Remove what was brought before that moment and never got its name, as after a crash; answers how many."""


class Folder:
    """Files in a folder of this machine, or one that several share. A second copy is one, and no other name of the first."""

    def __init__(self, folder: Path, *, is_second: bool = False) -> None:
        self.folder, self._is_second = folder, is_second

    def keep(self, name: str, source: Path) -> None:
        target = self._ready(name)
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            self._brought(source, fresh)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
        force(target.parent)

    def read(self, name: str, start: int, length: int) -> bytes:
        with (self.folder / name).open("rb", buffering=0) as file:
            file.seek(start)
            return file.read(length)

    def size(self, name: str) -> int | None:
        try:
            return (self.folder / name).stat().st_size
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        path = self.folder / name
        with suppress(FileNotFoundError):
            path.unlink()
            force(path.parent)

    def tidy(self, before: float) -> int:
        found = [
            each
            for each in self.folder.glob("*/*/.*")
            if UNNAMED.fullmatch(each.name) and each.stat().st_ctime < before
        ]
        for each in found:
            each.unlink(missing_ok=True)
        return len(found)

    def _brought(self, source: Path, fresh: Path) -> None:
        """The source is on the disk already: on the same one, it needs a name and no copy."""
        if not self._is_second and source.stat().st_dev == fresh.parent.stat().st_dev:
            os.link(source, fresh)
            return
        with source.open("rb") as read, fresh.open("xb") as written:
            while part := read.read(CHUNK):
                written.write(part)
            written.flush()
            os.fsync(written.fileno())

    def _ready(self, name: str) -> Path:
        """The path of the name, in a folder that is itself durable."""
        target = self.folder / name
        missing = [each for each in target.parents if not each.exists()]
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for each in missing:
            force(each.parent)
        return target


def parts(place: Place, name: str) -> Iterator[bytes]:
    """The stored file, in order."""
    at = 0
    while part := place.read(name, at, CHUNK):
        yield part
        at += len(part)


def force(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
