"""Files to take away: CSV that a spreadsheet opens without running anything, JSON, bytes."""

import csv as csv_writer
import io
import json as json_writer
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK: Final = "\ufeff"


def csv(filename: str, columns: Sequence[Any], rows: Iterable[Any]) -> HttpResponseBase:
    """UTF-8 with a byte order mark, so that a spreadsheet reads Welsh letters right."""
    response = StreamingHttpResponse(
        lines(columns, rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = disposition(filename)
    return response


def write(to: Path, columns: Sequence[Any], rows: Iterable[Any]) -> None:
    """The same file, written here; one that is there stays."""
    with to.open("x", encoding="utf-8", newline="") as opened:
        opened.writelines(lines(columns, rows))


def json(filename: str, value: Any) -> HttpResponse:
    """The value as a JSON document to keep."""
    text = json_writer.dumps(value, ensure_ascii=False, indent=1)
    return file(filename, text.encode(), "application/json")


def file(filename: str, data: bytes, media_type: str) -> HttpResponse:
    """The bytes, to be saved and not opened in the page's own origin."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = disposition(filename)
    return response


def disposition(filename: str) -> str:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def cell(value: Any) -> str:
    """One value as text; what a spreadsheet would take for a formula is quoted."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text


def lines(columns: Sequence[Any], rows: Iterable[Any]) -> Iterator[str]:
    """The lines of a CSV file, its heading first."""
    yield BYTE_ORDER_MARK + _line([str(column.title) for column in columns])
    for row in rows:
        yield _line([cell(column.value(row)) for column in columns])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv_writer.writer(buffer).writerow(cells)
    return buffer.getvalue()
