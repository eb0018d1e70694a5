"""Images with places covered: drawn anew from their pixels, so that nothing else of the file goes along."""

import io
import math
from collections.abc import Iterable, Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from crossforce.evidence.inspection import pictures

SEVERAL: Final = "It holds several pictures one after the other. Redact each by itself."
ROOM: Final = (1600, 1600)
WHITE: Final = (255, 255, 255)
ALONE: Final = frozenset({"GIF", "TIFF", "WEBP"})
"""Of these a further picture is as much the original as the first; a second one in a JPEG is the camera's own."""


class NotRedacted(Exception):
    """It is not redacted; the message says why."""


def upright(content: bytes) -> tuple[Image.Image, str]:
    """What is seen, and what it came as: what lies under nothing that is seen stays unseen. Raises NotRedacted."""
    with Image.open(io.BytesIO(content), formats=pictures.READ) as image:
        if image.format in ALONE and getattr(image, "n_frames", 1) > 1:
            raise NotRedacted(SEVERAL)
        turned, came_as = ImageOps.exif_transpose(image), image.format or ""
        if turned.has_transparency_data:
            over = turned.convert("RGBA")
            turned = Image.new("RGBA", over.size, (*WHITE, 255))
            turned.alpha_composite(over)
        return turned.convert("RGB"), came_as


def drawn(content: bytes) -> bytes:
    """A JPEG of it, to draw boxes on."""
    return pictures.as_jpeg(upright(content)[0], ROOM)


def redacted(content: bytes, places: Iterable[Sequence[float]]) -> bytes:
    """The image with what lies in the boxes gone, in the format that it came in where that is JPEG, else as PNG."""
    image, came_as = upright(content)
    cover(image, places)
    alone = Image.frombytes("RGB", image.size, image.tobytes())
    written = io.BytesIO()
    if came_as == "JPEG":
        alone.save(written, "JPEG", quality=90, subsampling=0)
    else:
        alone.save(written, "PNG")
    return written.getvalue()


def cover(image: Image.Image, places: Iterable[Sequence[float]]) -> None:
    """Black in each box, to whole pixels outwards."""
    drawing = ImageDraw.Draw(image)
    for box in places:
        left, top, right, bottom = edges(box, image.size)
        drawing.rectangle((left, top, right - 1, bottom - 1), (0, 0, 0))


def edges(box: Sequence[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels of a box that is said in per cent."""
    left, top, width, height = box
    across, down = size
    right, bottom = (left + width) * across / 100, (top + height) * down / 100
    return (
        math.floor(left * across / 100), math.floor(top * down / 100),
        max(math.ceil(right - 1e-6), 1), max(math.ceil(bottom - 1e-6), 1),
    )  # fmt: skip


def per_cent(edges: Sequence[float], size: tuple[int, int]) -> list[float]:
    """A box in per cent, to a hundredth outwards and never beyond."""
    found = [100 * each / size[place % 2] for place, each in enumerate(edges)]
    left, top = (max(math.floor(each * 100) / 100, 0.0) for each in found[:2])
    right, bottom = (min(math.ceil(each * 100) / 100, 100.0) for each in found[2:])
    return [left, top, round(right - left, 2), round(bottom - top, 2)]
