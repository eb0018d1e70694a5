"""The ledger: durable entries, proofs from disk, full verification, in PostgreSQL with fsync.

Entries are whole: canonical bytes, commitments, salts, private part, the record they name, indexes.
The peers are a hash chain in the same database in the same run, where each row holds the hash of the
one before it under an advisory lock: one commit each, and 500 a commit (PostgreSQL does the hashing).
Ordinary writes go over 16 connections, each with its entry in its own transaction or without any: a note
added by the platform's own operation, under row security, with scope, history and pointer; and, to see the
entry alone, one bare row created by Django. Proofs are read from node files of ten million leaves.
"""

import gc
import hashlib
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import psycopg

from bench.measure import Measure
from crossforce.transparency import tree

SECONDS = 4
MADE = 60
"""Batches of acts that a writer makes beforehand: making them is the caller's work."""
ROUNDS = 3
LEAVES = 10_000_000
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


def run() -> Iterator[Measure]:
    yield proof()
    with tempfile.TemporaryDirectory(prefix="crossforce-bench-") as var:
        environment = {
            **os.environ,
            "CROSSFORCE_VAR": var,
            "CROSSFORCE_PG_FAST": "0",
            "DJANGO_SETTINGS_MODULE": "crossforce.config.settings",
        }
        command = [sys.executable, "-m", "crossforce.config.main", "migrate"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        inside = [sys.executable, "-c", "from bench import bench_ledger; bench_ledger.inside()"]
        done = subprocess.run(  # noqa: S603
            inside, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    rates = dict(line.split() for line in done.stdout.splitlines() if line.startswith("rate."))
    yield from measures({name: float(rate) for name, rate in rates.items()})


def measures(rates: dict[str, float]) -> Iterator[Measure]:
    each, many = rates["rate.chain-one"], rates["rate.chain-500"]
    yield Measure(
        "durable entries, 500 a commit, 2 writers", rates["rate.batch"], "entries/s",
        more_is_better=True, gate=50_000,
    )  # fmt: skip
    yield Measure(
        "the same", rates["rate.batch"], "entries/s",
        "hash chain, one a commit, 2 writers", each, more_is_better=True, goal=20,
    )  # fmt: skip
    yield Measure(
        "the same", rates["rate.batch"], "entries/s",
        "hash chain, 500 a commit", many, more_is_better=True,
    )  # fmt: skip
    yield Measure(
        "durable entries, one a commit, 2 writers", rates["rate.one"], "entries/s",
        "hash chain, one a commit, 2 writers", each, more_is_better=True,
    )  # fmt: skip
    yield Measure(
        "notes added by the operation, with their entry, 16 connections", rates["rate.noted-with"],
        "writes/s", "without a ledger", rates["rate.noted"], more_is_better=True, gate=0.75,
    )  # fmt: skip
    yield Measure(
        "bare rows with their entry, 16 connections", rates["rate.written-with"], "writes/s",
        "without a ledger", rates["rate.written"], more_is_better=True,
    )  # fmt: skip
    yield Measure("integrated", rates["rate.integrated"], "entries/s", more_is_better=True)
    yield Measure(
        "full verification of the log: every entry, place, root and signature", rates["rate.verified"],
        "entries/s", more_is_better=True, gate=1e6, goal=2e6,
    )  # fmt: skip
    yield Measure(
        "the same, and searched columns and private parts against the bytes", rates["rate.verified-all"],
        "entries/s", more_is_better=True,
    )  # fmt: skip


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


def inside() -> None:
    """Measure against the database of the installation that the environment names."""
    import django  # noqa: PLC0415 - only in the process that has a database

    django.setup()
    from crossforce.assurance.queries import verification  # noqa: PLC0415
    from crossforce.kernel import clock, database  # noqa: PLC0415
    from crossforce.ledger import operations  # noqa: PLC0415

    with database.plan().running():
        with database.plan().owner_login().connect(autocommit=True) as owner:
            owner.execute(CHAIN)
            owner.execute("GRANT ALL ON chain TO PUBLIC")
            owner.execute(PLAIN)
            owner.execute("GRANT ALL ON plain TO PUBLIC")
            noting(owner)
        for name in ("one", "batch", "chain-one", "chain-500"):
            report(name, together(name))
        for name in ("written", "noted"):
            pairs = [(together(name), together(f"{name}-with")) for _ in range(ROUNDS)]
            report(name, statistics.median(plain for plain, _ in pairs))
            report(f"{name}-with", statistics.median(entered for _, entered in pairs))
        began = time.perf_counter()
        taken = operations.Integrator().run(at=clock.now())
        report("integrated", taken / (time.perf_counter() - began))
        found = verification.verify()
        if not found.is_sound:
            raise RuntimeError(found.faults[0])
        report("verified", found.size / found.seconds)
        report("verified-all", found.size / (found.seconds + found.beside))


def noter() -> Any:
    """Whoever adds the notes: an investigator in a posting that is held."""
    from crossforce.people import api as people  # noqa: PLC0415

    posting = uuid5(SPACE, "noter")
    return people.Actor(None, posting, posting, FORCE, "investigator", "crime-investigation")


def noting(owner: Any) -> None:
    """A force, somebody posted to it, and its policy by which they add notes."""
    from django.db import transaction  # noqa: PLC0415

    from bench.governed import LONG_AGO, POSTING, STAFF  # noqa: PLC0415
    from crossforce.access import api as access  # noqa: PLC0415
    from crossforce.kernel import database  # noqa: PLC0415
    from crossforce.kernel.periods import Period  # noqa: PLC0415
    from crossforce.organisations.api import Organisation  # noqa: PLC0415

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


def report(name: str, rate: float) -> None:
    sys.stdout.write(f"rate.{name} {rate}\n")


def together(name: str) -> float:
    """Two writers at once, each in a process of its own; the sum of their rates."""
    code = f"from bench import bench_ledger; bench_ledger.writer({name!r})"
    starts = time.time() + 4
    writers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", code, str(starts)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    return sum(float(writer.communicate()[0]) for writer in writers)


def writer(name: str) -> None:
    """Write for some seconds, from the instant that was agreed, and print the rate."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    threads = 8 if name.startswith(("written", "noted")) else 1
    counts: list[int] = []

    def alone() -> None:
        size, work = works(name)
        work()
        time.sleep(max(0.0, float(sys.argv[1]) - time.time()))
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < SECONDS:
            work()
            count += size
        counts.append(count)
        connection.close()

    running = [threading.Thread(target=alone) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    sys.stdout.write(str(sum(counts) / SECONDS))


@cache
def plain_model() -> Any:
    """The table of ordinary writes, as Django writes to it."""
    from django.db import models  # noqa: PLC0415

    from crossforce.kernel.ids import new_id  # noqa: PLC0415

    class Plain(models.Model):
        id = models.UUIDField(primary_key=True, default=new_id)
        title = models.CharField(max_length=200)
        holder = models.CharField(max_length=80)
        body = models.TextField()
        version = models.IntegerField()
        made_at = models.DateTimeField()

        class Meta:
            app_label = "bench"
            db_table = "plain"
            managed = False

    return Plain


def works(name: str) -> tuple[int, Callable[[], None]]:
    """How many entries, or writes, one call makes; and the call."""
    from django.db import connection, transaction  # noqa: PLC0415

    size = 500 if name in ("batch", "chain-500") else 1
    connection.ensure_connection()
    if name.startswith("noted"):
        return size, noted(is_told=name == "noted-with")
    entered = entering(size)

    def ours() -> None:
        with transaction.atomic():
            entered()

    def chain() -> None:
        with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
            cursor.executemany(
                "SELECT chain_append(%b)", [(os.urandom(500),) for _ in range(size)]
            )

    works = {"written": written(None), "written-with": written(entered)}
    works |= {"chain-one": chain, "chain-500": chain}
    return size, works.get(name, ours)


def entering(size: int) -> Callable[[], None]:
    """Appends so many entries, of acts that were made beforehand."""
    from crossforce.kernel import clock  # noqa: PLC0415
    from crossforce.kernel.ids import new_id  # noqa: PLC0415
    from crossforce.ledger import operations  # noqa: PLC0415
    from crossforce.ledger.choices import About, Act  # noqa: PLC0415
    from crossforce.ledger.tests.factories import actor  # noqa: PLC0415

    who, about = actor(), About(concerns=["dorset"], scopes=[1, 2])
    made = itertools.cycle(
        [
            [Act("record.consulted", f"note:{new_id()}", {"n": n}, about) for n in range(size)]
            for _ in range(MADE)
        ]
    )
    gc.freeze()

    def work() -> None:
        operations.append_many(actor=who, acts=next(made), at=clock.now())

    return work


def written(entered: Callable[[], None] | None) -> Callable[[], None]:
    """One bare row, and its entry if there is a ledger."""
    from django.db import transaction  # noqa: PLC0415

    from crossforce.kernel import clock  # noqa: PLC0415

    plain = plain_model()
    fields = {"title": "A title", "holder": "wiltshire", "body": "x" * 200, "version": 1}

    def work() -> None:
        with transaction.atomic():
            plain.objects.create(made_at=clock.now(), **fields)
            if entered:
                entered()

    return work


def noted(*, is_told: bool) -> Callable[[], None]:
    """One note by the operation of the platform; without a ledger, the beat that records does nothing."""
    from crossforce.kernel import clock, guarded_watch  # noqa: PLC0415
    from crossforce.records import operations as records  # noqa: PLC0415
    from crossforce.records.choices import Place  # noqa: PLC0415
    from crossforce.records.operations import beats  # noqa: PLC0415

    if not is_told:
        beats.record = lambda **given: None
        guarded_watch.give_watch(lambda actor, gathered: None)
    adds = noter()
    values = {"subject": "A title", "body": "x" * 200, "purposes": ["prevent-offences"]}

    def work() -> None:
        new = records.NewRecord("records.note", Place(holder=FORCE), values)
        records.create(actor=adds, new=new, at=clock.now())

    return work
