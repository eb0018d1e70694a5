"""Images: how large, what the camera wrote into them, and a smaller picture without any of it."""

import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from math import ceil
from typing import Any, Final

from PIL import ExifTags, Image, ImageDraw, ImageFont, ImageOps

from crossforce.evidence.inspection.found import DERIVED, PROVEN, STATED, Fact, fact

READ: Final = ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")
Image.MAX_IMAGE_PIXELS = 50_000_000
ROOM: Final = (800, 800)
SHOWN: Final = (1600, 1600)
COLUMNS, MOST_ON_A_SHEET = 3, 9
BEGIN: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"BM")
APART: Final = 3
"""On a picture that is shown to a partner the rows of its line stand so many of their heights apart, from top to foot."""
OFFSET: Final = 3
"""Each row begins a part of the line further: in so many rows all of it stands under one another."""
WHITE, BLACK = (255, 255, 255, 130), (0, 0, 0, 130)
CAMERA: Final = {
    "Make": "Camera, make",
    "Model": "Camera, model",
    "Software": "Software",
    "DateTime": "Changed",
    "Artist": "Author",
}
TAKEN: Final = {
    "DateTimeOriginal": "Taken",
    "OffsetTimeOriginal": "Taken, offset from UTC",
    "BodySerialNumber": "Camera, serial number",
}


def load() -> None:
    """Have all of it in memory: nothing can be opened once the process is confined."""
    Image.init()
    _font(12)


def facts(content: bytes) -> Iterator[Fact]:
    """What is known without decoding it."""
    with Image.open(io.BytesIO(content), formats=READ) as image:
        yield fact("Format", image.format, PROVEN)
        yield fact("Pixels", f"{image.width} × {image.height}", PROVEN)
        yield from stated(image.getexif())


def stated(exif: Image.Exif) -> Iterator[Fact]:
    """What the camera wrote: which it is, when, and where that was."""
    yield from _stated(exif, CAMERA)
    yield from _stated(exif.get_ifd(ExifTags.IFD.Exif), TAKEN)
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    yield from _place(place)
    yield from _by_satellite(place)


def picture(content: bytes) -> bytes:
    """A small JPEG, upright."""
    with Image.open(io.BytesIO(content), formats=READ) as image:
        image.draft("RGB", ROOM)
        upright = ImageOps.exif_transpose(image)
        return as_jpeg(upright)


def sheet(contents: Iterable[bytes]) -> bytes:
    """Those of them that are images, side by side, as one small JPEG; one alone as it is by itself. Nothing where there is none."""
    found = list(islice(_small(contents), MOST_ON_A_SHEET))
    if len(found) < 2:
        return as_jpeg(found[0]) if found else b""
    side = ROOM[0] // COLUMNS
    rows = -(-len(found) // COLUMNS)
    whole = Image.new("RGB", (side * min(COLUMNS, len(found)), side * rows), "white")
    for number, each in enumerate(found):
        each.thumbnail((side - 8, side - 8))
        row, column = divmod(number, COLUMNS)
        whole.paste(each, (column * side + 4, row * side + 4))
    return as_jpeg(whole)


def _small(contents: Iterable[bytes]) -> Iterator[Image.Image]:
    for content in islice(filter(_begins, contents), 2 * MOST_ON_A_SHEET):
        try:
            with Image.open(io.BytesIO(content), formats=READ) as image:
                image.draft("RGB", ROOM)
                upright = ImageOps.exif_transpose(image).convert("RGB")
                upright.thumbnail(ROOM)
        except (Exception, RecursionError):  # noqa: BLE001, S112 - whatever a library raises at a bad file: the others are shown
            continue
        yield upright


def _begins(content: bytes) -> bool:
    return content.startswith(BEGIN)


def shown(content: bytes, line: str) -> bytes:
    """A JPEG, upright, that bears the line all over it, so that no part of it that is of use goes on without."""
    with Image.open(io.BytesIO(content), formats=READ) as image:
        image.draft("RGB", SHOWN)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail(SHOWN)
    width, height = upright.size
    row = _row(_plain(line), max(12, width // 50))
    over, step = Image.new("RGBA", upright.size), min(row.width // OFFSET, width)
    for number, top in enumerate(range(0, height, APART * row.height)):
        for left in range(-(number * step % row.width), width, row.width):
            over.paste(row, (left, top))
    upright.paste(over, mask=over)
    return as_jpeg(upright, SHOWN)


def as_jpeg(image: Image.Image, room: tuple[int, int] = ROOM) -> bytes:
    """A picture that holds its pixels and nothing else."""
    small = image.convert("RGB")
    small.thumbnail(room)
    written = io.BytesIO()
    Image.frombytes("RGB", small.size, small.tobytes()).save(written, "JPEG", quality=80)
    return written.getvalue()


def _font(size: int) -> Any:
    return ImageFont.load_default(size)


def _row(line: str, size: int) -> Image.Image:
    """The line once, on nothing, with a space after it."""
    font = _font(size)
    _, _, width, height = font.getbbox(line, stroke_width=2)
    row = Image.new("RGBA", (int(width) + 2 * size, int(height) + 4))
    drawing = ImageDraw.Draw(row)
    drawing.text((2, 2), line, WHITE, font, stroke_width=2, stroke_fill=BLACK)
    return row


def _plain(line: str) -> str:
    """In letters that the font has: of others what is left without their marks."""
    return "".join(
        each if each.isascii() else unicodedata.normalize("NFKD", each)[0] for each in line
    )


def _stated(tags: Mapping[int, Any], wanted: Mapping[str, str]) -> Iterator[Fact]:
    for name, said in wanted.items():
        if value := tags.get(ExifTags.Base[name].value):
            yield fact(said, value, STATED)


def _place(tags: Mapping[int, Any]) -> Iterator[Fact]:
    gps = ExifTags.GPS
    try:
        north = _degrees(tags[gps.GPSLatitude], str(tags.get(gps.GPSLatitudeRef, "N")), "S")
        east = _degrees(tags[gps.GPSLongitude], str(tags.get(gps.GPSLongitudeRef, "E")), "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return
    if abs(north) <= 90 and abs(east) <= 180:
        yield fact("Place (WGS 84)", f"{north:.5f}, {east:.5f}", DERIVED)


def _by_satellite(tags: Mapping[int, Any]) -> Iterator[Fact]:
    """The time that satellites told, which is UTC, and how far off the place may be."""
    gps = ExifTags.GPS
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        hours, minutes, seconds = (int(float(part)) for part in tags[gps.GPSTimeStamp])
        day = str(tags[gps.GPSDateStamp]).replace(":", "-")
        told = f"{day} {hours:02}:{minutes:02}:{seconds:02}"
        yield fact("Time by satellite (UTC)", told, STATED)
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        yield fact("Place, within metres", ceil(float(tags[gps.GPSHPositioningError])), STATED)


def _degrees(parts: Any, side: str, minus: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    found = degrees + minutes / 60 + seconds / 3600
    return -found if side.upper().startswith(minus) else found
