"""Lines as a finance system writes them: a CSV file with a heading, read cell by cell."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crossforce.finance.choices import BY_HAND, Sort
from crossforce.finance.rules.pounds import NoSuchSum, pence_of

COLUMNS: Final = ("reference", "sort", "date", "force", "amount", "words")
MOST_BYTES: Final = 8_000_000
DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class Read:
    """One row that was understood."""

    reference: str
    sort: Sort
    on: date
    party: str
    pence: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell, and what would mend it. Row 1 is the heading."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Row {self.row}, column “{self.column}”" if self.column else f"Row {self.row}"
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says, and all that is wrong with it. It is used only where nothing is."""

    rows: tuple[Read, ...]
    findings: tuple[Finding, ...]


class _Wrong(ValueError):
    def __init__(self, column: str, message: str) -> None:
        self.column, self.message = column, message
        super().__init__(message)


def read(content: bytes) -> Table:
    """The lines of a file, in UTF-8, separated by commas or semicolons."""
    if len(content) > MOST_BYTES:
        return _refused("The file is larger than 8 megabytes. Send it in parts.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        number = content[: fault.start].count(b"\n") + 1
        return _refused("The file is not in UTF-8. Save it as “CSV UTF-8”.", number)
    if "\0" in text:
        number = text[: text.index("\0")].count("\n") + 1
        return _refused("The row holds the character NUL, which is no text.", number)
    heading, _, _ = text.partition("\n")
    separator = ";" if heading.count(";") > heading.count(",") else ","
    found = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        given = [name.strip().lower() for name in found.fieldnames or ()]
    except csv.Error as fault:
        return _refused(f"The heading cannot be read: {fault}.")
    if wrong := _wrong_heading(given):
        return _refused(wrong)
    found.fieldnames = given
    return _rows(found)


def _wrong_heading(given: list[str]) -> str:
    missing = [name for name in COLUMNS if name not in given]
    if missing:
        return f"The heading has no column {', '.join(missing)}. It needs {', '.join(COLUMNS)}."
    twice = [name for name in COLUMNS if given.count(name) > 1]
    return f"The heading has the column {', '.join(twice)} twice." if twice else ""


def _rows(found: "csv.DictReader[str]") -> Table:
    rows: list[Read] = []
    findings: list[Finding] = []
    try:
        for row in found:
            if not any((cell or "").strip() for cell in row.values() if isinstance(cell, str)):
                continue
            rows += _row(found.line_num, row, findings)
    except csv.Error as fault:
        findings.append(Finding(found.line_num, "", f"The row cannot be read: {fault}."))
    if not rows and not findings:
        findings.append(Finding(1, "", "There is no row below the heading."))
    return Table(tuple(rows), tuple(findings))


def _row(number: int, row: Mapping[str, str | None], findings: list[Finding]) -> Iterator[Read]:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    values: dict[str, object] = {}
    for name, understood in (("sort", _sort), ("date", _day), ("amount", _pence)):
        try:
            values[name] = understood(cell(name))
        except _Wrong as wrong:
            findings.append(Finding(number, wrong.column, wrong.message))
    for name in ("force", "words"):
        if not cell(name):
            findings.append(Finding(number, name, "The cell is empty."))
    if len(values) == 3:
        yield Read(
            cell("reference"), Sort(str(values["sort"])), _day(cell("date")), cell("force"),
            _pence(cell("amount")), cell("words"),
        )  # fmt: skip


def _sort(text: str) -> Sort:
    known = {each.value: each for each in BY_HAND}
    if (found := known.get(text.lower())) is None:
        raise _Wrong("sort", f"“{text}” is none of {', '.join(known)}.")
    return found


def _day(text: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil date
        except ValueError:
            continue
    raise _Wrong("date", f"“{text}” is no day. Write 2027-06-01 or 01/06/2027.")


def _pence(text: str) -> int:
    if text.startswith("="):
        raise _Wrong("amount", "The cell holds a formula. Save the file with values.")
    try:
        return pence_of(text)
    except NoSuchSum as wrong:
        raise _Wrong("amount", f"“{text}” is no sum. {wrong}") from None


def _refused(message: str, row: int = 1) -> Table:
    return Table((), (Finding(row, "", message),))
