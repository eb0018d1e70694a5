"""A board pack as plain chapters: the page, the PDF and the API draw the same value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

GAP: Final = "–"
"""What stands where there is nothing to say: a cell is never empty."""


class Text(NamedTuple):
    """A paragraph."""

    words: str


class Facts(NamedTuple):
    """Names, each with what is said of it."""

    rows: tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """Rows below heads; the first cell of a row is its heading, `numeric` are columns of figures."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


Block = Text | Facts | Table


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the pack under its heading; `level` 1 is a chapter, 2 a part of the one before."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Pack:
    """What a board is given before it meets, as one reader may see it at one instant."""

    title: str
    lead: str
    marking: str
    drawn_at: datetime
    drawn_for: str
    chapters: tuple[Chapter, ...]


def paragraphs(text: str) -> tuple[Text, ...]:
    """A text that somebody wrote, parted at its empty lines."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(Text(" ".join(part.split())) for part in parts if part.strip())


def facts(*rows: tuple[str, str]) -> Facts:
    """Those of the facts of which something is said."""
    return Facts(tuple((name, said) for name, said in rows if said))


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: Iterable[int] = (),
    none: str = "",
) -> Block:
    """The table; where it would have no row, what is said instead."""
    found = tuple(tuple(cell or GAP for cell in row) for row in rows)
    if not found:
        return Text(none or f"{caption}: none that you may see.")
    return Table(caption, tuple(heads), found, frozenset(numeric))


def as_data(pack: Pack) -> dict[str, object]:
    """The pack as JSON holds it: the PDF and the API."""
    return {
        "title": pack.title,
        "lead": pack.lead,
        "marking": pack.marking,
        "drawn_at": pack.drawn_at.isoformat(),
        "drawn_for": pack.drawn_for,
        "chapters": [
            {
                "title": chapter.title,
                "level": chapter.level,
                "blocks": [_block(each) for each in chapter.blocks],
            }
            for chapter in pack.chapters
        ],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Text(words):
            return {"kind": "text", "words": words}
        case Facts(rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}
        case Table(caption, heads, rows, numeric):
            return {
                "kind": "table",
                "caption": caption,
                "heads": list(heads),
                "rows": [list(row) for row in rows],
                "numeric": sorted(numeric),
            }
