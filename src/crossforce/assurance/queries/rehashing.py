"""Every stored entry hashed anew and every part of the tree built anew, by a process for each core.

This process is one of them: it works while the others begin. Each sees the snapshot that is exported to it, and takes
entries by their place on disk, and leaves by their place in the tree, some thousands at a time; what it answers is
small, however long the log is.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Any, Final

import numpy as np
import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import OperationalError
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

from crossforce.assurance.queries import hashing, snapshots
from crossforce.assurance.queries.tallies import IDENTIFIER, Tallies, Tally
from crossforce.ledger import api as ledger
from crossforce.transparency import checkpoint
from crossforce.transparency.checkpoint import Key, NotACheckpoint, NotSigned
from crossforce.transparency.tree import subtrees

PAGES: Final = 800
"""Pages of the table that are one piece of work."""
JOINED: Final = 40
"""Pages whose entries come joined: they stay in the cache of a core."""
LONG: Final = 1 << 13
"""Pages where an entry is longer come row by row."""
PLACES: Final = 1 << 12
"""Places in the tree that are fetched at a time: a whole subtree, so that little is left to be joined."""
STRETCHES: Final = 4
"""So many times as many are one piece of work."""
CHUNK: Final = 256
"""Rows that are taken in at a time where entries come by themselves: even the longest stay in memory."""
AHEAD: Final = 2
"""Pieces of work that another process is given at a time: one that it does, and one that waits for it."""
SMALLEST: Final = 64
"""No leaf takes fewer bytes on disk: that bounds how many there can be, whatever a checkpoint says."""
FIRST, LAST = -(1 << 62), 1 << 62
LAST_PAGE: Final = (1 << 32) - 1
NOBODY: Final = bytes(IDENTIFIER)
"""In place of an identifier that is not there."""

EXTENT: Final = """
SELECT (pg_relation_size('ledger_entry') / current_setting('block_size')::int)::int,
  least((SELECT max(size) FROM ledger_checkpoint), pg_relation_size('ledger_leaf') / %s)
"""
# Entries are JSON, which has no zero byte: joined by such bytes they come apart again as they were. A body that has
# some all the same adds parts, and so does what stands here for one that is long or is not there: no two entries can
# pass for two others, because then there are more parts than entries, and the pages are read row by row.
ENTRIES: Final = """
SELECT first, beyond, joined.* FROM (
    SELECT format('(%s,0)', page) AS first,
      format('(%s,0)', CASE WHEN page + $3 < $2 THEN page + $3 ELSE $4::bigint END) AS beyond
    FROM generate_series($1::bigint, $2::bigint - 1, $3::bigint) AS page) AS pages, LATERAL (
    SELECT string_agg(uuid_send(id), ''),
      string_agg(CASE WHEN length(body) <= $5::int THEN body ELSE '\\x0000' END, '\\x00')
    FROM ledger_entry WHERE ctid >= first::tid AND ctid < beyond::tid OFFSET 0) AS joined
"""
BY_THEMSELVES: Final = """
SELECT id, body FROM ledger_entry WHERE ctid >= $1::tid AND ctid < $2::tid
"""
LEAVES: Final = """
SELECT (SELECT coalesce(string_agg(uuid_send(entry) || int8send(index) || CASE WHEN length(leaf_hash) = 32
    THEN leaf_hash ELSE decode(repeat('00', 32), 'hex') END, ''), '')
  FROM (SELECT * FROM ledger_leaf WHERE index >= place AND index < place + $3 ORDER BY index) AS stretch)
  FROM generate_series($1::bigint, $2::bigint - 1, $3::bigint) AS place
