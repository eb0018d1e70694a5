"""Empty the tables that a test filled, append-only ones too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg
from django.apps import apps
from psycopg import sql

from crossforce.kernel import postgres_roles
from crossforce.kernel.postgres_roles import Login

KEPT: Final = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
}
MODES: Final[dict[str, LiteralString]] = {
    "O": "ENABLE",
    "A": "ENABLE ALWAYS",
    "R": "ENABLE REPLICA",
}

ATTEMPTS: Final = 5
ALWAYS: Final = """
    SELECT c.relname::text, t.tgname::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgenabled = 'A'"""
"""Triggers that fire whatever a session is set to."""


def empty(login: Login) -> None:
    """Only tables with rows are touched, so that an untouched database costs one query.

    The administrator of a server takes the rows out, which costs less than new files for every table
    and index; without one the owner of the tables truncates them. Whoever still writes there ends first.
    """
    for _ in range(ATTEMPTS):
        try:
            _empty(login)
        except (
            psycopg.errors.DeadlockDetected
        ):  # with a writer that holds the one and wants the other
            continue
        return
    _empty(login)


def _empty(login: Login) -> None:
    with login.connect() as connection:
        installed = installed_rows()
        filled = set(tables_with_rows(connection))
        if postgres_roles.is_superuser(connection):
            with without_triggers(connection, filled):
                _lock(connection, filled)
                for table in sorted(filled):
                    _delete(connection, table, but=installed.get(table))
            return
        for table, kept in installed.items():
            _delete(connection, table, but=kept)
        _truncate(connection, filled - set(installed))


def _delete(
    connection: psycopg.Connection[tuple[Any, ...]], table: str, *, but: LiteralString | None
) -> None:
    statement = sql.SQL("DELETE FROM {} WHERE NOT ({})").format(
        sql.Identifier(table), sql.SQL(but or "false")
    )
    connection.execute(statement)


def _lock(connection: psycopg.Connection[tuple[Any, ...]], tables: set[str]) -> None:
    """Wait for whatever still writes there, as TRUNCATE would."""
    if tables:
        names = sql.SQL(", ").join(sql.Identifier(name) for name in sorted(tables))
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(names))


def _truncate(connection: psycopg.Connection[tuple[Any, ...]], tables: set[str]) -> None:
    if not tables:
        return
    triggers = truncate_triggers(connection)
    for table, trigger, _ in triggers:
        _alter(connection, "DISABLE", table, trigger)
    names = sql.SQL(", ").join(sql.Identifier(name) for name in sorted(tables))
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
    for table, trigger, mode in triggers:
        _alter(connection, MODES[mode], table, trigger)


@contextmanager
def without_triggers(
    connection: psycopg.Connection[tuple[Any, ...]], tables: set[str]
) -> Iterator[None]:
    """Inside, and until the transaction ends, no trigger and no foreign key has a say: for an administrator."""
    connection.execute("SET LOCAL session_replication_role = replica")
    found = [row for row in connection.execute(ALWAYS).fetchall() if row[0] in tables]
    for table, trigger in found:
        _alter(connection, "DISABLE", table, trigger)
    yield
    for table, trigger in found:
        _alter(connection, "ENABLE ALWAYS", table, trigger)


def installed_rows() -> dict[str, LiteralString]:
    """Tables that `migrate` itself fills, with the condition of the rows that it writes."""
    marked = {
        model._meta.db_table: getattr(model, "installed", None) for model in apps.get_models()
    }
    return {table: kept for table, kept in marked.items() if kept}


def tables_with_rows(connection: psycopg.Connection[tuple[Any, ...]]) -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    names = sorted({row[0] for row in rows} - KEPT)
    if not names:
        return []
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {name} WHERE EXISTS (SELECT 1 FROM {table})").format(
            name=sql.Literal(name), table=sql.Identifier(name)
        )
        for name in names
    )
    return [row[0] for row in connection.execute(asked).fetchall()]


def truncate_triggers(
    connection: psycopg.Connection[tuple[Any, ...]],
) -> list[tuple[str, str, str]]:
    """Enabled triggers against TRUNCATE: (table, trigger, mode)."""
    rows = connection.execute(
        """
        SELECT c.relname, t.tgname, t.tgenabled::text
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgenabled <> 'D'
          AND (t.tgtype & 32) <> 0
        """
    ).fetchall()
    return [(table, trigger, mode) for table, trigger, mode in rows]


def _alter(
    connection: psycopg.Connection[tuple[Any, ...]],
    verb: LiteralString,
    table: str,
    trigger: str,
) -> None:
    statement = sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(
        sql.Identifier(table), sql.SQL(verb), sql.Identifier(trigger)
    )
    connection.execute(statement)
