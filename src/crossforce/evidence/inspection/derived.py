"""Has a redaction made by a confined process, and checks that what it gives is of the kind that was asked for.

The process may have been taken over by the file that it read: a person looks at what it made before anybody else does.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import IO, Any, Final

from crossforce.evidence.inspection import asking
from crossforce.evidence.inspection.found import LARGEST
from crossforce.evidence.rules.redacting import Method, Place, most_of

SECONDS: Final = 120
PART: Final = 1024 * 1024
MOST_MADE: Final = 256 * 1024 * 1024
TOO_MANY: Final = "They stand in more than {:,} places, which is more than one copy can be without. Find fewer words at a time, or longer ones."
BEGINS: Final = {
    Method.IMAGE: (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"),
    Method.PAPER: (b"%PDF-1.7\n",),
    Method.SOUND: (b"RIFF",),
}
TOOLS: Final = {
    Method.IMAGE: ("pillow",),
    Method.PAPER: ("pypdfium2", "pillow"),
    Method.TEXT: (),
    Method.SOUND: (),
    Method.FILM: ("opencv-python-headless",),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is looked at to say what goes: a picture in JPEG, how many pages or parts there are, the words, how long it lasts, its first line."""

    picture: bytes = b""
    pages: int = 1
    text: str = ""
    seconds: float = 0.0
    first: int = 1
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A redacted copy, in memory or in a file without a name, or places that might go; `why_not` where there are none."""

    content: bytes = b""
    file: IO[bytes] | None = None
    places: tuple[Place, ...] = ()
    why_not: str = ""
    tools: tuple[str, ...] = ()

    def parts(self) -> Iterator[bytes]:
        """The copy, a part at a time, once."""
        with self.file or io.BytesIO(self.content) as file:
            file.seek(0)
            while part := file.read(PART):
                yield part


def made_with(method: Method, *others: str) -> str:
    """By what a copy is made: this platform, and the libraries and programs that read and write it, each by its version."""
    tools = ("crossforce", *TOOLS[method])
    return ", ".join([*(f"{each} {version(each)}" for each in tools), *others])


def draw(
    method: Method, media_type: str, size: int, parts: Iterable[bytes], page: int
) -> Drawn:
    """An image, or the page of a PDF; the lines of a text."""
    wanted = {"do": "draw", "method": method.value, "page": page}
    told, made = asked(wanted, media_type, size, parts)
    try:
        return Drawn(
            made if made.startswith(b"\xff\xd8\xff") else b"",
            max(int(told.get("pages", 1)), 1),
            _plain(str(told.get("text", ""))),
            float(told.get("seconds", 0)),
            max(int(told.get("first", 1)), 1),
            _plain(str(told["why_not"])),
        )
    except (ValueError, TypeError, KeyError):
        return Drawn(why_not=asking.MISREAD)


def find(
    method: Method, media_type: str, size: int, parts: Iterable[bytes], words: Sequence[str]
) -> Made:
    """Faces of an image, places of the words in anything else."""
    wanted = {"do": "find", "method": method.value, "words": list(words)}
    told, _ = asked(wanted, media_type, size, parts)
    try:
        found = [tuple(float(each) for each in place) for place in told.get("places", [])]
        if len(found) > most_of(method):
            return Made(why_not=TOO_MANY.format(most_of(method)))
        return Made(places=tuple(found), why_not=_plain(str(told["why_not"])))
    except (ValueError, TypeError, KeyError):
        return Made(why_not=asking.MISREAD)


def redact(
    method: Method,
    media_type: str,
    size: int,
    parts: Iterable[bytes],
    places: Sequence[Place],
) -> Made:
    """What is left of it without the places."""
    wanted = {"do": "redact", "method": method.value, "places": [list(each) for each in places]}
    told, made = asked(wanted, media_type, size, parts)
    why_not = _plain(str(told.get("why_not", asking.MISREAD)))
    begins = BEGINS.get(method)
    if not why_not and begins and not made.startswith(begins):
        why_not = asking.MISREAD
    return Made(why_not=why_not) if why_not else Made(made)


def asked(
    wanted: dict[str, Any], media_type: str, size: int, parts: Iterable[bytes]
) -> tuple[dict[str, Any], bytes]:
    """What the confined process tells of what is wanted of a file, as it says it, and what it made."""
    if size > LARGEST:
        return {"why_not": f"Files beyond {LARGEST // 1024**2} MB are not redacted here."}, b""
    answer = asking.ask(wanted | {"seconds": SECONDS}, media_type, parts, SECONDS, MOST_MADE)
    if not answer:
        return {"why_not": asking.KILLED}, b""
    head, _, made = answer.partition(b"\n")
    try:
        told = json.loads(head)
    except (ValueError, RecursionError):
        told = None
    return (told, made) if isinstance(told, dict) else ({"why_not": asking.MISREAD}, b"")


def _plain(text: str) -> str:
    """As a page shows it: without what steers a screen."""
    return "".join(each if each.isprintable() or each in "\n\t" else " " for each in text)
