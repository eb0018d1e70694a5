"""Records of one person across forces: linked, against Splink with eight ordinary rules, and kept as records come.

A million invented records (BENCH_LINKAGE_RECORDS changes it) of families, with errors that the engine does not know. Splink and ours
run one after the other, each in a process of its own that keeps to both cores; ours has its loops compiled. F1 is of clusters, ours
at its own threshold, Splink's at 0.95. The open sets for comparison are read from the folder that
BENCH_LINKAGE_SETS names; without it that part is left out, and a line says so.
"""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from bench import linkage_sets, linkage_work
from bench.measure import Measure

RECORDS = "BENCH_LINKAGE_RECORDS"
PEER = "Splink, eight rules"


def run() -> Iterator[Measure]:
    number = int(os.environ.get(RECORDS, "1000000"))
    yield from linkage_sets.measures()
    yield from _all_at_once(number)
    yield from _kept(number)


def _all_at_once(number: int) -> Iterator[Measure]:
    ours, theirs = _apart("ours", number), _apart("stock", number)
    said = f"{number:,} records, read to clusters"
    yield Measure(said, ours["seconds"], "s", PEER, theirs["seconds"], gate=3.0, goal=10.0)
    yield Measure("the same, F1", ours["f1"], "", gate=0.95, more_is_better=True)
    yield Measure("the same, F1", ours["f1"], "", PEER, theirs["f1"], more_is_better=True)
    yield Measure("the same, peak memory", ours["gigabytes"], "GB", gate=1.0)
    yield Measure("the same, peak memory", ours["gigabytes"], "GB", PEER, theirs["gigabytes"])


def _kept(number: int) -> Iterator[Measure]:
    found = _apart("standing", number)
    said = f"one new record against {number:,}"
    yield Measure(f"{said}, median", found["median"], "ms", gate=20.0)
    yield Measure(f"{said}, p95", found["p95"], "ms")
    yield Measure(f"{linkage_work.DAY:,} new records at once", found["day"], "s", gate=60.0)


def _apart(work: str, number: int) -> dict[str, float]:
    """The work in a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        found: dict[str, float] = process.submit(getattr(linkage_work, work), number).result()
    return found
