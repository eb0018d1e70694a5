"""The ledger: durable entries, proofs from disk, full verification, in PostgreSQL with fsync.

Entries are whole: canonical bytes, commitments, salts, private part, the record they name, indexes.
The peers are a hash chain in the same database in the same run, where each row holds the hash of the
one before it under an advisory lock: one commit each, and 500 a commit (PostgreSQL does the hashing); all in turns,
the median of three.
Ordinary writes go over 16 connections, each with its entry in its own transaction or without any, in turns of
a second and a half, so that what slows the machine slows both; the median of twelve turns each. They are a note
added by the platform's own operation, under row security, with scope, history and pointer; and, to see the
entry alone, one bare row created by Django. Proofs are read from node files of ten million leaves.
"""

import hashlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench import installed
from bench.measure import Measure
from crossforce.transparency import tree

LEAVES: Final = 10_000_000


def run() -> Iterator[Measure]:
    yield proof()
    yield from installed.measured("ledger")


def proof() -> Measure:
    """Inclusion proofs of random leaves, read from node files of ten million leaves."""
    with tempfile.TemporaryDirectory(prefix="crossforce-bench-") as folder:
        files = tree.NodeFiles(Path(folder))
        edge, chunk = tree.Edge(), 100_000
        for start in range(0, LEAVES, chunk):
            numbers = range(start, start + chunk)
            edge.extend([hashlib.sha256(b"%d" % n).digest() for n in numbers], files.keep)
        wanted = [n * 6_151 % LEAVES for n in range(5_000)]
        times = []
        for index in wanted:
            began = time.perf_counter()
            path = tree.inclusion(files.node, index, LEAVES)
            times.append(time.perf_counter() - began)
            tree.verify_inclusion(files.node(0, index), index, LEAVES, path, edge.root())
        files.close()
    return Measure(
        "inclusion proof from node files, ten million leaves (median)",
        statistics.median(times) * 1e3, "ms", gate=0.1,
    )  # fmt: skip
