"""The questions of one actor, put to the database as raw SQL through the application role, and by the ORM."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
from django.apps import apps
from django.db import connection
from django.db.models import Max

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import lists
from crossforce.records import queries
from tests.worlds.loading import scope
from tests.worlds.model import Row, Scope
from tests.worlds.tables import Table

Answers = dict[str, Any]
_counted = count()
_names: dict[int, dict[str, str]] = {}
NEVER = UUID(int=0)
WHOLE = lists.Asked({}, "", False, 0, None)
"""A list without a filter, as it is exported."""
UNDONE = "ROLLBACK TO SAVEPOINT asked; RELEASE SAVEPOINT asked"

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
           array(SELECT id FROM {name} WHERE {words} ILIKE '%arb%'),
           array(SELECT id FROM {name} WHERE id = ANY ($1::uuid[])),
           array(SELECT id FROM {name} WHERE 10 / {parts} > 0 ORDER BY id DESC LIMIT 50)
"""
CLOSER_NAMES = ("join", "search", "picked", "page")
ABLE = """
    SELECT a, array(SELECT id FROM unnest($1::uuid[], $2::int[]) r (id, scope)
                     WHERE scope = ANY ((SELECT access_scopes('{kind}', a))::int[])
                        OR id = ANY ((SELECT access_rows('{kind}', a))::uuid[]))
      FROM unnest(ARRAY['task', 'disclose']) a
"""
"""What no policy asks about, but operations do."""
DISPOSED = """
    SAVEPOINT asked; DELETE FROM {name}; SELECT DISTINCT pgh_obj_id FROM {history};
    ROLLBACK TO SAVEPOINT asked; RELEASE SAVEPOINT asked
"""
PAGE = lists.Asked({}, "created_at", True, 0, 50)


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
    (row,) = _rows(_of(CLOSER, table), known)
    return {name: _sorted(value) for name, value in zip(CLOSER_NAMES, row, strict=True)}


def able(table: Table, rows: list[Row]) -> Answers:
    """Which of the rows of a kind the actor may have worked on, or disclose."""
    ids, scopes = [row.id for row in rows], [scope(row.scope) for row in rows]
    return {name: sorted(found) for name, found in _rows(_of(ABLE, table), ids, scopes)}


def _of(statement: str, table: Table) -> str:
    return statement.format(
        kind=table.kind,
        name=table.name,
        words=table.words,
        history=table.history,
        parts=table.parts,
    )


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """By a prepared statement: its plan is kept from one actor and one world to the next."""
    next(_counted)
    name = _prepared(statement)
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXECUTE {name}({', '.join(['%s'] * len(values))})"
            if values
            else f"EXECUTE {name}",
            values,
        )
        return list(cursor.fetchall())


def _prepared(statement: str) -> str:
    """Its name on this connection; what the ORM asks, and every change, is planned each time."""
    known = _names.setdefault(connection.connection.info.backend_pid, {})
    if statement not in known:
        name = f"asked_{len(known)}"
        with connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS {statement}")
        known[statement] = name
    return known[statement]


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
        for row in _rows("SELECT id, may_read FROM records_search($1::text, '{}', 200)", words)
    )


def copied(table: Table) -> list[UUID]:
    """What leaves by COPY, as a dump would take it."""
    next(_counted)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT id FROM {table.name}) TO STDOUT") as out,
    ):
        return sorted(UUID(row[0]) for row in out.rows())


def exported(actor: Any, kind: str) -> list[UUID]:
    """What the platform's own export of a list takes along."""
    return sorted(queries.disclosable(actor, kind, WHOLE)[0])


def listed(actor: Any, kind: str) -> tuple[list[UUID], int]:
    """The rows of a list's first page, and how many it says that there are."""
    found = queries.lines(actor, kind, PAGE)
    return sorted(line.id for line in found.rows), found.total


def opened(actor: Any, row: Row) -> str:
    """What the page of a record comes to, with its history: shown, found, or missing."""
    try:
        shown, _ = queries.history(actor, row.kind, row.id)
    except queries.FoundOnly:
        return "found"
    except Missing:
        return "missing"
    return "shown" if shown.row.pk == row.id else "another"


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


def changed(statement: str, *values: Any) -> list[UUID] | int | None:
    """The rows that a change reaches, or their number, or None when the database refuses it.

    It goes within a savepoint that is always rolled back, in one journey to the database.
    """
    next(_counted)
    with _journey() as cursor:
        try:
            cursor.execute(f"SAVEPOINT asked; {statement}; {UNDONE}".encode(), values)
        except psycopg.Error:
            cursor.execute(UNDONE)
            return None
        cursor.nextset()
        if cursor.description is None:
            return int(cursor.rowcount)
        return sorted(row[0] for row in cursor.fetchall())


def _journey() -> psycopg.ClientCursor[Any]:
    """For several statements at once: a cursor of Django's takes one at a time."""
    connection.ensure_connection()
    opened: Any = connection.connection
    return psycopg.ClientCursor(opened)


def edits(table: Table) -> Any:
    return changed(
        f"UPDATE {table.name} SET {table.words} = {table.words}, {table.blind} RETURNING id"
    )


def blind_edits(table: Table) -> Any:
    """A change that reads no column, so that only the rule of changing stands in its way."""
    return changed(f"UPDATE {table.name} SET {table.blind}")


def disposals(table: Table) -> Any:
    return changed(f"DELETE FROM {table.name} RETURNING id")


def history_after_disposal(table: Table) -> list[UUID]:
    """Whose history is left when everything that may be disposed of has been."""
    next(_counted)
    with _journey() as cursor:
        cursor.execute(_of(DISPOSED, table).encode())
        cursor.nextset()
        cursor.nextset()
        return sorted(row[0] for row in cursor.fetchall())


def blind_disposals(table: Table) -> Any:
    return changed(f"DELETE FROM {table.name}")


def is_added(table: Table, place: Scope, staff: UUID) -> bool:
    """Whether a new row may be written there."""
    row = Row(NEVER, place, "harbour", 1)
    return changed(table.insert, *table.values([row], [scope(place)], staff)) == 1


def is_moved(table: Table, row: UUID, into: Scope) -> bool:
    """Whether the row may be moved into the scope."""
    number = scope(into)
    statement = f"UPDATE {table.name} SET scope_id = %s, {table.blind} WHERE id = %s"
    return changed(statement, number, row) == 1


Asking = Callable[..., Any]
acting = guarded.acting
Instant = datetime | None
