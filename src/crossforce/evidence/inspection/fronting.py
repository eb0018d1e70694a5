"""A film as a stream that is read from its beginning to its end, whatever order it was kept in.

Cameras write the table of an MP4 after its pictures, and who reads a stream needs it before them. It is put in front, and the places
that it names are moved by its own length; the pictures stay as they are, and nothing is written anywhere.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

TABLE, PICTURES = b"moov", b"mdat"
WITHIN: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
PLACES: Final = {b"stco": ">I", b"co64": ">Q"}
MOST_BOXES: Final = 10_000
LONGEST_TABLE: Final = 64 * 1024 * 1024
DEEPEST: Final = 8


class Bytes(Protocol):
    """Bytes that are kept, any part of which can be read."""

    def parts(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start`, in order."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an MP4: what it is, where it begins, how long it is with its head."""

    name: bytes
    start: int
    length: int
    head: int


def in_order(kept: Bytes, size: int) -> Iterator[bytes]:
    """The bytes; of an MP4 with its table first."""
    boxes = _boxes(kept, size)
    table = next((each for each in boxes if each.name == TABLE), None)
    pictures = next((each for each in boxes if each.name == PICTURES), None)
    if not (table and pictures) or table.start < pictures.start or table.length > LONGEST_TABLE:
        yield from kept.parts()
        return
    content = bytearray(b"".join(kept.parts(table.start, table.length)))
    end = table.start + table.length
    _move(content, 0, len(content), (pictures.start, table.start))
    yield from kept.parts(0, pictures.start)
    yield bytes(content)
    yield from kept.parts(pictures.start, table.start - pictures.start)
    yield from kept.parts(end)


def _boxes(kept: Bytes, size: int) -> list[Box]:
    """The outer parts; none of what is no MP4."""
    found: list[Box] = []
    at = 0
    while at + 8 <= size and len(found) < MOST_BOXES:
        head = b"".join(kept.parts(at, 16))
        box = _box(head, at, size)
        if box is None or (
            not found and box.name not in (b"ftyp", b"wide", PICTURES, b"skip", b"free")
        ):
            return []
        found.append(box)
        at += box.length
    return found


def _box(head: bytes, at: int, end: int) -> Box | None:
    length, name = struct.unpack_from(">I4s", head)
    size = 8
    if length == 1 and len(head) >= 16:
        (length,), size = struct.unpack_from(">Q", head, 8), 16
    if length == 0:
        length = end - at
    return Box(name, at, length, size) if size <= length <= end - at else None


def _move(
    table: bytearray, start: int, end: int, between: tuple[int, int], deep: int = 0
) -> None:
    """Add the table's length to each place in it that lies between where it goes and where it came from."""
    at = start
    while at + 8 <= end and deep < DEEPEST:
        box = _box(bytes(table[at : at + 16]), at, end)
        if box is None:
            return
        inside = (at + box.head, at + box.length)
        if box.name in WITHIN:
            _move(table, *inside, between, deep + 1)
        elif box.name in PLACES:
            _add(table, *inside, between, PLACES[box.name])
        at += box.length


def _add(table: bytearray, start: int, end: int, between: tuple[int, int], form: str) -> None:
    if start + 8 > end:
        return
    step = struct.calcsize(form)
    (number,) = struct.unpack_from(">I", table, start + 4)
    for place in range(start + 8, min(start + 8 + number * step, end - step + 1), step):
        (value,) = struct.unpack_from(form, table, place)
        if between[0] <= value < between[1] and value + len(table) < 1 << 8 * step:
            struct.pack_into(form, table, place, value + len(table))