"""
LEAF: Final = np.dtype([("entry", "V16"), ("index", ">i8"), ("hash", "V32")])
CHECKPOINTS: Final = """
SELECT size, root, note FROM ledger_checkpoint WHERE size > %s AND size <= %s ORDER BY size
"""

Parts = Sequence[tuple[int, bytes]]
"""Whole subtrees, level and root, from left to right."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A checkpoint: what is wrong with its note, and the tree from the one before it to its own end."""

    size: int
    root: bytes
    wrong: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some places of the tree: what follows without a gap, to the end if it is whole."""

    tally: Tally
    is_whole: bool
    checkpoints: Sequence[Covered]
    rest: Parts


@dataclass(frozen=True, slots=True)
class Process:
    """What a process holds: a connection of its own, what it tallies with, the log's public keys."""

    beside: BaseDatabaseWrapper
    cursor: psycopg.Cursor[Any]
    database: PGconn
    tallies: Tallies
    keys: Sequence[Key]
    prepared: dict[str, bytes] = field(default_factory=dict)


Found = Tally | list[Stretch]
"""What comes of a piece of work: the tally of entries, or stretches of the tree."""

Do = Callable[[Process, int, int], Found]
Given = tuple[str, bytes, Sequence[Key]]
"""The name of the snapshot, the key of the tallies, the log's public keys."""
_here: list[Process] = []


@contextmanager
def pieces(cursor: Any, key: bytes) -> Iterator[tuple[int, Iterator[Found]]]:
    """How many pieces of work the cursor's snapshot is, and what comes of them: first the tree, in order."""
    cursor.execute(EXTENT, [SMALLEST])
    pages, places = cursor.fetchone()
    work = [
        *_cut(_stretches, FIRST, places or 0, PLACES * STRETCHES),
        *_cut(_entries, 0, pages, PAGES),
    ]
    given = (snapshots.exported(cursor), key, ledger.public_keys())
    others, forking = snapshots.cores() - 1, multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(others, forking, _begin, given) if others else None
    done = _done(pool, work, others * AHEAD, given)
    is_done = False
    try:
        with closing(done):
            yield len(work), done
        is_done = True
    finally:
        if pool:  # what is done goes by itself
            pool.shutdown(wait=not is_done, cancel_futures=True)


def _cut(do: Do, first: int, end: int, step: int) -> Iterator[tuple[Do, int, int]]:
    bounds = [first, *range(step, end, step), LAST]
    return ((do, low, high) for low, high in pairwise(bounds))


def _done(
    pool: ProcessPoolExecutor | None,
    work: Sequence[tuple[Do, int, int]],
    ahead: int,
    given: Given,
) -> Generator[Found]:
    """What comes of the work, in its order. The others are kept busy; what they cannot take yet is done here."""
    here, busy, waiting = None, list[Future[Found]](), deque[Future[Found]]()
    try:
        for do, low, high in work:
            busy = [each for each in busy if not each.done()]
            if pool and len(busy) < ahead:
                found = pool.submit(_in_another, do, low, high)
                busy.append(found)
            else:
                here = here or _opened(*given)
                found = Future()
                found.set_result(do(here, low, high))
            waiting.append(found)
            while waiting and waiting[0].done():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        if here:
            here.beside.close()


