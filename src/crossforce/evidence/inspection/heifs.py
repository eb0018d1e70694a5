"""HEIF, as telephones make it (HEIC): how large, what the camera wrote into it, and the small picture that lies in it.

Its boxes are read here (ISO 14496-12 and 23008-12); the picture is a frame of HEVC, which ffmpeg alone can draw.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from crossforce.evidence.inspection import pictures
from crossforce.evidence.inspection.found import PROVEN, Fact, fact

TYPE: Final = "image/heif"
MOST: Final = 10_000
"""No picture has more boxes, items or parts."""
EXIF, FRAME, THUMBNAIL = b"Exif", b"hvc1", b"thmb"
START: Final = b"\0\0\0\1"
Box = tuple[bytes, memoryview]


class Unlike(ValueError):
    """It is not as such a file is."""


@dataclass(slots=True)
class Heif:
    """What its boxes say: items by number with their type and where they lie, their properties, which is the picture, which its small one."""

    content: memoryview
    primary: int = 0
    types: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, tuple[int, list[tuple[int, int]]]] = field(default_factory=dict)
    inner: memoryview = field(default_factory=lambda: memoryview(b""))
    properties: list[Box] = field(default_factory=list)
    of_item: dict[int, list[int]] = field(default_factory=dict)
    small: dict[int, int] = field(default_factory=dict)

    def data(self, item: int) -> bytes:
        """The bytes of an item. Raises Unlike."""
        method, parts = self.places.get(item, (0, []))
        if method > 1 or sum(length for _, length in parts) > len(self.content):
            raise Unlike
        of = self.inner if method else self.content
        return b"".join(of[start : start + length] for start, length in parts)

    def of(self, item: int) -> dict[bytes, memoryview]:
        """The properties of an item, by name."""
        numbers = self.of_item.get(item, [])
        return dict(self.properties[each - 1] for each in numbers if 0 < each <= len(self.properties))  # fmt: skip


class Cursor:
    """Numbers, one after the other."""

    def __init__(self, content: memoryview) -> None:
        self._content, self._at = content, 0

    def number(self, size: int) -> int:
        """The next, of so many bytes; none at all is nothing."""
        part = self._content[self._at : self._at + size]
        if len(part) < size:
            raise Unlike
        self._at += size
        return int.from_bytes(part, "big")

    def count(self, size: int) -> range:
        """So many things follow. Raises Unlike where nobody makes so many."""
        found = self.number(size)
        if found > MOST:
            raise Unlike
        return range(found)

    @property
    def rest(self) -> memoryview:
        return self._content[self._at :]


def facts(content: bytes) -> Iterator[Fact]:
    """What is known without drawing it."""
    found = read(content)
    yield fact("Format", "HEIF", PROVEN)
    if (size := found.of(found.primary).get(b"ispe")) is not None:
        cursor = Cursor(size[4:])
        yield fact("Pixels", f"{cursor.number(4)} × {cursor.number(4)}", PROVEN)
    for item, what in found.types.items():
        if what == EXIF:
            yield from _exif(found.data(item))
            return


def frame(content: bytes) -> tuple[int, bytes]:
    """The small picture that lies in it, or the picture where that is one frame: how often it is turned left, and a stream of HEVC."""
    found = read(content)
    wanted = [each for each, of in found.small.items() if of == found.primary]
    for item in (*wanted, found.primary):
        told = found.of(item)
        if found.types.get(item) == FRAME and b"hvcC" in told:
            turned = found.of(found.primary).get(b"irot", b"\0")[0] & 3
            return turned, b"".join(_units(told[b"hvcC"], memoryview(found.data(item))))
    raise Unlike


def read(content: bytes) -> Heif:
    """Its boxes. Raises Unlike, struct.error."""
    found = Heif(memoryview(content))
    meta = next((inner for name, inner in boxes(found.content) if name == b"meta"), None)
    if meta is None:
        raise Unlike
    for name, inner in boxes(meta[4:]):
        if name in READERS:
            READERS[name](found, inner)
    return found


def boxes(content: memoryview) -> Iterator[Box]:
    """Each box with what is in it."""
    at = 0
    for _ in range(MOST):
        if at + 8 > len(content):
            return
        size, name = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == 1 and at + 16 <= len(content):
            size, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        size = size or len(content) - at
        if size < head:
            raise Unlike
        yield name, content[at + head : at + size]
        at += size


def _exif(content: bytes) -> Iterator[Fact]:
    """What the camera wrote: before it stands how far it is to its beginning."""
    begin = 4 + int.from_bytes(content[:4], "big")
    stated = Image.Exif()
    stated.load(b"Exif\0\0" + content[begin:])
    yield from pictures.stated(stated)


def _units(config: memoryview, data: memoryview) -> Iterator[bytes]:
    """What a decoder needs to know, and the frame, as a stream."""
    cursor = Cursor(config[22:])
    for _ in cursor.count(1):
        cursor.number(1)
        for _ in cursor.count(2):
            size = cursor.number(2)
            yield START + bytes(cursor.rest[:size])
            cursor = Cursor(cursor.rest[size:])
    length, at = (config[21] & 3) + 1, 0
    while at + length <= len(data):
        size = int.from_bytes(data[at : at + length], "big")
        yield START + bytes(data[at + length : at + length + size])
        at += length + size


def _primary(found: Heif, inner: memoryview) -> None:
    found.primary = int.from_bytes(inner[4:], "big")


def _items(found: Heif, inner: memoryview) -> None:
    cursor = Cursor(inner[4:])
    cursor.count(4 if inner[0] else 2)
    for name, entry in boxes(cursor.rest):
        if name == b"infe" and entry[0] in (2, 3):
            said = Cursor(entry[4:])
            item = said.number(2 if entry[0] == 2 else 4)
            said.number(2)
            found.types[item] = bytes(said.rest[:4])


def _places(found: Heif, inner: memoryview) -> None:
    cursor, version = Cursor(inner[4:]), inner[0]
    sizes, more = cursor.number(1), cursor.number(1)
    for _ in cursor.count(2 if version < 2 else 4):
        item = cursor.number(2 if version < 2 else 4)
        method = cursor.number(2) & 15 if version else 0
        cursor.number(2)
        base, parts = cursor.number(more >> 4), list[tuple[int, int]]()
        for _ in cursor.count(2):
            cursor.number(more & 15 if version else 0)
            parts.append((base + cursor.number(sizes >> 4), cursor.number(sizes & 15)))
        found.places[item] = method, parts


def _inner(found: Heif, inner: memoryview) -> None:
    found.inner = inner


def _properties(found: Heif, inner: memoryview) -> None:
    for name, part in boxes(inner):
        if name == b"ipco":
            found.properties = list(boxes(part))
        if name == b"ipma":
            cursor = Cursor(part[4:])
            is_long, is_wide = part[0] > 0, part[3] & 1
            for _ in cursor.count(4):
                item = cursor.number(4 if is_long else 2)
                found.of_item[item] = [
                    cursor.number(2) & 0x7FFF if is_wide else cursor.number(1) & 0x7F
                    for _ in cursor.count(1)
                ]


def _references(found: Heif, inner: memoryview) -> None:
    size = 4 if inner[0] else 2
    for name, part in boxes(inner[4:]):
        cursor = Cursor(part)
        item = cursor.number(size)
        for _ in cursor.count(2):
            of = cursor.number(size)
            if name == THUMBNAIL:
                found.small[item] = of


READERS: Final[Mapping[bytes, Callable[[Heif, memoryview], None]]] = {
    b"pitm": _primary,
    b"iinf": _items,
    b"iloc": _places,
    b"idat": _inner,
    b"iprp": _properties,
    b"iref": _references,
}
