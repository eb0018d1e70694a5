"""Single statements on the request's connection, bound by the server: a fifth of what a cursor of Django costs.

For what every page asks. Plans are kept under a name on our own server only (kernel.postgres), so that
a pooler may stand between.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import psycopg
from django.db import connections
from psycopg.pq import ExecStatus, TransactionStatus


def rows(
    statement: bytes, given: Sequence[Any] = (), *, keeps_plan: bool = False
) -> list[tuple[Any, ...]]:
    """All rows that the statement answers with.

    `keeps_plan` where one plan serves whatever is given: then it is planned once on a connection.
    """
    connection: Any = connections["default"]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return _rows(connection, statement, given, None if keeps_plan else False)


def texts(statement: bytes, given: Sequence[str | None] = ()) -> list[tuple[str | None, ...]]:
    """The same with texts in and texts out, straight to the library of PostgreSQL: half the time again."""
    connection: Any = connections["default"]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    opened = connection.connection
    began = perf_counter()
    values = [None if each is None else each.encode() for each in given]
    with connection.wrap_database_errors:
        _begin(opened)
        result = opened.pgconn.exec_params(statement, values)
        if result.status != ExecStatus.TUPLES_OK:
            raise psycopg.errors.error_from_result(result)
    if connection.queries_logged:
        _log(connection, statement, began)
    columns = range(result.nfields)
    return [
        tuple(_text(result.get_value(row, column)) for column in columns)
        for row in range(result.ntuples)
    ]


def answers(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    """All rows that a function of the database answers with, by a cursor of Django."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def answer(statement: str, *given: Any) -> Any:
    """The one value that a function of the database answers."""
    ((found,),) = answers(statement, *given)
    return found


def _begin(opened: Any) -> None:
    """What the driver does before the first statement of a transaction, which may be one of these."""
    if opened.autocommit or opened.pgconn.transaction_status != TransactionStatus.IDLE:
        return
    if any(each is not None for each in (opened.isolation_level, opened.read_only)):
        rows(b"SELECT 1")  # begins as it is told to
        return
    result = opened.pgconn.exec_(b"BEGIN")
    if result.status != ExecStatus.COMMAND_OK:
        raise psycopg.errors.error_from_result(result)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def first_of_request(statement: bytes, given: Sequence[Any]) -> list[tuple[Any, ...]] | None:
    """The same for the first statement of a request, which also tells whether the connection is sound.

    None where it is not: whoever asks next has it made anew.
    """
    connection: Any = connections["default"]
    connection.ensure_connection()
    if connection.in_atomic_block or connection.health_check_done:
        return rows(statement, given, keeps_plan=True)
    try:
        found = _rows(connection, statement, given, None)
    except psycopg.OperationalError:
        return None
    connection.health_check_done = True
    return found


def _rows(
    connection: Any, statement: bytes, given: Sequence[Any], prepare: bool | None
) -> list[tuple[Any, ...]]:
    began = perf_counter()
    with psycopg.Cursor(connection.connection) as cursor:
        found = cursor.execute(statement, given, prepare=prepare, binary=True).fetchall()
    if connection.queries_logged:
        _log(connection, statement, began)
    return found


def _log(connection: Any, statement: bytes, began: float) -> None:
    took = f"{perf_counter() - began:.3f}"
    connection.queries_log.append({"sql": statement.decode(), "time": took})
