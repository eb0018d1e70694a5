"""Every stored entry hashed anew, by a process for each core, and paired with the leaves of the tree.

Each process sees the snapshot that is exported to it, and is given stretches of the table by place.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import numpy as np
import psycopg
from django.db import connection
from psycopg import sql
from psycopg.pq import Format

from crossforce.assurance.queries.beside import SNAPSHOT

PROCESSES: Final = 2
PAGES: Final = 100
"""Pages of the table that are hashed at a time."""
LONG: Final = 50_000
"""An entry of so many bytes is fetched by itself."""
PENDING: Final = 40_000
ID: Final = 16
ENTRY, LEAF = 0, 1

EXTENT: Final = """
SELECT (pg_relation_size('ledger_entry') / current_setting('block_size')::int)::int, pg_export_snapshot()
"""
STRETCH: Final = """
SELECT id, CASE WHEN length(body) < %s THEN body END
  FROM ledger_entry WHERE ctid >= %s::tid AND ctid < %s::tid
"""

Hashed = tuple[bytes, bytes]
"""Identifiers and leaf hashes, each joined, in the same order."""

_beside: list[psycopg.Cursor[Any]] = []


@contextmanager
def entries(cursor: Any) -> Iterator[Iterator[Hashed]]:
    """Every entry of the cursor's snapshot, hashed anew."""
    cursor.execute(EXTENT)
    pages, snapshot = cursor.fetchone()
    places = [*range(0, pages, PAGES), (1 << 32) - 1]
    forking = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, forking, _begin, (snapshot,)) as pool:
        yield pool.map(_stretch, places, places[1:])


def _begin(snapshot: str) -> None:
    """In a new process: a connection of its own, never the one that it was born with."""
    beside = connection.copy()
    beside.set_autocommit(False)
    cursor = psycopg.Cursor(beside.connection)
    cursor.execute(SNAPSHOT)
    cursor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(snapshot))
    cursor.format = Format.BINARY
    _beside[:] = [cursor]


def _stretch(low: int, high: int) -> Hashed:
    """Values as they come from the database: made into objects of Python they take twice as long."""
    (cursor,) = _beside
    cursor.execute(STRETCH, [LONG, f"({low},0)", f"({high},0)"])
    found: Any = cursor.pgresult
    value, rows = found.get_value, range(found.ntuples)
    identifiers = [value(row, 0) for row in rows]
    hashes = [
        sha256(b"\0" + (value(row, 1) or _alone(cursor, identifiers[row]))).digest()
        for row in rows
    ]
    return b"".join(identifiers), b"".join(hashes)


def _alone(cursor: psycopg.Cursor[Any], identifier: bytes) -> bytes:
    cursor.execute("SELECT body FROM ledger_entry WHERE id = %s", [UUID(bytes=identifier)])
    (body,) = cursor.fetchone() or (None,)
    return bytes(body or b"")


class Pairing:
    """Pairs each entry with its leaf as both come by, in whatever order; keeps what has no partner yet."""

    def __init__(self) -> None:
        self._rows = np.empty((0, 7), np.uint64)
        self._fresh: list[Any] = []
        self.ahead = 0
        """How many more entries than leaves have come by."""

    def add(self, side: int, identifiers: bytes, hashes: bytes) -> None:
        """Rows of one side; identifier and hash are two and four of the seven words of a row."""
        count = len(identifiers) // ID
        rows = np.empty((count, 7), np.uint64)
        rows[:, :2] = np.frombuffer(identifiers, np.uint64).reshape(-1, 2)
        rows[:, 2:6] = np.frombuffer(hashes, np.uint64).reshape(-1, 4)
        rows[:, 6] = side
        self._fresh.append(rows)
        self.ahead += count if side == ENTRY else -count
        if sum(map(len, self._fresh)) > PENDING:
            self._pair()

    def left(self) -> tuple[list[UUID], list[UUID]]:
        """Entries without their leaf, and leaves without their entry."""
        self._pair()
        sides = [self._rows[self._rows[:, 6] == side] for side in (ENTRY, LEAF)]
        entries, leaves = ([UUID(bytes=row[:2].tobytes()) for row in side] for side in sides)
        return entries, leaves

    def _pair(self) -> None:
        """Those alike are neighbours by the random half of their identifiers; of three, one is left."""
        rows = np.concatenate([self._rows, *self._fresh])
        order = np.argsort(rows[:, 1].copy())
        near = np.flatnonzero(rows[order[1:], 1] == rows[order[:-1], 1])
        one, other = rows[order[near]], rows[order[near + 1]]
        near = near[(one[:, :6] == other[:, :6]).all(axis=1) & (one[:, 6] != other[:, 6])]
        near = near[np.diff(near, prepend=-2) > 1]
        kept = np.ones(len(rows), bool)
        kept[order[near]] = kept[order[near + 1]] = False
        self._rows, self._fresh = rows[kept], []
