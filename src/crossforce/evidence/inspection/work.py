"""What runs in the confined process: one file comes in, what was found goes out, and it ends."""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from crossforce.evidence.inspection import confined, letters, papers, pictures
from crossforce.evidence.inspection.found import LARGEST, MOST_FACTS, Fact

ENCODINGS: Final = (
    "ascii",
    "latin-1",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "idna",
    "iso2022_jp",
    "koi8-r",
)
Reader = tuple[Callable[[bytes], Iterator[Fact]], Callable[[bytes], bytes] | None]
UNREADABLE: Final = "It cannot be read to its end as what it begins like"
READERS: Final[dict[str, Reader]] = {
    "image": (pictures.facts, pictures.picture),
    "application/pdf": (papers.facts, papers.picture),
    "message/rfc822": (letters.facts, None),
}


def main(media_type: str) -> None:
    """Read the file from standard input to its end; write a line of JSON, then the picture.

    A line stands before the file: empty, or what an image is to bear that is shown to a partner. Then nothing else is looked for.
    """
    line = sys.stdin.buffer.readline().decode().strip()
    content = sys.stdin.buffer.read(LARGEST + 1)
    pictures.load()
    for name in ENCODINGS:
        codecs.lookup(name)
    confined.confine()
    reader = READERS.get(media_type) or READERS.get(media_type.split("/")[0])
    facts, picture, why_not = list[Fact](), b"", ""
    try:
        if line:
            picture = pictures.shown(content, line)
        elif reader:
            for each in islice(reader[0](content), MOST_FACTS):
                facts.append(each)
            picture = reader[1](content) if reader[1] else b""
    except (Exception, RecursionError) as fault:  # noqa: BLE001 - whatever a library raises at a bad file
        why_not = f"{UNREADABLE} ({type(fault).__name__})."
    told = {"facts": [[each.name, each.value, each.sure] for each in facts], "why_not": why_not}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + picture)
    sys.stdout.buffer.flush()
    os._exit(0)
