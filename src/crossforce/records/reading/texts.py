"""CSV as spreadsheets write it: with or without a mark of its encoding, with one of four delimiters."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from openpyxl.utils import get_column_letter

from crossforce.records.reading.limits import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    in_megabytes,
)
from crossforce.records.reading.values import Cell, Line, Wrong

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS: Final = (",", ";", "\t", "|")
QUOTED: Final = "'"


def lines(content: bytes, most: int = MOST_ROWS) -> tuple[Line, ...]:
    """The rows of the file that hold anything. Raises Wrong."""
    if len(content) > MOST_BYTES:
        raise Wrong(
            "too-large",
            f"The file is larger than {in_megabytes(MOST_BYTES)}.",
            "Send it in parts.",
            is_whole=True,
        )
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return tuple(_lines(reader, most))
    except csv.Error as error:
        raise Wrong(
            "csv",
            f"Row {reader.line_num} is not CSV: {error}.",
            "Correct the quotation marks there.",
            place=f"A{reader.line_num}",
            is_whole=True,
        ) from None


def _lines(reader: Iterator[list[str]], most: int) -> Iterator[Line]:
    for number, cells in enumerate(reader, 1):
        if number > most + 1:
            raise too_many_rows(most)
        if len(cells) > MOST_COLUMNS:
            raise too_many_columns(number)
        if any(each.strip() for each in cells):
            yield Line(number, tuple(_cells(number, cells)))


def _cells(number: int, cells: list[str]) -> Iterator[Cell]:
    for place, each in enumerate(cells, 1):
        yield Cell(f"{get_column_letter(place)}{number}", each.strip())


def too_many_rows(most: int) -> Wrong:
    """The refusal of a table that is too long."""
    return Wrong(
        "too-many-rows",
        f"There are more than {most:,} rows below the headings.",
        "Send them in parts; empty rows with a format count, so delete those.",
        is_whole=True,
    )


def too_many_columns(number: int) -> Wrong:
    """The refusal of a table that is too wide."""
    return Wrong(
        "too-many-columns",
        f"Row {number} has more than {MOST_COLUMNS} columns.",
        "Leave out what is not of this table.",
        is_whole=True,
    )


def _decoded(content: bytes) -> str:
    """The text: by its mark, else UTF-8, else the code page of Windows in western Europe."""
    if not content.strip():
        raise Wrong("empty-file", "The file is empty.", "Export it anew.", is_whole=True)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if not encoding and b"\0" in content:
        raise _not_text("It holds zero bytes.")
    for each in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            continue
    raise _not_text("Its bytes are neither UTF-8 nor of Windows' western code page.")


def _not_text(why: str) -> Wrong:
    return Wrong(
        "encoding",
        f"The file is not text in an encoding that is known. {why}",
        "Save it as CSV UTF-8, or as a workbook (.xlsx).",
        is_whole=True,
    )


def _delimiter(text: str) -> str:
    """The delimiter that stands most often in the first row that says something, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)
