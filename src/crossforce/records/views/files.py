"""Records as files: the marking stands first, in the file and in its name."""

import csv as csv_writer
import io
import json as json_writer
from typing import Any

from django.http import HttpResponse

from crossforce.kernel.web import downloads
from crossforce.records import forms, operations, queries
from crossforce.records.governed import GovernedRecord

BESIDE = ("id", "created_at", "purposes", "source_system", "source_reference", "review_due")


def csv(
    kind: str, done: operations.Disclosed, left_out: int = 0, *, to: str = ""
) -> HttpResponse:
    """A spreadsheet: the marking and recipient in the first line, then a heading, then a row each.

    `left_out` says how many of the list may be read and not disclosed; `to` names the recipient.
    """
    names = (*queries.kind_of(kind).fields, *BESIDE)
    buffer = io.StringIO()
    writer = csv_writer.writer(buffer)
    first = [done.marking, f"Disclosed to {to or done.recipient}", done.at.isoformat()]
    writer.writerow(
        [*first, f"{left_out} not to be disclosed are left out"] if left_out else first
    )
    writer.writerow(names)
    for row in done.rows:
        writer.writerow([downloads.cell(_said(row, name)) for name in names])
    data = (downloads.BYTE_ORDER_MARK + buffer.getvalue()).encode()
    return downloads.file(_name(kind, done, "csv"), data, "text/csv; charset=utf-8")


def json(kind: str, done: operations.Disclosed) -> HttpResponse:
    """The same as data."""
    data = text(kind, done).encode()
    return downloads.file(_name(kind, done, "json"), data, "application/json")


def text(kind: str, done: operations.Disclosed) -> str:
    """The same as the text of a file."""
    return json_writer.dumps(content(kind, done), ensure_ascii=False, indent=1)


def content(kind: str, done: operations.Disclosed) -> dict[str, Any]:
    """What a disclosure holds, for programs."""
    names = (*queries.kind_of(kind).fields, *BESIDE)
    return {
        "marking": done.marking,
        "recipient": done.recipient,
        "at": done.at.isoformat(),
        "kind": kind,
        "records": [{name: as_json(_plain(row, name)) for name in names} for row in done.rows],
    }


def as_json(value: Any) -> Any:
    """A value as JSON has it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _said(row: GovernedRecord, name: str) -> Any:
    """As people read it: purposes by their names."""
    if name == "purposes":
        return "; ".join(forms.PURPOSES.get(each, each) for each in row.purposes)
    return _plain(row, name)


def _plain(row: GovernedRecord, name: str) -> Any:
    value = getattr(row, name)
    if name == "id":
        return str(value)
    return " ".join(value) if isinstance(value, list) else value


def _name(kind: str, done: operations.Disclosed, ending: str) -> str:
    return f"{done.marking}-{kind}.{ending}"
