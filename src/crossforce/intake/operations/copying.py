"""Rows on their way in, through temporary tables of this connection alone.

COPY is refused under row security, so a file goes into tables that a service's own functions make and drop as the
owner; from there everything happens in the database while whoever sent it acts, so that the policies decide about
each row.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def copied(statement: str, pieces: Iterable[str]) -> None:
    """Fill a table by a COPY statement."""
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as raw,
        raw.copy(statement) as copy,
        _without_collecting(),
    ):
        for piece in pieces:
            copy.write(piece)


def put(statement: str, rows: list[tuple[Any, ...]]) -> None:
    """Put a few rows in."""
    with connection.wrap_database_errors, connection.connection.cursor() as raw:
        raw.executemany(statement, rows)


def asked(statement: str, given: Any = ()) -> list[tuple[Any, ...]]:
    """What a statement on the temporary tables answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def streamed(statement: str) -> Iterator[tuple[Any, ...]]:
    """The same, when it may be much: row by row, and never all of it here."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        yield from cursor


def done(statement: str, given: Any = ()) -> None:
    """A statement that changes the temporary tables."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def cleared(statement: str) -> None:
    """The tables are taken away; a transaction that has failed does so by itself."""
    if not connection.needs_rollback:
        done(statement)


def written_soon() -> None:
    """The transaction is committed without waiting for the disk, with what comes after it.

    Whatever is committed later and waited for, such as the end of what is brought in or the ledger's entry about
    anybody's look at these rows, is on the disk after them: nobody has seen what a power cut takes away, and it is
    brought in again when the file goes on.
    """
    done("SET LOCAL synchronous_commit TO off")


def waited_for() -> None:
    """What is committed from here on is waited for again, where the transaction of what was written goes on."""
    if connection.in_atomic_block:
        done("SET LOCAL synchronous_commit TO DEFAULT")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows make no cycles; looking for some again and again would take a third of the time of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
