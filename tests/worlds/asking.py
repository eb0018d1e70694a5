"""The questions of one actor, put to the database as raw SQL through the application role, and by the ORM."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Count, Max

from crossforce.kernel import guarded
from tests.worlds.loading import scope
from tests.worlds.model import Row, Scope
from tests.worlds.tables import Table

Answers = dict[str, Any]
SEARCHED = "%arb%"
NEVER = UUID(int=0)

READ = """
    SELECT '{kind}', array(SELECT id FROM {name}), (SELECT count(*) FROM {name}),
           (SELECT coalesce(sum({parts}), 0) FROM {name}),
           array(SELECT one.id::text || other.id::text FROM {name} one JOIN {name} other USING ({words})
                  WHERE one.id < other.id),
           array(SELECT id FROM {name} WHERE {words} ILIKE %(searched)s),
           array(SELECT DISTINCT pgh_obj_id FROM {history}),
           array(SELECT id FROM {name} WHERE id = ANY (%(known)s)),
           array(SELECT id FROM records_pointer WHERE kind = '{kind}')
"""
NAMES = ("read", "count", "aggregate", "join", "search", "history", "picked", "find")


def by_sql(tables: Mapping[str, Table], known: list[UUID]) -> dict[tuple[str, str], Any]:
    """Every reading question about every kind, in one statement; the key is question and kind."""
    asked = " UNION ALL ".join(
        READ.format(
            kind=each.kind,
            name=each.name,
            words=each.words,
            history=each.history,
            parts=each.parts,
        )
        for each in tables.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, {"searched": SEARCHED, "known": known})
        return {
            (name, row[0]): sorted(found) if isinstance(found, list) else found
            for row in cursor.fetchall()
            for name, found in zip(NAMES, row[1:], strict=True)
        }


def links() -> list[UUID]:
    """Every link, whatever its ends."""
    return _column("SELECT id FROM records_link")


def found_by_words(words: str) -> list[tuple[UUID, bool]]:
    """What a search across all kinds finds, and whether it says that it may be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, may_read FROM records_search(%s, '{}', 200)", [words])
        return sorted(cursor.fetchall())


def _column(statement: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return sorted(row[0] for row in cursor.fetchall())


def by_orm(table: Table) -> Answers:
    """The same by the ORM, with no filter but what is asked."""
    rows: Any = apps.get_model(table.model).objects
    return {
        "read": sorted(row.pk for row in rows.all()),
        "count": rows.count(),
        "search": sorted(
            rows.filter(**{f"{table.words}__icontains": "arb"}).values_list("pk", flat=True)
        ),
        "aggregate": rows.aggregate(most=Max(table.words), n=Count("pk")),
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
