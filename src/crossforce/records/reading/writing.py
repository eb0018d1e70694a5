"""The same tables written: CSV that a spreadsheet opens without running anything, and workbooks."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from crossforce.records.reading.layouts import Column, Layout, Sort
from crossforce.records.reading.values import Value, is_formula

Values = Mapping[str, Value]


def csv_of(layout: Layout, rows: Iterable[Values], fields: Sequence[str] = ()) -> bytes:
    """The rows as CSV in UTF-8 with a byte order mark; the columns of the layout, or those named."""
    held = io.StringIO()
    write = csv.writer(held)
    columns = _columns(layout, fields)
    write.writerow([each.heading for each in columns])
    for row in rows:
        write.writerow([_safe(_text(row.get(each.field), each)) for each in columns])
    return held.getvalue().encode("utf-8-sig")


def xlsx_of(layout: Layout, rows: Iterable[Values], fields: Sequence[str] = ()) -> bytes:
    """The rows as a workbook of one sheet: dates as dates, pounds as numbers, text as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(layout.name.title())
    columns = _columns(layout, fields)
    sheet.append([each.heading for each in columns])
    for row in rows:
        sheet.append([_cell(sheet, row.get(each.field), each) for each in columns])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _columns(layout: Layout, fields: Sequence[str]) -> list[Column]:
    by_field = {each.field: each for each in layout.columns}
    return [by_field[field] for field in fields] if fields else list(layout.columns)


def _cell(sheet: Any, value: Value, column: Column) -> object:
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, int):
        return value / 100 if column.sort is Sort.POUNDS else value
    cell = WriteOnlyCell(sheet, _text(value, column))
    cell.data_type = "s"
    return cell


def _text(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, int) and column.sort is Sort.POUNDS:
        sign, whole = ("-" if value < 0 else ""), abs(value)
        return f"{sign}{whole // 100}.{whole % 100:02d}"
    return str(value)


def _safe(text: str) -> str:
    """A text that a spreadsheet would run goes behind a mark, and so does one that has such a mark."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text
