"""Ten million people searched as officers ask, with a scope test on every candidate, against pg_trgm and tantivy.

Queries of eight kinds of error about people drawn at random; a query is answered when a record of that person is among
the first twenty. Without a date they bring a middle name, if there is one, or also an age within four years. Each engine
answers alone on one core, the peers without any scope test and, being slow, a share of the queries. `NAMES=` draws real
names, `RECORDS=` another number of records; tantivy is left out where it is not installed.
"""

import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

import numpy as np

from bench.installed import installation
from bench.measure import Measure, once
from bench.nominals import FOLDER, KINDS, SCOPES, Enquiry, Population
from bench.search_peers import Peer, Tantivy, Trigrams, has_tantivy
from crossforce.nominals.searching import births
from crossforce.nominals.searching.building import Columns, Person
from crossforce.nominals.searching.finding import Searcher
from crossforce.nominals.searching.index import Index
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.question import ask, typing
from crossforce.nominals.searching.weighing import Question

RECORDS: Final = int(os.environ.get("RECORDS", "10000000"))
EACH: Final = 100
TODAY: Final = date(2026, 11, 23)
LEAST_OF_A_KIND: Final = 0.85
CHANGES: Final = 1_000
TOGETHER: Final = 20_000


@dataclass
class Tried:
    """What an engine made of the queries: milliseconds, and whether it found them, by kind."""

    times: list[float] = field(default_factory=list)
    found: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    @property
    def p95(self) -> float:
        return float(np.percentile(self.times, 95))

    @property
    def recall(self) -> float:
        return statistics.mean(hit for kind in self.found.values() for hit in kind)


def run() -> Iterator[Measure]:
    population = Population(RECORDS)
    with ExitStack() as left:
        folder = Path(
            left.enter_context(tempfile.TemporaryDirectory(prefix="crossforce-bench-"))
        )
        peers: list[Peer] = [Trigrams(left.enter_context(installation()).var / "peer", left)]
        if has_tantivy():
            peers.append(Tantivy(folder / "tantivy"))
        index = Index(folder / "index")
        spent = fill(index, population, peers)
        yield from built(spent, folder, peers)
        enquiries = population.enquiries(EACH, seed=7)
        with one_core():
            yield from searched(index, population, enquiries, peers)
            yield from narrowed(index, enquiries)
            yield from typed(index, enquiries)
            yield from changed(index, population)
        yield Measure("merge of the changes with all records", once(index.merge), "s")


def fill(index: Index, population: Population, peers: Sequence[Peer]) -> float:
    """Build every index; answers the seconds that ours took."""
    columns, spent = Columns(), 0.0
    for chunk in population.chunks():
        began = time.perf_counter()
        high = np.zeros(len(chunk.given), np.uint64)
        columns.add_columns(
            high, chunk.number, chunk.scope, chunk.given, chunk.family, chunk.born
        )
        spent += time.perf_counter() - began
        for peer in peers:
            peer.take(chunk)
    spent += once(lambda: settle(index, columns))
    for peer in peers:
        peer.end()
    return spent


def settle(index: Index, columns: Columns) -> None:
    """Put what the columns hold in place of all that is held."""
    with index.filling(columns):
        pass


def built(spent: float, folder: Path, peers: Sequence[Peer]) -> Iterator[Measure]:
    names = "real names" if FOLDER else "names of syllables"
    for peer in peers:
        yield Measure(f"build, {RECORDS:,} records, {names}", spent, "s", peer.name, peer.spent)
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    yield Measure("size on disk", size / 1e6, "MB")


