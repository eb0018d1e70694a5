"""What comes out of a spreadsheet: cells with their address, rows, and findings about bad ones."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

FORMULA: Final = frozenset("=+-@\t\r")
"""How a text begins that a spreadsheet would run as a formula."""
HARMLESS: Final = re.compile(r"[+-]?£?\d[\d,. ]*%?|[-+]+", re.ASCII)

Raw = str | int | float | bool | date | datetime | None
Value = str | int | Decimal | date | tuple[str, ...] | None


class Formula(NamedTuple):
    """A cell that holds a formula in place of what it comes to."""

    text: str


class Fault(NamedTuple):
    """A cell that holds an error of the spreadsheet, such as `#REF!`."""

    text: str


class Cell(NamedTuple):
    """What a cell holds and where: `C7`, or `Register!C7` in a workbook.

    `is_typed` is that it is of a workbook, which says itself what is a date, a number or text.
    """

    place: str
    raw: Raw | Formula | Fault
    is_typed: bool = False


class Line(NamedTuple):
    """One row of a table. `is_hidden` is that whoever sent it could not see it."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False


class Finding(NamedTuple):
    """What is wrong, where, and what would mend it.

    One with `is_whole` refuses the whole file; one with `is_note` refuses nothing; any other refuses
    its row, and the rest go on.
    """

    rule: str
    message: str
    remedy: str
    place: str = ""
    row: int = 0
    reference: str = ""
    is_whole: bool = False
    is_note: bool = False

    def __str__(self) -> str:
        told = f"{self.message} {self.remedy}".strip()
        return told if not self.place or self.place in told else f"{self.place}: {told}"


class Row(NamedTuple):
    """A row that is sound: its number in the sheet, its reference, and its values by field.

    `places` is where each field's cell is.
    """

    number: int
    reference: str
    values: Mapping[str, Value]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: its sound rows, and every finding."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the file is refused whole: then it has no rows."""
        return any(each.is_whole for each in self.findings)

    @property
    def refused(self) -> tuple[int, ...]:
        """The numbers of the rows that are refused."""
        faults = {each.row for each in self.findings if not (each.is_whole or each.is_note)}
        return tuple(sorted(faults))


class Wrong(ValueError):
    """A cell, or with `is_whole` the file, is refused."""

    def __init__(
        self, rule: str, message: str, remedy: str, *, place: str = "", is_whole: bool = False
    ) -> None:
        self.rule, self.message, self.remedy = rule, message, remedy
        self.place, self.is_whole = place, is_whole
        super().__init__(message)

    def finding(self, place: str = "", row: int = 0, reference: str = "") -> Finding:
        """The finding that this is, at its place."""
        return Finding(
            self.rule,
            self.message,
            self.remedy,
            self.place or place,
            row,
            reference,
            self.is_whole,
        )


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text; a number, and a dash that stands for nothing, are none."""
    return text[:1] in FORMULA and not HARMLESS.fullmatch(text)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As somebody reads them beside the sheet: what refuses all of it first, then row by row."""
    return tuple(sorted(findings, key=lambda each: (not each.is_whole, each.row, each.place)))
