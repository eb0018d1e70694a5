"""Tables that a page draws from plain values with `kernel/macros/tables.html`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

WHOLE_POUNDS: Final = re.compile(r"-?£\d{1,3}(,\d{3})*")
WITH_PENCE: Final = re.compile(r"-?£\d{1,3}(,\d{3})*\.\d\d")


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
    """A table: the first cell of each row is its heading. Where one sum in it has pence, all have."""

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if any(WITH_PENCE.fullmatch(cell) for row in self.rows for cell in _sums(row)):
            object.__setattr__(
                self, "rows", [[_penned(cell) for cell in row] for row in self.rows]
            )


def _sums(row: Sequence[Any]) -> list[str]:
    return [cell for cell in row if isinstance(cell, str)]


def _penned(cell: Any) -> Any:
    """A sum in whole pounds with its two noughts; anything else as it is."""
    return f"{cell}.00" if isinstance(cell, str) and WHOLE_POUNDS.fullmatch(cell) else cell


def heads(words: str, numbers: str = "") -> list[Head]:
    """Columns of words and then of numbers, their titles apart by a bar."""
    return [Head(each) for each in words.split("|")] + [
        Head(each, is_number=True) for each in numbers.split("|") if each
    ]
