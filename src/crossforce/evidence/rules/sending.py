"""What of a file may be shown in a page, which bytes of it are asked for, and how a resumed sending speaks."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SHOWN: Final = {
    "image/png": "image",
    "image/jpeg": "image",
    "image/gif": "image",
    "image/webp": "image",
    "video/mp4": "video",
    "video/webm": "video",
    "audio/mpeg": "audio",
    "audio/wav": "audio",
    "audio/ogg": "audio",
}
"""What a browser shows without running any of it. Everything else is for saving."""
SAME: Final = {"audio/wave": "audio/wav", "audio/x-wav": "audio/wav", "image/jpg": "image/jpeg", "image/heic": "image/heif", "audio/mp3": "audio/mpeg"}  # fmt: skip
UNKNOWN: Final = "application/octet-stream"
RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
SUMS: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


class NotThere(ValueError):
    """The file has no such bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(NotThere.__doc__)
        self.size = size


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of a file: where they begin, and how many."""

    start: int
    length: int
    is_part: bool = False

    def told(self, size: int) -> str:
        """What of a file of that size was read, for its entry."""
        return "whole" if self.length == size else f"{self.length} bytes from {self.start}"


def span(asked: str, size: int, most: int | None = None) -> Span:
    """The bytes that a Range header asks for (RFC 9110, 14.2), `most` of them at once; all where it asks nothing that is understood.

    Several ranges at once are answered with the whole. Raises NotThere.
    """
    found = RANGE.fullmatch(asked.strip())
    if not found or not (found[1] or found[2]):
        return Span(0, size)
    if not found[1]:
        length = min(int(found[2]), size)
        start, end = size - length, size
    else:
        start = int(found[1])
        end = min(int(found[2]) + 1 if found[2] else size, size)
    if start >= end:
        raise NotThere(size)
    return Span(start, min(end - start, most or size), is_part=True)


def metadata(said: str) -> Mapping[str, str]:
    """What tus calls Upload-Metadata: names, each with a text in Base64. What cannot be read is left out."""
    known = {}
    for pair in said.split(","):
        name, _, value = pair.strip().partition(" ")
        if not name:
            continue
        try:
            known[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return known


def is_as_said(checksum: str, part: bytes) -> bool | None:
    """Whether the bytes have the sum that Upload-Checksum says; None where it says none that is known."""
    name, _, value = checksum.partition(" ")
    if name not in SUMS:
        return None
    return base64.b64encode(SUMS[name](part).digest()).decode() == value.strip()


def shown_as(media_type: str) -> str:
    """`image`, `video` or `audio` where a page may show it; else nothing."""
    return SHOWN.get(media_type, "")


def media_type(said: str) -> str:
    """The usual name of a type."""
    return SAME.get(said, said) or UNKNOWN
