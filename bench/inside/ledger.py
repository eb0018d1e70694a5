"""Writers side by side, the log that they fill, and its verification."""

import gc
import itertools
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar, Final
from uuid import UUID, uuid5

import psycopg
from django.db import connection, models, transaction

from bench import installed
from bench.governed import LONG_AGO, POSTING, STAFF
from bench.measure import Measure
from crossforce.access import api as access
from crossforce.assurance.queries import verification
from crossforce.kernel import clock, database, guarded_watch
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.ledger import operations as ledger
from crossforce.ledger.api import StoredEntry
from crossforce.ledger.choices import About, Act
from crossforce.ledger.tests.factories import actor
from crossforce.organisations.api import Organisation
from crossforce.people import api as people
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.operations import beats, watch

SECONDS = 4
ALONE: Final = ("one", "batch", "chain-one", "chain-500")
TIMES = 3
"""Each alone so often, in turns: the median."""
SLOT, SLOTS = 1.5, 26
"""With a ledger and without take turns, so long each and so often: what slows the machine slows both."""
IS_TOLD: Final = (False, True, True, False)
"""Whose turn it is; the first pair of turns only warms up."""
LOG = 1_000_000
"""Entries in the log that is verified."""
MADE = 60
"""Batches of acts that a writer makes beforehand: making them is the caller's work."""
ROUNDS = 5
FORCE: Final = "bench-force"
SPACE: Final = UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a02")

CHAIN = """
CREATE TABLE chain (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea, hash bytea);
CREATE FUNCTION chain_append(given bytea) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7);
  INSERT INTO chain (body, hash) VALUES (given, sha256(
    coalesce((SELECT hash FROM chain ORDER BY n DESC LIMIT 1), '') || given));
END $$;
"""
PLAIN = """
CREATE TABLE plain (id uuid PRIMARY KEY, title varchar(200) NOT NULL, holder varchar(80) NOT NULL,
  body text NOT NULL, version integer NOT NULL, made_at timestamptz NOT NULL);
CREATE INDEX plain_made_at ON plain (made_at DESC);
CREATE INDEX plain_holder ON plain (holder, made_at DESC);
"""


def measures() -> Iterator[Measure]:
    with database.plan().owner_login().connect(autocommit=True) as owner:
        for made in (
            CHAIN,
            "GRANT ALL ON chain TO PUBLIC",
            PLAIN,
            "GRANT ALL ON plain TO PUBLIC",
        ):
            owner.execute(made)
        noting(owner)
        yield from said(written_together() | integrated() | verified(owner))


def written_together() -> dict[str, float]:
    found: dict[str, list[float]] = {name: [] for name in ALONE}
    for _, name in itertools.product(range(TIMES), ALONE):
        found[name].append(sum(together(name)))
    rates = {name: statistics.median(each) for name, each in found.items()}
    for name in ("written", "noted"):
        turns = [sum(both) / SLOT for both in zip(*together(name), strict=True)]
        for is_told, under in ((False, name), (True, f"{name}-with")):
            rates[under] = statistics.median(
                rate for turn, rate in enumerate(turns) if turn > 1 and told(turn) == is_told
            )
    return rates


def told(turn: int) -> bool:
    """Whether this turn writes its entries."""
    return IS_TOLD[turn % len(IS_TOLD)]


def integrated() -> dict[str, float]:
    """All that was written, taken into the tree."""
    began = time.perf_counter()
    taken = ledger.Integrator().run(at=clock.now())
    return {"integrated": taken / (time.perf_counter() - began)}


def verified(owner: Any) -> dict[str, float]:
    """A log of a million entries, once the database has cleared up behind the writers, as it does by itself."""
    while StoredEntry.objects.count() < LOG:
        together("batch")
    integrated()
    owner.execute("VACUUM ANALYZE ledger_entry, ledger_leaf, ledger_privatepart")
    found = [verification.verify() for _ in range(ROUNDS)]
    if faults := [fault for each in found for fault in each.faults]:
        raise RuntimeError(faults[0])
    return {
        "verified": statistics.median(each.size / each.seconds for each in found),
        "verified-all": statistics.median(
            each.size / (each.seconds + each.beside) for each in found
        ),
    }


def said(rates: dict[str, float]) -> Iterator[Measure]:
    each, many = rates["chain-one"], rates["chain-500"]
    yield Measure(
        "durable entries, 500 a commit, 2 writers", rates["batch"], "entries/s",
        more_is_better=True, gate=50_000,
    )  # fmt: skip
    yield Measure(
        "the same", rates["batch"], "entries/s",
        "hash chain, one a commit, 2 writers", each, more_is_better=True, goal=20,
    )  # fmt: skip
    yield Measure(
        "the same", rates["batch"], "entries/s",
        "hash chain, 500 a commit", many, more_is_better=True,
    )  # fmt: skip
    yield Measure(
        "durable entries, one a commit, 2 writers", rates["one"], "entries/s",
        "hash chain, one a commit, 2 writers", each, more_is_better=True,
    )  # fmt: skip
    yield Measure(
        "notes added by the operation, with their entry, 16 connections", rates["noted-with"],
        "writes/s", "without a ledger", rates["noted"], more_is_better=True, gate=0.75,
    )  # fmt: skip
    yield Measure(
        "bare rows with their entry, 16 connections", rates["written-with"], "writes/s",
        "without a ledger", rates["written"], more_is_better=True,
    )  # fmt: skip
    yield Measure("integrated", rates["integrated"], "entries/s", more_is_better=True)
    yield Measure(
        "full verification of the log: every entry, place, root and signature", rates["verified"],
        "entries/s", more_is_better=True, gate=1e6, goal=2e6,
    )  # fmt: skip
    yield Measure(
        "the same, and searched columns and private parts against the bytes", rates["verified-all"],
        "entries/s", more_is_better=True,
    )  # fmt: skip


