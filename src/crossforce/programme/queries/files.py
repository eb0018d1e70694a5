"""The register as it leaves the platform: a spreadsheet that can be read in again."""

from datetime import datetime

from crossforce.kernel import guarded, guarded_watch
from crossforce.people.api import Actor
from crossforce.programme.models.fields import parted
from crossforce.programme.queries import entries
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.reading.layouts import REGISTER
from crossforce.records.reading.layouts import Sort
from crossforce.records.reading.values import Value
from crossforce.records.reading.writing import csv_of, xlsx_of


@guarded.acts
def register(actor: Actor, wanted: Wanted, at: datetime, form: str) -> bytes:
    """The entries that are asked for, as `csv` or `xlsx`; what they say is disclosed."""
    guarded_watch.takes_out("register")
    rows = [_values(each.row) for each in entries.entries(actor, wanted, at).entries]
    return xlsx_of(REGISTER, rows) if form == "xlsx" else csv_of(REGISTER, rows)


def _values(row: object) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for column in REGISTER.columns:
        name = "code" if column.sort is Sort.REFERENCE else column.field
        value = getattr(row, name)
        found[column.field] = parted(value) if column.sort is Sort.SEVERAL else value
    return found