def _begin(*given: Any) -> None:
    """In a new process: a connection of its own, never the one that it was born with."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # whoever began it ends it
    threading.Thread(target=_follow, daemon=True).start()
    gc.disable()
    _here[:] = [_opened(*given)]


def _opened(snapshot: str, key: bytes, keys: Sequence[Key]) -> Process:
    beside = snapshots.attached(snapshot)
    raw: psycopg.Connection[Any] = beside.connection
    return Process(beside, psycopg.Cursor(raw), raw.pgconn, Tallies(key), keys)


def _in_another(do: Do, low: int, high: int) -> Found:
    (here,) = _here
    return do(here, low, high)


def _follow() -> None:
    """No process outlives the one that began it, however that ended."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _entries(here: Process, low: int, high: int) -> Tally:
    """The tally of the entries of some pages, hashed anew."""
    end = min(high, LAST_PAGE)
    identifiers, hashes, apart = [], [], []
    for found in _asked(here, ENTRIES, 1, low, min(end, low + PAGES), JOINED, end, LONG):
        ids, bodies = found.get_value(0, 2) or b"", found.get_value(0, 3)
        if bodies is None:
            continue
        leaves = hashing.joined_leaves(bodies, len(ids) // IDENTIFIER)
        if leaves is None:
            apart.append([str(found.get_value(0, n) or b"", "ascii") for n in (0, 1)])
        else:
            identifiers.append(ids)
            hashes.append(leaves)
    for pages in apart:
        for ids, leaves in _by_themselves(here, *pages):
            identifiers.append(ids)
            hashes.append(leaves)
    return here.tallies.of(b"".join(identifiers), b"".join(hashes))


def _by_themselves(here: Process, first: str, beyond: str) -> Iterator[tuple[bytes, bytes]]:
    """The entries of pages where one is long, or is no text that an entry may be: row by row."""
    for found in _asked(here, BY_THEMSELVES, CHUNK, first, beyond):
        value, rows = found.get_value, range(found.ntuples)
        identifiers = [each or NOBODY for each in map(value, rows, repeat(0))]
        bodies = [each or b"" for each in map(value, rows, repeat(1))]
        yield b"".join(identifiers), hashing.leaves(bodies)


def _asked(here: Process, sql: str, rows: int, *given: object) -> Iterator[PGresult]:
    """So many rows at a time as they come from the database: made into objects of Python they take twice as long."""
    if sql not in here.prepared:
        here.prepared[sql] = b"%d" % len(here.prepared)
        here.database.prepare(here.prepared[sql], sql.encode())
    words = [str(each).encode() for each in given]
    here.database.send_query_prepared(here.prepared[sql], words, result_format=Format.BINARY)
    here.database.set_chunked_rows_mode(rows)
    while found := here.database.get_result():
        if found.status not in (ExecStatus.TUPLES_CHUNK, ExecStatus.TUPLES_OK):
            raise OperationalError(found.get_error_message())
        if found.ntuples:
            yield found


def _stretches(here: Process, low: int, high: int) -> list[Stretch]:
    """What stands at some places; the first and last look after checkpoints that lie before and beyond."""
    start = max(low, 0)
    within = range(start, min(high, start + PLACES * STRETCHES), PLACES)
    noted = deque(here.cursor.execute(CHECKPOINTS, [low, high]).fetchall())
    asked, stretches = _asked(here, LEAVES, 1, start, within[-1] + 1, PLACES), []
    for found, (first, end) in zip(asked, pairwise([start, *within[1:], high]), strict=True):
        ending = []
        while noted and noted[0][0] <= end:
            ending.append(noted.popleft())
        stretches.append(_stretch(here, first, found.get_value(0, 0) or b"", ending))
    return stretches


def _stretch(
    here: Process, first: int, data: bytes, ending: Sequence[tuple[int, bytes, str]]
) -> Stretch:
    """What stands at places from the first on, and the checkpoints that end among them."""
    rows = np.frombuffer(data, LEAF)
    missed = np.flatnonzero(rows["index"] != np.arange(first, first + len(rows)))
    follows = int(missed[0]) if len(missed) else len(rows)
    leaves, at, covered = rows["hash"][:follows].tolist(), first, []
    for size, root, note in ending:
        parts = subtrees(at, leaves[at - first : max(size - first, 0)], hashing.parents)
        covered.append(Covered(size, root, _wrong(size, root, note, here.keys), parts))
        at = max(at, min(size, first + follows))
    rest = subtrees(at, leaves[at - first :], hashing.parents)
    tally = here.tallies.of(rows["entry"].tobytes(), rows["hash"].tobytes())
    return Stretch(tally, not len(missed), covered, rest)


def _wrong(size: int, root: bytes, text: str, keys: Sequence[Key]) -> str:
    """The note says what the row says, and the log signed it; a key two rotations old is not known."""
    try:
        note = checkpoint.parse(text)
        if (note.checkpoint.size, note.checkpoint.root) != (size, root):
            return f"the checkpoint of {size} is not the one that was signed"
        known = {key.id: key for key in keys}
        for key in [known[each.id] for each in note.signatures if each.id in known]:
            note.signed_by(key)
    except NotACheckpoint as fault:
        return f"the checkpoint of {size} cannot be read: {fault}"
    except NotSigned as fault:
        return f"the checkpoint of {size}: {fault}"
    return ""
