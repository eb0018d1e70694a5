"""The questions of one actor, put to the database as raw SQL through the application role, and by the ORM."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Max

from crossforce.kernel import guarded
from tests.worlds.loading import scope
from tests.worlds.model import Row, Scope
from tests.worlds.tables import Table

Answers = dict[str, Any]
_counted = count()
SEARCHED = "%arb%"
NEVER = UUID(int=0)

READ = """
    SELECT '{kind}', r.ids, r.many, r.total,
           array(SELECT DISTINCT pgh_obj_id FROM {history}),
           array(SELECT id FROM records_pointer WHERE kind = '{kind}')
      FROM (SELECT coalesce(array_agg(id), '{{}}') AS ids, count(*) AS many,
                   coalesce(sum({parts}), 0) AS total FROM {name}) r
"""
NAMES = ("read", "count", "aggregate", "history", "find")
CLOSER = """
    SELECT array(SELECT one.id::text || other.id::text FROM {name} one JOIN {name} other USING ({words})
                  WHERE one.id < other.id),
           array(SELECT id FROM {name} WHERE {words} ILIKE %(searched)s),
           array(SELECT id FROM {name} WHERE id = ANY (%(known)s)),
           array(SELECT id FROM {name} WHERE 10 / {parts} > 0 ORDER BY id DESC LIMIT 50)
"""
CLOSER_NAMES = ("join", "search", "picked", "page")


def by_sql(tables: Iterable[Table]) -> dict[tuple[str, str], Any]:
    """The plain reading questions about every kind, in one statement; the key is question and kind."""
    found = _rows(" UNION ALL ".join(_of(READ, each) for each in tables))
    return {
        (name, row[0]): _sorted(value)
        for row in found
        for name, value in zip(NAMES, row[1:], strict=True)
    }


def closer_by_sql(table: Table, known: list[UUID]) -> Answers:
    """What needs more than a list: joins, searches, rows picked by id, a page."""
    (row,) = _rows(_of(CLOSER, table), {"searched": SEARCHED, "known": known})
    return {name: _sorted(value) for name, value in zip(CLOSER_NAMES, row, strict=True)}


def _of(statement: str, table: Table) -> str:
    return statement.format(
        kind=table.kind,
        name=table.name,
        words=table.words,
        history=table.history,
        parts=table.parts,
    )


def _rows(statement: str, values: Any = None) -> list[tuple[Any, ...]]:
    next(_counted)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def answered() -> int:
    """How many statements were put so far, each with one answer or more."""
    return next(_counted)


def links() -> list[UUID]:
    """Every link, whatever its ends."""
    return sorted(row[0] for row in _rows("SELECT id FROM records_link"))


def found_by_words(words: str) -> list[tuple[UUID, bool]]:
    """What a search across all kinds finds, and whether it says that it may be read."""
    return sorted(
        (row[0], row[1])
        for row in _rows("SELECT id, may_read FROM records_search(%s, '{}', 200)", [words])
    )


def by_orm(table: Table) -> Answers:
    """The same by the ORM, with no filter but what is asked."""
    rows: Any = apps.get_model(table.model).objects
    return {
        "read": sorted(row.pk for row in rows.all()),
        "count": rows.count(),
        "search": sorted(
            rows.filter(**{f"{table.words}__icontains": "arb"}).values_list("pk", flat=True)
        ),
        "most": rows.aggregate(most=Max(table.words))["most"],
        "page": sorted(row.pk for row in rows.all().order_by("-pk")[:50]),
        "within": sorted(row.pk for row in rows.all().within_reach()),
        "exists": rows.exists(),
    }


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint of our own that is always rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT asked")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT asked; RELEASE SAVEPOINT asked")


def changed(statement: str, *values: Any) -> list[UUID] | int | None:
    """The rows that a change reaches, or their number, or None when the database refuses it."""
    next(_counted)
    with undone(), connection.cursor() as cursor:
        try:
            cursor.execute(statement, values)
        except DatabaseError:
            return None
        if cursor.description is None:
            return int(cursor.rowcount)
        return sorted(row[0] for row in cursor.fetchall())


def edits(table: Table) -> Any:
    return changed(f"UPDATE {table.name} SET {table.words} = {table.words} RETURNING id")


def blind_edits(table: Table) -> Any:
    """A change that reads no column, so that only the rule of changing stands in its way."""
    return changed(f"UPDATE {table.name} SET {table.blind}")


def disposals(table: Table) -> Any:
    return changed(f"DELETE FROM {table.name} RETURNING id")


def blind_disposals(table: Table) -> Any:
    return changed(f"DELETE FROM {table.name}")


def is_added(table: Table, place: Scope, staff: UUID) -> bool:
    """Whether a new row may be written there."""
    row = Row(NEVER, place, "harbour", 1)
    return changed(table.insert, *table.values([row], [scope(place)], staff)) == 1


def is_moved(table: Table, row: UUID, into: Scope) -> bool:
    """Whether the row may be moved into the scope."""
    number = scope(into)
    statement = f"UPDATE {table.name} SET scope_id = %s WHERE id = %s"
    return changed(statement, number, row) == 1


Asking = Callable[..., Any]
acting = guarded.acting
Instant = datetime | None
