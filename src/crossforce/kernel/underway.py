"""A statement that the server works on while its process works on something else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import psycopg
from django.db import connections
from psycopg.adapt import PyFormat, Transformer

from crossforce.kernel import journeys, statements

Answer = Callable[[], list[tuple[Any, ...]]]
"""Waits for the rows, once."""


@contextmanager
def begun(statement: str, given: Sequence[Any]) -> Iterator[Answer]:
    """The statement is sent; until its answer is fetched, or the block ends, nothing else can be asked.

    Within a transaction, of which the server works out one statement at a time.
    """
    connection: Any = connections["default"]
    opened = connection.connection
    if opened is None or not journeys.is_within(opened):
        raise psycopg.InterfaceError("a statement is begun within a transaction")
    if held := journeys.held(opened):
        journeys.say(opened, held)
    values, began = Transformer(opened), perf_counter()

    def answer() -> list[tuple[Any, ...]]:
        with connection.wrap_database_errors:
            result = journeys.sound(opened.pgconn, journeys.one(opened.pgconn))
        values.set_pgresult(result)
        if connection.queries_logged:
            took = f"{perf_counter() - began:.3f}"
            connection.queries_log.append({"sql": statement, "time": took})
        return values.load_rows(0, result.ntuples, tuple)

    bound = values.dump_sequence(given, [PyFormat.AUTO] * len(given))
    sent = statements.numbered(statement.encode())
    opened.pgconn.send_query_params(sent, bound, values.types, values.formats)
    opened.pgconn.flush()
    try:
        yield answer
    finally:
        while opened.pgconn.get_result() is not None:
            pass
