"""PDF: how many pages, what its program wrote into it, and its first page as a picture. No script of it is run."""

from collections.abc import Iterator
from typing import Final

import pypdfium2

from crossforce.evidence.inspection import pictures
from crossforce.evidence.inspection.found import PROVEN, STATED, Fact, fact

STATED_AS: Final = {
    "Title": "Title",
    "Author": "Author",
    "Creator": "Software",
    "Producer": "Written by",
    "CreationDate": "Made",
    "ModDate": "Changed",
}
MOST_POINTS: Final = 20_000.0


def facts(content: bytes) -> Iterator[Fact]:
    """Its pages, and what is stated of it."""
    paper = pypdfium2.PdfDocument(content)
    yield fact("Format", "PDF", PROVEN)
    yield fact("Pages", len(paper), PROVEN)
    stated = paper.get_metadata_dict()
    yield from (
        fact(said, stated[name], STATED) for name, said in STATED_AS.items() if stated.get(name)
    )


def picture(content: bytes) -> bytes:
    """The first page."""
    page = pypdfium2.PdfDocument(content)[0]
    longest = max(page.get_width(), page.get_height(), 1.0)
    if longest > MOST_POINTS:
        raise ValueError("the page is larger than any paper")
    return pictures.as_jpeg(page.render(scale=max(pictures.ROOM) / longest).to_pil())
