"""Budgets as a spreadsheet writes them: a CSV file with a heading, read cell by cell."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, Rhythm, Spread
from crossforce.finance.rules.pounds import NoSuchSum, pence_of
from crossforce.finance.rules.tables import Finding

COLUMNS: Final = ("agreement", "function", "year", "amount", "rhythm", "spread", "lead")
NEEDED: Final = COLUMNS[:4]
MOST_BYTES, MOST_ROWS = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One budget that is asked for, and where it stands in the file."""

    number: int
    agreement: str
    function: str
    year: int
    pence: int
    rhythm: Rhythm
    spread: Spread
    lead: str


@dataclass(frozen=True, slots=True)
class Budgets:
    """What a file says, and all that is wrong with it. It is used only where nothing is."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def read(content: bytes) -> Budgets:
    """The budgets of a file, in UTF-8, separated by commas or semicolons."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused("The file is not in UTF-8. Save it as “CSV UTF-8”.")
    if len(content) > MOST_BYTES or "\0" in text:
        return _refused("The file is larger than 1 megabyte, or is no text. Send a CSV file.")
    heading, _, _ = text.partition("\n")
    separator = ";" if heading.count(";") > heading.count(",") else ","
    found = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        given = [name.strip().lower() for name in found.fieldnames or ()]
        if missing := [name for name in NEEDED if name not in given]:
            return _refused(
                f"The heading has no column {', '.join(missing)}. There are: {', '.join(COLUMNS)}."
            )
        found.fieldnames = given
        return _rows([(found.line_num, row) for row in found])
    except csv.Error as fault:
        return _refused(f"The row cannot be read: {fault}.", max(1, found.line_num))


def _rows(listed: list[tuple[int, dict[str, str]]]) -> Budgets:
    if not 0 < len(listed) <= MOST_ROWS:
        return _refused(f"Give one row below the heading at least, and {MOST_ROWS:,} at most.")
    findings: list[Finding] = []
    rows = [row for number, cells in listed for row in _row(number, cells, findings)]
    return Budgets(tuple(rows), tuple(findings))


def _row(
    number: int, cells: Mapping[str, str | None], findings: list[Finding]
) -> Iterator[Row]:
    def cell(name: str) -> str:
        return (cells.get(name) or "").strip()

    def understood(name: str, read_as: Callable[[str], object], words: str) -> object:
        try:
            return read_as(cell(name))
        except ValueError:
            findings.append(Finding(number, name, f"“{cell(name)}” {words}"))
            return None

    before = len(findings)
    findings += [
        Finding(number, name, "The cell is empty.")
        for name in ("agreement", "function")
        if not cell(name)
    ]
    year = understood("year", _year, "is no year. Write that in which it begins, such as 2027.")
    pence = understood("amount", _pence, "is no sum. Write it in pounds, such as 1,234.56.")
    rhythm = understood(
        "rhythm", lambda text: Rhythm(text or "quarter"), f"is none of {', '.join(Rhythm)}."
    )
    spread = understood(
        "spread", lambda text: Spread(text or "alike"), f"is none of {', '.join(Spread)}."
    )
    if len(findings) == before:
        yield Row(
            number, cell("agreement"), cell("function"), int(str(year)), int(str(pence)),
            Rhythm(str(rhythm)), Spread(str(spread)), cell("lead"),
        )  # fmt: skip


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR):
        raise ValueError(text)
    return int(text)


def _pence(text: str) -> int:
    found = pence_of(text)
    if found <= 0:
        raise NoSuchSum(text)
    return found


def _refused(message: str, row: int = 1) -> Budgets:
    return Budgets((), (Finding(row, "", message),))
