"""Many rows of one kind are inserted, or altered each to its own values, by one statement for hundreds of them.

What is written goes to the server as one value, which it takes apart by the columns of the table: it is
checked like any other, and a text that is too long is refused, not cut.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from crossforce.kernel.guarded_rows import cursor
from crossforce.records.governed import GovernedRecord
from crossforce.records.rules.changes import Changed

BATCH: Final = 1_000
INSERT: Final = """
INSERT INTO {table} ({names})
SELECT {names} FROM json_populate_recordset(NULL::{table}, %s)
RETURNING id, scope_id"""
ALTER: Final = """
UPDATE {table} held SET version = held.version + 1, changed_at = %s, changed_by = %s, {set}
  FROM json_populate_recordset(NULL::{table}, %s) said
 WHERE held.id = ANY (%s) AND held.id = said.id
RETURNING held.id, held.scope_id"""
"""The keys are given apart too: by them the planner begins, whatever row security lets through."""


def insert(rows: Sequence[GovernedRecord]) -> None:
    """Put these rows into their table."""
    meta: Any = type(rows[0])._meta
    fields = [each for each in meta.concrete_fields if not each.generated]
    names = ", ".join(_quoted(fields))
    statement = INSERT.format(table=_quote(meta.db_table), names=names)
    for some in _parts(rows):
        cursor(type(rows[0])).written("collected", statement, [_said(some, fields)])


def alter(
    rows: Sequence[GovernedRecord], changes: Sequence[Changed], *, by: str, at: datetime
) -> None:
    """Put what changed into rows that are locked: in the table, and in these objects."""
    for row, changed in zip(rows, changes, strict=True):
        for name, (_, after) in changed.items():
            setattr(row, name, after)
        row.version, row.changed_at, row.changed_by = row.version + 1, at, by
    meta: Any = type(rows[0])._meta
    fields = [meta.get_field(name) for name in sorted(set().union(*changes))]
    settings = ", ".join(f"{each} = said.{each}" for each in _quoted(fields))
    statement = ALTER.format(table=_quote(meta.db_table), set=settings)
    for some in _parts(rows):
        keys = [row.pk for row in some]
        given = [at, by, _said(some, [meta.pk, *fields]), keys]
        cursor(type(rows[0])).written("altered", statement, given)


def _parts(rows: Sequence[GovernedRecord]) -> Iterable[Sequence[GovernedRecord]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _said(rows: Iterable[GovernedRecord], fields: Sequence[Any]) -> str:
    told = [{each.column: getattr(row, each.attname) for each in fields} for row in rows]
    return json.dumps(told, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> str:
    """What JSON has no word for, to the last microsecond and decimal."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"no column is read from {type(value).__name__}")


def _quoted(fields: Iterable[Any]) -> list[str]:
    return [_quote(each.column) for each in fields]


def _quote(name: str) -> str:
    return str(connection.ops.quote_name(name))
