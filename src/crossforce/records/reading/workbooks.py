"""Excel workbooks (.xlsx): checked as an archive first, then read cell by cell.

Whatever could say one thing to the eye and another to a program is refused or named: formulas,
merged cells, hidden sheets and rows. A package that would swell when unpacked is not unpacked.
"""

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from crossforce.records.reading import limits
from crossforce.records.reading.texts import too_many_columns, too_many_rows
from crossforce.records.reading.values import Cell, Fault, Finding, Formula, Line, Raw, Wrong

ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that is a workbook of before 2007, or one with a password."""
CHUNK: Final = 1 << 16
BROKEN: Final = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
    NotImplementedError, RuntimeError, ArithmeticError, ParseError, zipfile.BadZipFile,
    zlib.error, lzma.LZMAError, struct.error, InvalidFileException,
)  # fmt: skip


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a workbook does, of whichever age."""
    return content.startswith((ZIP, OLD))


def lines(
    content: bytes, sheet: str = "", most: int = limits.MOST_ROWS
) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """The rows of the one sheet that can be seen, or of the one named, and what was noticed.

    Raises Wrong.
    """
    _refuse_unsound_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), keep_links=False)
    except Wrong:
        raise
    except BROKEN:
        raise _broken("It is not a workbook, or it is damaged.") from None
    chosen = _chosen(book, sheet)
    _refuse_merged(chosen)
    return tuple(_lines(chosen, most)), tuple(_notes(book, chosen))


def _refuse_unsound_archive(content: bytes) -> None:
    if len(content) > limits.MOST_BYTES:
        raise _too_large("The file", limits.MOST_BYTES)
    if content.startswith(OLD):
        raise _broken("It is a workbook of the old form (.xls), or it has a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_swelling(archive)
    except BROKEN as error:
        if isinstance(error, Wrong):
            raise
        raise _broken("It is not a whole archive.") from None


def _refuse_swelling(archive: zipfile.ZipFile) -> None:
    """Unpack every part by the piece, and stop when it grows beyond what is declared or allowed."""
    parts = archive.infolist()
    if len(parts) > limits.MOST_PARTS:
        raise _broken(f"It has more than {limits.MOST_PARTS} parts.")
    total = 0
    for part in parts:
        size, head = 0, b""
        with archive.open(part) as opened:
            while piece := opened.read(CHUNK):
                head = head or piece[:4096]
                size += len(piece)
                total += len(piece)
                is_bomb = size > limits.SMALL and size > part.compress_size * limits.MOST_TIMES
                if is_bomb or total > limits.MOST_UNPACKED:
                    raise _too_large("The workbook, unpacked,", limits.MOST_UNPACKED)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise _broken("One of its parts declares a document type, which no workbook does.")


def _chosen(book: Workbook, named: str) -> Worksheet:
    seen: list[Worksheet] = [each for each in book.worksheets if each.sheet_state == "visible"]
    if named:
        found = next((each for each in seen if each.title == named), None)
        if found is None:
            raise Wrong(
                "sheet-missing",
                f"There is no sheet {named!r} that can be seen.",
                f"Choose one of {', '.join(repr(each.title) for each in seen) or 'none'}.",
                is_whole=True,
            )
        return found
    holding = [each for each in seen if _holds_anything(each)]
    if len(holding) == 1:
        return holding[0]
    if not holding:
        raise Wrong(
            "empty-file",
            "No sheet that can be seen holds anything.",
            "Fill one in, or show the one that is hidden.",
            is_whole=True,
        )
    raise Wrong(
        "several-sheets",
        f"There are {len(holding)} sheets: {', '.join(repr(each.title) for each in holding)}.",
        "Say which one to read, or send a workbook of one.",
        is_whole=True,
    )


def _holds_anything(sheet: Worksheet) -> bool:
    return sheet.max_row > 1 or sheet.max_column > 1 or sheet["A1"].value is not None


def _refuse_merged(sheet: Worksheet) -> None:
    merged = sorted(sheet.merged_cells.ranges, key=lambda each: (each.min_row, each.min_col))
    if merged:
        first = f"{sheet.title}!{merged[0].coord}"
        more = f" and {len(merged) - 1} more" if len(merged) > 1 else ""
        raise Wrong(
            "merged-cells",
            f"Cells are merged ({first}{more}): which row their content is of cannot be told.",
            "Unmerge them and write the content into each row that it is of.",
            place=first,
            is_whole=True,
        )


def _lines(sheet: Worksheet, most: int) -> Iterator[Line]:
    if sheet.max_row > most + 1:
        raise too_many_rows(most)
    if sheet.max_column > limits.MOST_COLUMNS:
        raise too_many_columns(1)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = tuple(_cell(sheet.title, each) for each in row)
        if any(each.raw not in (None, "") for each in cells):
            hidden = number in sheet.row_dimensions and sheet.row_dimensions[number].hidden
            yield Line(number, cells, bool(hidden))


def _cell(sheet: str, cell: Any) -> Cell:
    place = f"{sheet}!{cell.coordinate}"
    if isinstance(cell, ExcelCell) and cell.data_type == "f":
        return Cell(place, Formula(str(getattr(cell.value, "text", cell.value))), True)
    if isinstance(cell, ExcelCell) and cell.data_type == "e":
        return Cell(place, Fault(str(cell.value)), True)
    return Cell(place, _raw(cell.value), True)


def _raw(value: Any) -> Raw:
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool | int | float | datetime | date):
        return value
    return str(value)


def _notes(book: Workbook, chosen: Worksheet) -> Iterator[Finding]:
    for each in book.worksheets:
        if each.sheet_state != "visible":
            yield Finding(
                "hidden-sheet",
                f"The sheet {each.title!r} is hidden and was not read.",
                "Show it if it belongs to this, or delete it.",
                is_note=True,
            )
    letters = [name for name, each in chosen.column_dimensions.items() if each.hidden]
    for letter in sorted(letters):
        yield Finding(
            "hidden-column",
            f"Column {letter} is hidden and was read.",
            "Show it and look at it.",
            place=f"{chosen.title}!{letter}1",
            is_note=True,
        )


def _too_large(what: str, most: int) -> Wrong:
    return Wrong(
        "too-large",
        f"{what} is larger than {limits.in_megabytes(most)}, or swells as no workbook does.",
        "Send it in parts, as a fresh workbook with the values alone.",
        is_whole=True,
    )


def _broken(why: str) -> Wrong:
    return Wrong(
        "workbook",
        f"The file cannot be read as a workbook. {why}",
        "Save it again as .xlsx, or as CSV.",
        is_whole=True,
    )