@contextmanager
def one_core() -> Iterator[None]:
    """This process on one core; the server of a peer may have the other, and uses one as well."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def tried(
    find: Callable[[Enquiry], Sequence[int]],
    enquiries: Sequence[Enquiry],
    population: Population,
) -> Tried:
    kept = Tried()
    for enquiry in enquiries:
        began = time.perf_counter()
        numbers = find(enquiry)
        kept.times.append((time.perf_counter() - began) * 1e3)
        kept.found[enquiry.kind].append(
            any(population.person[number] == enquiry.person for number in numbers)
        )
    return kept


def asked(enquiry: Enquiry) -> Question:
    made = ask(given=enquiry.given, family=enquiry.family, at=TODAY)
    born = births.Born(enquiry.born, enquiry.until) if enquiry.born else None
    return Question(made.first, made.middle, made.last, born)


def searched(
    index: Index, population: Population, enquiries: Sequence[Enquiry], peers: Sequence[Peer]
) -> Iterator[Measure]:
    searcher = Searcher.of(range(0, SCOPES, 2), range(1, SCOPES, 2))

    def find(enquiry: Enquiry) -> list[int]:
        hits = index.find(asked(enquiry), searcher).hits
        return [hit.key.int for hit in hits]

    tried(find, population.enquiries(5, seed=1), population)
    ours = tried(find, enquiries, population)
    yield Measure("query, median", statistics.median(ours.times), "ms")
    yield Measure("query, p95", ours.p95, "ms", gate=15, goal=5)
    yield Measure("recall in the first 20", ours.recall, "", more_is_better=True, gate=0.96)
    for kind in KINDS:
        recall = statistics.mean(ours.found[kind])
        yield Measure(f"recall, {kind}", recall, "", more_is_better=True, gate=LEAST_OF_A_KIND)
    for peer in peers:
        share = enquiries[:: 10 if isinstance(peer, Trigrams) else 2]
        tried(peer.find, population.enquiries(1, seed=1), population)
        theirs = tried(peer.find, share, population)
        yield Measure("query, p95", ours.p95, "ms", peer.name, theirs.p95, gate=1)
        yield Measure(
            "recall in the first 20",
            ours.recall,
            "",
            peer.name,
            theirs.recall,
            more_is_better=True,
            gate=1,
        )


def narrowed(index: Index, enquiries: Sequence[Enquiry]) -> Iterator[Measure]:
    """The same queries by somebody who holds few scopes, or none."""
    for held in (50, 0):
        searcher = Searcher.of(range(held))
        times = [once(partial(index.find, asked(each), searcher)) for each in enquiries]
        what = f"query by somebody of {held} of {SCOPES:,} scopes, p95"
        yield Measure(what, float(np.percentile(times, 95)) * 1e3, "ms", gate=15, goal=5)


def typed(index: Index, enquiries: Sequence[Enquiry]) -> Iterator[Measure]:
    """Each beginning of a name, forename first, as it is typed."""
    searcher = Searcher.of(range(SCOPES))
    times = []
    for enquiry in enquiries[::10]:
        line = f"{enquiry.given} {enquiry.family}"
        for length in range(2, len(line) + 1):
            question = typing(line[:length], at=TODAY)
            times.append(once(partial(index.suggest, question, searcher)))
    yield Measure(
        "search as it is typed, a letter, median", statistics.median(times) * 1e3, "ms"
    )
    yield Measure(
        "search as it is typed, a letter, p95",
        float(np.percentile(times, 95)) * 1e3,
        "ms",
        gate=15,
    )


def changed(index: Index, population: Population) -> Iterator[Measure]:
    """Records changed one by one, each on disk; and asked for at once."""
    searcher, times = Searcher.of(range(SCOPES)), []
    question = ask(given="zebedee", family="quixote", at=TODAY)
    there = index.find(question, searcher).readable or 0  # one of ten million sounds like it
    for number in range(CHANGES):
        key = UUID(int=number * 7 % population.size)
        person = Person(key, 1, (Name("Zebedee", "Quixote"),), (1980_05_12,))
        times.append(once(partial(index.put, [person])))
        if number % 100 == 0:
            hits = index.find(question, searcher)
            if hits.readable != there + number + 1:
                raise RuntimeError(f"{hits.readable} of {number + 1} changes are found.")
    yield Measure("one change, on disk, median", statistics.median(times) * 1e3, "ms")
    yield Measure("one change, on disk, mean", statistics.mean(times) * 1e3, "ms")
    few = [once(lambda: index.find(question, searcher)) for _ in range(20)]
    yield Measure(
        f"query with {CHANGES:,} changes not merged, median", statistics.median(few) * 1e3, "ms"
    )
    people = [
        Person(UUID(int=number), 1, (Name("Zebedee", "Quixote"),)) for number in range(TOGETHER)
    ]
    yield Measure(
        f"{TOGETHER:,} changes at once, asked for after",
        once(lambda: _all_at_once(index, people)),
        "s",
    )


def _all_at_once(index: Index, people: Sequence[Person]) -> None:
    index.put(people)
    if index.waiting < len(people):
        raise RuntimeError("Changes do not count.")
