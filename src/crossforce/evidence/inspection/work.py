"""What runs in the confined process: one file comes in, what was found goes out, and it ends."""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from crossforce.evidence.inspection import (
    confined,
    documents,
    heifs,
    letters,
    papers,
    pictures,
    redacting,
    sounds,
)
from crossforce.evidence.inspection.covering import NotRedacted
from crossforce.evidence.inspection.found import LARGEST, MOST_FACTS, OFFICE, Fact
from crossforce.evidence.inspection.redacting import Asked, Done

ENCODINGS: Final = (
    "ascii",
    "utf-8-sig",
    "latin-1",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "idna",
    "iso2022_jp",
    "koi8-r",
    "cp437",
)
Reader = tuple[Callable[[bytes], Iterator[Fact]], Callable[[bytes], bytes] | None]
UNREADABLE: Final = "It cannot be read to its end as what it begins like"
READERS: Final[dict[str, Reader]] = {
    heifs.TYPE: (heifs.facts, None),
    "image": (pictures.facts, pictures.picture),
    "application/pdf": (papers.facts, papers.picture),
    "message/rfc822": (letters.facts, letters.picture),
    "audio/wav": (sounds.facts, sounds.picture),
    **dict.fromkeys(OFFICE, (documents.facts, documents.picture)),
}


def main(media_type: str) -> None:
    """Read the file from standard input to its end; write a line of JSON, then the picture or the file that came of it.

    A line stands before the file: what is to be done with it, as JSON. Whatever that needs is in memory before the process is confined.
    """
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read(LARGEST + 1)
    pictures.load()
    for name in ENCODINGS:
        codecs.lookup(name)
    does = DOES[asked["do"]]
    if asked["do"] in redacting.SEEING:
        redacting.load(asked["do"])
    confined.confine(asked.get("seconds", confined.SECONDS))
    told, made = dict[str, Any](), b""
    try:
        told, made = does(media_type, content, asked)
    except NotRedacted as why:
        told = {"why_not": str(why)}
    except (Exception, RecursionError) as fault:  # noqa: BLE001 - whatever a library raises at a bad file
        told = told | {"why_not": f"{UNREADABLE} ({type(fault).__name__})."}
    sys.stdout.buffer.write(
        json.dumps({"why_not": "", "facts": []} | told).encode() + b"\n" + made
    )
    sys.stdout.buffer.flush()
    os._exit(0)


def _look(media_type: str, content: bytes, asked: Asked) -> Done:
    """What it tells of itself, and a small picture of it; what was found stays found where the rest cannot be read."""
    reader = READERS.get(media_type) or READERS.get(media_type.split("/")[0])
    facts, picture, why_not = list[Fact](), b"", ""
    try:
        if reader:
            for each in islice(reader[0](content), MOST_FACTS):
                facts.append(each)
            picture = reader[1](content) if reader[1] else b""
    except (Exception, RecursionError) as fault:  # noqa: BLE001 - whatever a library raises at a bad file
        why_not = f"{UNREADABLE} ({type(fault).__name__})."
    told = [[each.name, each.value, each.sure] for each in facts]
    return {"facts": told, "why_not": why_not}, picture


def _show(media_type: str, content: bytes, asked: Asked) -> Done:
    """The image with the line that says to whom it is shown."""
    return {}, pictures.shown(content, asked["line"])


def _frame(media_type: str, content: bytes, asked: Asked) -> Done:
    """The small picture of a HEIF, for a program that can draw it."""
    turned, stream = heifs.frame(content)
    return {"turned": turned}, stream


DOES: Final[dict[str, Callable[[str, bytes, Asked], Done]]] = {
    "look": _look,
    "show": _show,
    "frame": _frame,
    "draw": redacting.draw,
    "find": redacting.find,
    "follow": redacting.follow,
    "redact": redacting.redact,
}
"""What may be asked to be done with a file."""
