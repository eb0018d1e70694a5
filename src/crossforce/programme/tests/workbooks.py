"""Small workbooks, as people make them, for tests."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Reference", "Title", "Stage", "Entered on", "Saving a year (£)")
SOUND = ("HC-1", "Witness protection", "idea", "2008-04-01", 1000)


def workbook(
    rows: Sequence[Sequence[Any]], change: Callable[[Workbook], object] = lambda book: None
) -> bytes:
    """A workbook of one sheet, `Register`, after `change` had its way with it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Register"
    for row in rows:
        sheet.append(list(row))
    change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet swells a thousandfold."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 5_000_000)
    return held.getvalue()


def entities() -> bytes:
    """A workbook one of whose parts declares entities."""
    held = io.BytesIO(workbook([HEADINGS, SOUND]))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/extra.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return held.getvalue()
