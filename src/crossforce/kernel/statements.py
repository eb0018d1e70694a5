"""Single statements on the request's connection, bound by the server: a fifth of what a cursor of Django costs.

For what every page asks. Nothing is prepared under a name, so that a pooler may stand between.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection as opened

connection: Any = opened


def rows(statement: bytes, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows that the statement answers with."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return _rows(statement, given)


def first_of_request(statement: bytes, given: Sequence[Any]) -> list[tuple[Any, ...]] | None:
    """The same for the first statement of a request, which also tells whether the connection is sound.

    None where it is not: whoever asks next has it made anew.
    """
    connection.ensure_connection()
    if connection.in_atomic_block or connection.health_check_done:
        return rows(statement, given)
    try:
        found = _rows(statement, given)
    except psycopg.OperationalError:
        return None
    connection.health_check_done = True
    return found


def _rows(statement: bytes, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    began = perf_counter()
    with psycopg.Cursor(connection.connection) as cursor:
        found = cursor.execute(statement, given, binary=True).fetchall()
    if connection.queries_logged:
        took = f"{perf_counter() - began:.3f}"
        connection.queries_log.append({"sql": statement.decode(), "time": took})
    return found
