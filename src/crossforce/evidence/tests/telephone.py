"""A picture as telephones make it (HEIC), of a few hundred bytes: red, turned, with what the camera wrote."""

import struct
from base64 import b64decode
from typing import Final

from PIL import ExifTags, Image

FRAME: Final = b64decode(
    "AAAAAUABDAH//wFgAAADAJAAAAMAAAMAHpWYCQAAAAFCAQEBYAAAAwCQAAADAAADAB6gIIEFllZpJMrwFoCAAAADAIAAAAyEAAAAAUQBwXK0IkAAAAEoAa8dgPfPgP/xzB/KXhczla8f"
)
"""64 by 64 pixels of HEVC, with what a decoder needs before them: three units, then the frame."""
START: Final = b"\0\0\1"


def box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, name) + content


def heif(turned: int = 3) -> bytes:
    """Item 1 is the picture, 2 its small one, 3 what the camera wrote."""
    units = [each.rstrip(b"\0") for each in FRAME.split(START)[1:]]
    frame = struct.pack(">I", len(units[-1])) + units[-1]
    items = [frame, frame, b"\0\0\0\6Exif\0\0" + written_by_camera()]
    kind = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    start = len(kind) + len(_meta(units, [0] * 3, items, turned)) + 8
    places = [start + sum(map(len, items[:number])) for number in range(3)]
    return kind + _meta(units, places, items, turned) + box(b"mdat", *items)


def written_by_camera() -> bytes:
    tags = Image.Exif()
    tags[ExifTags.Base.Model] = "Telephone 7"
    return tags.tobytes().removeprefix(b"Exif\0\0")


def _meta(units: list[bytes], places: list[int], items: list[bytes], turned: int) -> bytes:
    names = (b"hvc1", b"hvc1", b"Exif")
    infos = [
        box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), name, b"\0")
        for number, name in enumerate(names, 1)
    ]
    located = [
        struct.pack(">HHHII", number, 0, 1, place, len(item))
        for number, (place, item) in enumerate(zip(places, items, strict=True), 1)
    ]
    config = bytes(21) + b"\3\3" + b"".join(
        struct.pack(">BHH", each[0] >> 1, 1, len(each)) + each for each in units[:-1]
    )  # fmt: skip
    properties = box(
        b"ipco",
        box(b"hvcC", config),
        box(b"ispe", struct.pack(">III", 0, 64, 64)),
        box(b"irot", bytes([turned])),
    )
    of_items = struct.pack(">II", 0, 2) + b"\0\1\3\1\2\3" + b"\0\2\1\1"
    return box(
        b"meta", bytes(4),
        box(b"pitm", bytes(4), struct.pack(">H", 1)),
        box(b"iinf", bytes(4), struct.pack(">H", 3), *infos),
        box(b"iloc", bytes(4), b"\x44\0", struct.pack(">H", 3), *located),
        box(b"iprp", properties, box(b"ipma", of_items)),
        box(b"iref", bytes(4), box(b"thmb", struct.pack(">HHH", 2, 1, 1))),
    )  # fmt: skip
