"""Records of one person across forces: linked, against Splink in the same run, and kept as records come.

First the open sets of people, for how well it links: pairs of records that stand in one cluster, their precision, recall and F1, and
the curve over the threshold; beside each Splink with the defaults of its library. `linkage_sets.py` says where they are read from;
where they are not, a line says so. Then a million invented records (BENCH_LINKAGE_RECORDS), with errors that the engine does not know,
against Splink with eight ordinary rules: ours at its own threshold, Splink's at 0.95. Then one record after another against ten
million that stand linked (BENCH_LINKAGE_STANDING): the million over and over, of other years and postcodes. Everything runs in
a process of its own, one after the other, so that its memory is its own; ours has its loops compiled.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bench import installed, linkage_lives, linkage_sets, linkage_work
from bench.measure import Measure

RECORDS = "BENCH_LINKAGE_RECORDS"
STANDING = "BENCH_LINKAGE_STANDING"
LIVES = "BENCH_LINKAGE_LIVES"
PEER = "Splink, eight rules"
FIRST = "what each says first"
Answer = TypeVar("Answer")


def run() -> Iterator[Measure]:
    number = int(os.environ.get(RECORDS, "1000000"))
    against = int(os.environ.get(STANDING, "10000000"))
    yield from _sets()
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "people.arrow")
        _apart(linkage_work.laid_down, file, number)
        yield from _all_at_once(file, number)
        yield from _kept(file, number, against)
        yield from _lives(folder, os.environ.get(LIVES, "20000"))


def _sets() -> Iterator[Measure]:
    folder = linkage_sets.folder()
    if folder is None:
        yield linkage_sets.missing()
        return
    found = _apart(linkage_sets.compared, folder)
    for which, (ours, theirs) in zip(linkage_sets.SETS, found, strict=True):
        yield from linkage_sets.measures(which, ours, theirs)


def _all_at_once(file: str, number: int) -> Iterator[Measure]:
    ours = _apart(linkage_work.ours, file, number)
    theirs = _apart(linkage_work.stock, file, number)
    said = f"{number:,} records, read to clusters"
    yield Measure(said, ours["seconds"], "s", PEER, theirs["seconds"], gate=3.0, goal=10.0)
    yield Measure("the same, F1", ours["f1"], "", gate=0.95, more_is_better=True)
    for what, name in (("F1", "f1"), ("precision", "precision"), ("recall", "recall")):
        yield Measure(
            f"the same, {what}", ours[name], "", PEER, theirs[name], more_is_better=True
        )
    yield Measure("the same, peak memory", ours["gigabytes"], "GB", gate=1.0)
    yield Measure("the same, peak memory", ours["gigabytes"], "GB", PEER, theirs["gigabytes"])


def _kept(file: str, number: int, against: int) -> Iterator[Measure]:
    found = _apart(linkage_work.standing, file, number, against)
    yield Measure(f"{against:,} records, read, linked and standing", found["ready"], "s")
    said = f"one new record against {against:,}"
    yield Measure(f"{said}, median", found["median"], "ms", gate=20.0)
    yield Measure(f"{said}, p95", found["p95"], "ms")
    yield Measure(f"{linkage_work.DAY:,} new records at once", found["day"], "s", gate=60.0)
    yield Measure("the same, peak memory", found["gigabytes"], "GB")


def _lives(folder: str, lives: str) -> Iterator[Measure]:
    files = [str(Path(folder) / name) for name in ("first.arrow", "besides.arrow")]
    with installed.installation() as made:
        number = made.inside("linkage_lives", "laid_down", *files, lives)
    ours, theirs = (
        _apart(work, *files) for work in (linkage_lives.whole, linkage_lives.by_first)
    )
    several = f"{ours['several']:.0%} of them say something besides"
    said = f"{number:,} records of {int(lives):,} lives, twelve columns, {several}; read to clusters"
    yield Measure(said, ours["seconds"], "s")
    yield Measure("the same, peak memory", ours["gigabytes"], "GB", gate=1.0)
    for what, name in (("precision", "precision"), ("recall", "recall"), ("F1", "f1")):
        told = f"the same, pairs that are proposed, {what}"
        yield Measure(told, ours[name], "", FIRST, theirs[name], more_is_better=True)
        yield Measure(told, ours[name], "", gate=0.95, more_is_better=True)
    yield Measure(
        "the same, clusters, F1", ours["clusters"], "", gate=0.95, more_is_better=True
    )
    found = _apart(linkage_lives.standing, *files)
    said = f"one of them, new, against {found['known']:,.0f}"
    yield Measure(f"{said}, median", found["median"], "ms", gate=20.0)
    yield Measure(f"{said}, p95", found["p95"], "ms")
    yield Measure(f"{linkage_lives.DAY:,} of them at once", found["day"], "s")
    yield Measure("clusters that linking all at once has otherwise", found["apart"], "", gate=0)


def _apart(work: Callable[..., Answer], *given: Any) -> Answer:
    """The work in a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(work, *given).result()
