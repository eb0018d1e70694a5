"""What is taken out of an original for disclosure: where in it, said in numbers that a person can write and another can check.

Of an image a place is left, top, width and height; of a PDF the page before them; of a text line, first and last letter; of
sound from which second to which; of a film either that, for its sound, or with a box after it. Places are parts of what is seen, in per cent, so that they hold at any size.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

IMAGES: Final = frozenset(
    f"image/{each}" for each in ("png", "jpeg", "gif", "webp", "tiff", "bmp", "x-ms-bmp")
)
MOST_PLACES: Final = 500
MOST_OF_WORDS: Final = 5_000
"""Of texts and papers, where a name may stand on every page."""
LARGEST_TEXT: Final = 2 * 1024 * 1024
REDACTED: Final = " (redacted)"
SPLIT: Final = re.compile(r"[\s,;]+")
NUMBER: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?")
Place = tuple[float, ...]


class Method(StrEnum):
    """How an original is redacted, by what it is."""

    IMAGE = "image"
    PAPER = "paper"
    TEXT = "text"
    SOUND = "sound"
    FILM = "film"


ASKED: Final = {
    Method.IMAGE: "left, top, width, height, in per cent of the picture",
    Method.PAPER: "page, left, top, width, height, the last four in per cent of the page",
    Method.TEXT: "line, first letter, last letter",
    Method.SOUND: "from which second, to which second",
    Method.FILM: "from which second, to which second, left, top, width, height, the last four in per cent of the picture; the first two alone silence its sound",
}
NUMBERS: Final = {
    Method.IMAGE: (4,),
    Method.PAPER: (5,),
    Method.TEXT: (3,),
    Method.SOUND: (2,),
    Method.FILM: (6, 2),
}
ENDINGS: Final = {
    Method.PAPER: ".pdf",
    Method.TEXT: ".txt",
    Method.SOUND: ".wav",
    Method.FILM: ".mp4",
}
TYPES: Final = {
    Method.PAPER: "application/pdf",
    Method.TEXT: "text/plain",
    Method.SOUND: "audio/wav",
    Method.FILM: "video/mp4",
}
FILMS: Final = ("video/", "application/ogg", "application/mxf")
JPEG: Final = b"\xff\xd8\xff"
OTHER: Final = (
    "Images, PDF, texts, e-mail, film and sound are redacted here. A file of this type is not: redact it with a program for "
    "it, and add what comes of it as a file of its own."
)


class NotPlaces(ValueError):
    """What is to be taken out is not said in a way that is understood; the message says in which line, and how."""


def method_of(media_type: str, size: int) -> Method | None:
    """How a file of this type is redacted; None where it is not."""
    if media_type in IMAGES:
        return Method.IMAGE
    if media_type == "application/pdf":
        return Method.PAPER
    if media_type.startswith("audio/"):
        return Method.SOUND
    if media_type.startswith(FILMS):
        return Method.FILM
    is_text = (
        media_type.startswith(("text/", "message/")) or media_type == "application/octet-stream"
    )
    return Method.TEXT if is_text and size <= LARGEST_TEXT else None


def most_of(method: Method) -> int:
    """How many places may be taken out at once."""
    return MOST_OF_WORDS if method in (Method.TEXT, Method.PAPER) else MOST_PLACES


def places(method: Method, text: str) -> list[Place]:
    """The places that a text names, one a line. Raises NotPlaces."""
    lines = [each.strip() for each in text.splitlines()]
    found = [_place(method, line, number) for number, line in enumerate(lines, 1) if line]
    if not found:
        raise NotPlaces(f"Say what is to be taken out, one place a line: {ASKED[method]}.")
    if len(found) > most_of(method):
        raise NotPlaces(f"Name at most {most_of(method):,} places.")
    return found


def said(found: Iterable[Sequence[float]]) -> str:
    """Places as a text, in the one way in which they are kept."""
    return "\n".join(
        " ".join(f"{number:.3f}".rstrip("0").rstrip(".") for number in each) for each in found
    )


def begun_at(text: str, moment: float) -> tuple[list[str], list[str]]:
    """The lines that name a box of a film from that second on, and all others."""
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    begun = [
        each
        for each in lines
        if len(parts := SPLIT.split(each)) == 6
        and NUMBER.fullmatch(parts[0])
        and float(parts[0]) == round(moment, 3)
    ]
    return begun, [each for each in lines if each not in begun]


def name_of(number: int, method: Method, media_type: str) -> str:
    """What a redacted copy is called: by the place of its original among the others, and by nothing that the original is called."""
    ending = ENDINGS.get(method) or (".jpg" if media_type == "image/jpeg" else ".png")
    return f"{number}{REDACTED}{ending}"


def media_type(method: Method, made: bytes) -> str:
    """The type of a copy."""
    return TYPES.get(method) or ("image/jpeg" if made.startswith(JPEG) else "image/png")


def _place(method: Method, line: str, number: int) -> Place:
    parts = [each for each in SPLIT.split(line) if each]
    if len(parts) not in NUMBERS[method] or not all(NUMBER.fullmatch(each) for each in parts):
        many = " or ".join(map(str, NUMBERS[method]))
        raise NotPlaces(f"Line {number}: write {many} numbers: {ASKED[method]}.")
    place = tuple(float(each) for each in parts)
    if why := _refusal(method, place):
        raise NotPlaces(f"Line {number}: {why}")
    return place


def _refusal(method: Method, place: Place) -> str:
    if method in (Method.IMAGE, Method.PAPER):
        return _refusal_of_box(place[-4:]) or _refusal_of_counts(place[:-4])
    if method is Method.TEXT:
        return _refusal_of_counts(place) or _refusal_of_end(place[1], place[2] + 1)
    return _refusal_of_end(*place[:2]) or (_refusal_of_box(place[2:]) if place[2:] else "")


def _refusal_of_box(box: Place) -> str:
    left, top, width, height = box
    if not (width and height):
        return "the box has no width or no height."
    if max(left + width, top + height) > 100.001:
        return "the box goes beyond the picture: left and width, and top and height, are at most 100 together."
    return ""


def _refusal_of_counts(counts: Place) -> str:
    is_count = all(each >= 1 and each == int(each) for each in counts)
    return "" if is_count else "pages, lines and letters are whole numbers from 1 on."


def _refusal_of_end(start: float, end: float) -> str:
    return "" if start < end else "the end does not come after the beginning."
