"""Office documents (Word, Excel, PowerPoint, OpenDocument): who made them, what they say, what hangs on them. No macro is run."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Final
from xml.etree import ElementTree

from crossforce.evidence.inspection import pictures
from crossforce.evidence.inspection.found import LONGEST, PROVEN, STATED, Fact, fact

MOST: Final = 16 * 1024 * 1024
MOST_TEXT: Final = 20
STATED_IN: Final = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
STATED_AS: Final = {
    "title": "Title",
    "creator": "Author",
    "initial-creator": "Author",
    "lastModifiedBy": "Changed by",
    "created": "Made",
    "creation-date": "Made",
    "modified": "Changed",
    "Application": "Software",
    "generator": "Software",
    "Company": "Organisation",
}
TEXTS: Final = re.compile(
    r"word/document\.xml|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml|content\.xml"
)
PARAGRAPHS: Final = frozenset({"p", "si", "h"})
SMALL: Final = ("docProps/thumbnail.jpeg", "docProps/thumbnail.png", "Thumbnails/thumbnail.png")
HANGS: Final = {
    "Macros": re.compile(r".*/vbaProject\.bin|Basic/.*\.xml"),
    "Embedded files": re.compile(r"(word|xl|ppt)/embeddings/.+|Object .+/content\.xml"),
    "Pictures": re.compile(r"(word|xl|ppt)/media/.+|Pictures/.+"),
}
FORMS: Final = {"word/": "Word", "xl/": "Excel", "ppt/": "PowerPoint", "content.xml": "OpenDocument"}  # fmt: skip


class Unfit(ValueError):
    """No office document is like that."""


def facts(content: bytes) -> Iterator[Fact]:
    """Its form, what is stated of it, what hangs on it, and the beginning of what it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        form = next(
            (
                said
                for start, said in FORMS.items()
                if any(name.startswith(start) for name in names)
            ),
            "Office",
        )
        yield fact("Format", form, PROVEN)
        for what, pattern in HANGS.items():
            if number := sum(bool(pattern.fullmatch(name)) for name in names):
                yield fact(what, number, PROVEN)
        for name in STATED_IN:
            if name in names:
                yield from _stated(_tree(archive, name))
        for text in islice(_texts(archive, names), MOST_TEXT):
            yield fact("It says", text, PROVEN)


def picture(content: bytes) -> bytes:
    """The small picture that its program put into it, if it did."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in SMALL:
            if name in archive.namelist():
                return pictures.picture(_read(archive, name))
    return b""


def _stated(tree: ElementTree.Element) -> Iterator[Fact]:
    for each in tree.iter():
        said = STATED_AS.get(_plain(each.tag))
        if said and each.text and each.text.strip():
            yield fact(said, each.text, STATED)


def _texts(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """What it says, in pieces that can be shown."""
    piece = ""
    for name in filter(TEXTS.fullmatch, names):
        for each in _tree(archive, name).iter():
            if _plain(each.tag) not in PARAGRAPHS:
                continue
            text = " ".join("".join(each.itertext()).split())
            if piece and len(piece) + len(text) > LONGEST:
                yield piece
                piece = ""
            piece = f"{piece} {text}".strip()
    if piece:
        yield piece


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """One of its parts. What declares types of its own is none: that is how a few bytes become thousands of millions."""
    content = _read(archive, name)
    if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise Unfit
    return ElementTree.fromstring(content)  # noqa: S314 - confined, and without declarations


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(MOST + 1)
    if len(content) > MOST:
        raise Unfit
    return content


def _plain(tag: object) -> str:
    return str(tag).rpartition("}")[2]
