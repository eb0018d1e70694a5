"""The ledger: durable entries, proofs from disk, full verification, in PostgreSQL with fsync.

Entries are whole: canonical bytes, commitments, salts, private part, indexes. The peers are a hash
chain in the same database in the same run, where each row holds the hash of the one before it under
an advisory lock: one commit each, and 500 a commit (PostgreSQL does the hashing). Proofs are read
from node files of ten million leaves.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.measure import Measure
from crossforce.ledger import tree

SECONDS = 4
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
    yield Measure("integrated", rates["rate.integrated"], "entries/s", more_is_better=True)
    yield Measure(
        "full verification", rates["rate.verified"], "entries/s", more_is_better=True, goal=1e6
    )


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
        for name in ("one", "batch", "chain-one", "chain-500"):
            report(name, together(name))
        began = time.perf_counter()
        taken = operations.Integrator().run(at=clock.now())
        report("integrated", taken / (time.perf_counter() - began))
        found = verification.verify()
        if not found.is_sound:
            raise RuntimeError(found.faults[0])
        report("verified", found.size / found.seconds)


def report(name: str, rate: float) -> None:
    sys.stdout.write(f"rate.{name} {rate}\n")


def together(name: str) -> float:
    """Two writers at once, each in a process of its own; the sum of their rates."""
    code = f"from bench import bench_ledger; bench_ledger.writer({name!r})"
    writers = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(2)
    ]
    return sum(float(writer.communicate()[0]) for writer in writers)


def writer(name: str) -> None:
    """Write for some seconds and print the rate."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415

    from crossforce.kernel import clock  # noqa: PLC0415
    from crossforce.ledger import operations  # noqa: PLC0415
    from crossforce.ledger.choices import About, Act  # noqa: PLC0415
    from crossforce.ledger.tests.factories import actor  # noqa: PLC0415

    who, about, size = (
        actor(),
        About(scopes=[1, 2]),
        500 if name.endswith(("batch", "500")) else 1,
    )
    connection.ensure_connection()

    def ours() -> None:
        acts = [Act("records.read", f"a:{n}", {"rows": [n]}, about) for n in range(size)]
        with transaction.atomic():
            operations.append_many(actor=who, acts=acts, at=clock.now())

    def theirs() -> None:
        with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
            cursor.executemany(
                "SELECT chain_append(%b)", [(os.urandom(500),) for _ in range(size)]
            )

    work, count = (theirs if name.startswith("chain") else ours), 0
    work()
    began = time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        work()
        count += size
    sys.stdout.write(str(count / (time.perf_counter() - began)))
