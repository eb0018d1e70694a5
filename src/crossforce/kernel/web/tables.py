"""Tables that a page draws from plain values with `kernel/macros/tables.html`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Head(NamedTuple):
    """The head of a column."""

    title: str
    is_number: bool = False


class Cell(NamedTuple):
    """A cell that leads somewhere, or bears a mark; `more` is read out and not shown."""

    text: str
    href: str = ""
    tag: str = ""
    more: str = ""


@dataclass(frozen=True)
class Table:
    """A table: the first cell of each row is its heading."""

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Any]] = field(default_factory=list)


def heads(words: str, numbers: str = "") -> list[Head]:
    """Columns of words and then of numbers, their titles apart by a bar."""
    return [Head(each) for each in words.split("|")] + [
        Head(each, is_number=True) for each in numbers.split("|") if each
    ]
