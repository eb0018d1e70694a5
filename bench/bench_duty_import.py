"""Imports of duties: one row per shift, for 20,000 staff, under row security, with history, pointers and ledger.

Everything runs on one core: the process pins itself before it starts the database server, so that the
server's backends share that core. fsync is on, as served. The file is read, judged, brought in and kept
by the operation that pages and commands call; then the same file again, and as one with corrections. The peer is
what the same server on the same core can do at most: the rows alone, by COPY into a table without row security,
triggers, history, pointers and ledger, but with the same indexes.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("duty_import", BENCH_ONE_CORE="1")