def noter() -> Any:
    """Whoever adds the notes: an investigator in a posting that is held."""
    posting = uuid5(SPACE, "noter")
    return people.Actor(None, posting, posting, FORCE, "investigator", "crime-investigation")


def noting(owner: Any) -> None:
    """A force, somebody posted to it, and its policy by which they add notes."""
    with database.as_owner():
        given = {"kind": "partner", "name_en": FORCE, "confidence": "D", "source": "bench"}
        Organisation.objects.create(code=FORCE, **given)
    key = noter().posting
    owner.execute(STAFF, [key, FORCE, LONG_AGO, LONG_AGO])
    owner.execute(POSTING, [key, key, FORCE, *[LONG_AGO] * 3])
    policy = access.Grant(
        version=1, clause="2", term="2/1", holder=FORCE, recipient=FORCE, kind="records.note",
        actions=("find", "read", "add"), holds=Period(LONG_AGO),
    )  # fmt: skip
    with transaction.atomic():
        access.put_grants("bench-policy", [policy])


def together(name: str) -> list[Any]:
    """Two writers at once, each in a process of its own; what each of them answers."""
    starts = str(time.time() + 6)
    function = "turns" if name in ("written", "noted") else "writer"
    writers = [installed.begun("ledger", function, name, starts) for _ in range(2)]
    return [writer() for writer in writers]


def writer(name: str, starts: str) -> float:
    """Write for some seconds, from the instant that was agreed; the rate."""
    size, work = works(name)
    work()
    time.sleep(max(0.0, float(starts) - time.time()))
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        work()
        count += size
    return count / (time.perf_counter() - began)


def turns(name: str, starts: str) -> list[int]:
    """How many writes eight connections begin in each turn, from the instant that was agreed."""
    counts, lock = [0] * SLOTS, threading.Lock()
    ways = alternating(name)

    def alone() -> None:
        for way in ways:
            way()
        time.sleep(max(0.0, float(starts) - time.time()))
        while (turn := int((time.time() - float(starts)) / SLOT)) < SLOTS:
            ways[told(turn)]()
            with lock:
                counts[turn] += 1
        connection.close()

    running = [threading.Thread(target=alone) for _ in range(8)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return counts


class Plain(models.Model):
    """The table of ordinary writes, as Django writes to it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    title = models.CharField(max_length=200)
    holder = models.CharField(max_length=80)
    body = models.TextField()
    version = models.IntegerField()
    made_at = models.DateTimeField()
    objects: ClassVar[models.Manager["Plain"]] = models.Manager()

    class Meta:
        app_label = "bench"
        db_table = "plain"
        managed = False

    def __str__(self) -> str:
        return self.title


def works(name: str) -> tuple[int, Callable[[], None]]:
    """How many entries one call makes; and the call."""
    size = 500 if name in ("batch", "chain-500") else 1
    connection.ensure_connection()
    entered = entering(size)

    def ours() -> None:
        with transaction.atomic():
            entered()

    def chain() -> None:
        with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
            cursor.executemany(
                "SELECT chain_append(%b)", [(os.urandom(500),) for _ in range(size)]
            )

    return size, chain if name.startswith("chain") else ours


def alternating(name: str) -> tuple[Callable[[], None], Callable[[], None]]:
    """One ordinary write without a ledger, and with."""
    return noted() if name == "noted" else (written(None), written(entering(1)))


def entering(size: int) -> Callable[[], None]:
    """Appends so many entries, of acts that were made beforehand."""
    who, about = actor(), About(concerns=["dorset"], scopes=[1, 2])
    made = itertools.cycle(
        [
            [Act("record.consulted", f"note:{new_id()}", {"n": n}, about) for n in range(size)]
            for _ in range(MADE)
        ]
    )
    gc.freeze()

    def work() -> None:
        ledger.append_many(actor=who, acts=next(made), at=clock.now())

    return work


def written(entered: Callable[[], None] | None) -> Callable[[], None]:
    """One bare row, and its entry if there is a ledger."""
    fields = {"title": "A title", "holder": "wiltshire", "body": "x" * 200, "version": 1}

    def work() -> None:
        with transaction.atomic():
            Plain.objects.create(made_at=clock.now(), **fields)
            if entered:
                entered()

    return work


def noted() -> tuple[Callable[[], None], Callable[[], None]]:
    """One note by the operation of the platform; without a ledger, the beat that records does nothing."""
    here, record = threading.local(), beats.record
    adds, values = (
        noter(),
        {"subject": "A title", "body": "x" * 200, "purposes": ["prevent-offences"]},
    )

    def recorded(**given: Any) -> None:
        if here.is_told:
            record(**given)

    def watched(actor: Any, gathered: Sequence[guarded_watch.Gathered]) -> None:
        if here.is_told:
            watch.tell(actor, gathered)

    def work(is_told: bool) -> None:
        here.is_told = is_told
        new = records.NewRecord("records.note", Place(holder=FORCE), values)
        records.create(actor=adds, new=new, at=clock.now())

    beats.record = recorded
    guarded_watch.give_watch(watched)
    return partial(work, False), partial(work, True)
