"""The ledger: durable entries, proofs from disk, full verification, in PostgreSQL with fsync.

Entries are whole: canonical bytes, commitments, salts, private part, the record they name, indexes.
The peers are a hash chain in the same database in the same run, where each row holds the hash of the
one before it under an advisory lock: one commit each, and 500 a commit (PostgreSQL does the hashing).
An ordinary write is one row created by Django and committed, over 16 connections; with the ledger it
appends its entry in the same transaction. Proofs are read from node files of ten million leaves.
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
from pathlib import Path
from typing import Any

import psycopg

from bench.measure import Measure
from crossforce.ledger import tree

SECONDS = 4
MADE = 60
"""Batches of acts that a writer makes beforehand: making them is the caller's work."""
ROUNDS = 3
LEAVES = 10_000_000

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
        "ordinary writes with their entry, 16 connections", rates["rate.written-with"], "writes/s",
        "without a ledger", rates["rate.written"], more_is_better=True, gate=0.75,
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
    from crossforce.kernel import clock, database  # noqa: PLC0415
    from crossforce.ledger import operations  # noqa: PLC0415
    from crossforce.ledger.queries import verification  # noqa: PLC0415

    with database.plan().running():
        with database.plan().owner_login().connect(autocommit=True) as owner:
            owner.execute(CHAIN)
            owner.execute("GRANT ALL ON chain TO PUBLIC")
            owner.execute(PLAIN)
            owner.execute("GRANT ALL ON plain TO PUBLIC")
        for name in ("one", "batch", "chain-one", "chain-500"):
            report(name, together(name))
        pairs = [(together("written"), together("written-with")) for _ in range(ROUNDS)]
        report("written", statistics.median(plain for plain, _ in pairs))
        report("written-with", statistics.median(entered for _, entered in pairs))
        began = time.perf_counter()
        taken = operations.Integrator().run(at=clock.now())
        report("integrated", taken / (time.perf_counter() - began))
        found = verification.verify()
        if not found.is_sound:
            raise RuntimeError(found.faults[0])
        report("verified", found.size / found.seconds)
        report("verified-all", found.size / (found.seconds + found.beside))


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

    plain = plain_model()
    threads = 8 if name.startswith("written") else 1
    counts: list[int] = []

    def alone() -> None:
        size, work = works(name, plain)
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


def works(name: str, plain: Any) -> tuple[int, Callable[[], None]]:
    """How many entries, or writes, one call makes; and the call."""
    from django.db import connection, transaction  # noqa: PLC0415

    from crossforce.kernel import clock  # noqa: PLC0415
    from crossforce.kernel.ids import new_id  # noqa: PLC0415
    from crossforce.ledger import operations  # noqa: PLC0415
    from crossforce.ledger.choices import About, Act  # noqa: PLC0415
    from crossforce.ledger.tests.factories import actor  # noqa: PLC0415

    size = 500 if name in ("batch", "chain-500") else 1
    who, about = actor(), About(concerns=["dorset"], scopes=[1, 2])
    made = itertools.cycle(
        [
            [Act("record.consulted", f"note:{new_id()}", {"n": n}, about) for n in range(size)]
            for _ in range(MADE)
        ]
    )
    connection.ensure_connection()
    gc.freeze()

    def ours() -> None:
        with transaction.atomic():
            operations.append_many(actor=who, acts=next(made), at=clock.now())

    def chain() -> None:
        with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
            cursor.executemany(
                "SELECT chain_append(%b)", [(os.urandom(500),) for _ in range(size)]
            )

    def written() -> None:
        with transaction.atomic():
            fields = {"holder": "wiltshire", "body": "x" * 200, "version": 1}
            plain.objects.create(title="A title", made_at=clock.now(), **fields)
            if name == "written-with":
                operations.append_many(actor=who, acts=next(made), at=clock.now())

    return size, written if name.startswith("written") else chain if name.startswith(
        "chain"
    ) else ours
