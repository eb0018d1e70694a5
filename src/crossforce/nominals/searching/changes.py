"""The changes since an index was built: a file of lines that only grows, each with its own check.

A line counts when it is whole. What a crash left half written at the end is cut off by the next writer, and by then
nobody was told that it was kept.
"""

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.nominals.searching.building import Person
from crossforce.nominals.searching.names import Name

CHECK: Final = 8


@dataclass(frozen=True, slots=True)
class Removed:
    """A record that is gone."""

    key: UUID


Change = Person | Removed


def append(path: Path, end: int, changes: Iterable[Change]) -> None:
    """Keep changes: on disk when this returns. One writer at a time, who knows where the whole lines end."""
    with path.open("r+b") as file:
        file.truncate(end)
        file.seek(end)
        file.write(b"".join(map(_line, changes)))
        file.flush()
        os.fsync(file.fileno())


def since(path: Path, offset: int) -> tuple[list[Change], int]:
    """The changes from a place in the file on, and the place after them."""
    with path.open("rb") as file:
        file.seek(offset)
        lines = file.read()
    end = whole(lines)
    return list(_changes(lines[:end])), offset + end


def whole(lines: bytes) -> int:
    """How many bytes of the beginning are whole lines."""
    end = 0
    while (after := lines.find(b"\n", end) + 1) and _is_whole(lines[end : after - 1]):
        end = after
    return end


def _line(change: Change) -> bytes:
    told: list[object] = [change.key.hex]
    if isinstance(change, Person):
        names = [[name.given, name.family, int(name.alias)] for name in change.names]
        told += [change.scope, names, list(change.births)]
    text = json.dumps(told, separators=(",", ":")).encode()
    return b"%08x%s\n" % (zlib.crc32(text), text)


def _is_whole(line: bytes) -> bool:
    return line[:CHECK] == b"%08x" % zlib.crc32(line[CHECK:])


def _changes(lines: bytes) -> Iterator[Change]:
    for line in lines.splitlines():
        key, *rest = json.loads(line[CHECK:])
        if not rest:
            yield Removed(UUID(hex=key))
            continue
        scope, names, born = rest
        told = tuple(Name(given, family, bool(alias)) for given, family, alias in names)
        yield Person(UUID(hex=key), scope, told, tuple(born))
