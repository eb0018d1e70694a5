"""A force of twenty thousand, and files of its duties brought in."""

import io
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

import psutil
from django.db import connection, transaction

from bench import governed
from bench.measure import Measure
from crossforce.access import api as access
from crossforce.access.choices import ACTIONS
from crossforce.duty import mapping, operations
from crossforce.kernel import database
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Organisation, Unit
from crossforce.people.choices import Actor

STAFF: Final = 20_000
DAYS: Final = 10
FORCE: Final = "wiltshire"
AT: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO: Final = datetime(2015, 1, 1, tzinfo=UTC)
FIRST: Final = date(2026, 11, 21)
SPACE: Final = UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a02")
PLANNER: Final = uuid5(SPACE, "planner")
UNITS: Final = ("tri-force-sou", "roads", "dogs", "response-north", "response-south")
GATE: Final = 20_000
PEER: Final = "COPY into a plain table with its indexes"

MAPPING: Final = b"""
format = 1
name = "wiltshire-shifts"
title = "Wiltshire: one row per shift"
system = "shift-manager"
holder = "wiltshire"
shape = "shifts"

[file]
type = "csv"
delimiter = ";"

[times]
date = "DD/MM/YYYY"
past_midnight = true

[columns]
reference = "Shift no"
staff = "Collar"
start_date = "Date"
start_time = "From"
end_time = "To"
unit = "Team"
call_sign = "Call sign"
location = "Base"
status = "State"

[codes.status]
AV = "2"
RF = "4"
"""

PERIOD: Final = MAPPING.replace(b'delimiter = ";"', b'delimiter = ";"\ncovers = "period"')

PEOPLE: Final = """
INSERT INTO people_staff (id, scope_id, organisation, number, given_name, family_name, sort_key, kind, rank, email,
                          version, starts_at, changed_at, changed_by)
SELECT made.id, access_number_of(%(force)s, 'people.staff', '', '', 'OFFICIAL', made.id), %(force)s, made.n::text,
       'Robin', 'Hill ' || made.n, 'hill ' || made.n, 'officer', '', '', 1, %(since)s, %(since)s, 'bench'
  FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, %(staff)s) n) made;
"""


def build() -> None:
    """The force, its units, its people, and the policy by which its planner brings duties in."""
    with database.as_owner():
        Organisation.objects.get_or_create(
            code=FORCE,
            defaults={
                "kind": "police-force",
                "name_en": FORCE.title(),
                "confidence": "D",
                "source": "bench",
            },
        )
        for code in UNITS:
            if not Unit.objects.filter(code=code).exists():
                Unit.objects.create(
                    code=code,
                    name_en=code,
                    since=LONG_AGO.date(),
                    updated_at=LONG_AGO,
                    updated_by="bench",
                    agreement_reference="bench",
                )
    with database.plan().owner_login().connect(autocommit=True) as owner:
        owner.execute(PEOPLE, {"force": FORCE, "since": LONG_AGO, "staff": STAFF})
        owner.execute(governed.STAFF, [PLANNER, FORCE, LONG_AGO, LONG_AGO])
        posting = governed.POSTING.replace("'investigator'", "'duty-inspector'")
        owner.execute(posting, [PLANNER, PLANNER, FORCE, *[LONG_AGO] * 3])
        owner.execute("VACUUM ANALYZE")
    _policy()


def _policy() -> None:
    grants = [
        access.Grant(
            version=1, clause="2", term=f"2/{kind}", holder=FORCE, recipient=FORCE, kind=kind,
            actions=tuple(ACTIONS), holds=Period(LONG_AGO), marking="OFFICIAL-SENSITIVE",
        )
        for kind in ("duty.entry", "duty.import", "people.staff")
    ]  # fmt: skip
    with transaction.atomic():
        access.put_grants("bench-policy", grants)


def measures() -> Iterator[Measure]:
    """A first import, one more of other days, the second again, and once with corrections and cancellations."""
    build()
    days = int(os.environ.get("BENCH_DAYS", DAYS))
    first, second = exported(FIRST, days), exported(FIRST + timedelta(days=days), days)
    done = (
        _timed("import of new duties, a first file", first, gate=GATE),
        _timed("import of new duties, the days after", second, gate=GATE),
    )
    for (ours, used), since in zip(done, (FIRST, FIRST + timedelta(days=days)), strict=True):
        rate = _copied(since, since + timedelta(days=days))
        yield from (ours, used, replace(ours, peer=PEER, theirs=rate, gate=None))
    yield _import("the same file again, nothing new", second)
    corrected = second.replace(b";Devizes;", b";Swindon;", STAFF)
    yield _import(f"the same file with {STAFF:,} corrections", corrected)
    moved = corrected.replace(b";07:00;", b";08:00;", STAFF)
    yield _import(f"the same file with {STAFF:,} duties moved", moved)
    heading, *rows = moved.split(b"\n")
    fewer = b"\n".join([heading, *rows[STAFF:-1], rows[0]])
    yield _import(f"the whole period without {STAFF:,} of its duties", fewer, of=PERIOD)


def _copied(since: date, until: date) -> float:
    """Rows a second: the duties of these days, from memory into a table with the same indexes and nothing else."""
    with database.plan().owner_login().connect() as owner:
        owner.execute(
            "CREATE TABLE IF NOT EXISTS bench_plain (LIKE duty_entry INCLUDING INDEXES)"
        )
        theirs = (
            "SELECT * FROM duty_entry WHERE source_reference >= %s AND source_reference < %s"
        )
        with owner.cursor().copy(
            f"COPY ({theirs}) TO STDOUT", [f"{since:%y%m%d}", f"{until:%y%m%d}"]
        ) as source:
            rows = [bytes(each) for each in source]
        owner.commit()
        began = time.perf_counter()
        with owner.cursor().copy("COPY bench_plain FROM STDIN") as target:
            target.write(b"".join(rows))
        owner.commit()
        return len(rows) / (time.perf_counter() - began)


def exported(first: date, days: int) -> bytes:
    """Everybody's early, late or night duty, day by day."""
    lines = ["Shift no;Collar;Date;From;To;Team;Call sign;Base;State"]
    spans = ("07:00;15:00", "14:00;22:00", "22:00;07:00")
    for day in range(days):
        on = first + timedelta(days=day)
        lines += [
            f"{on:%y%m%d}-{n};{n};{on:%d/%m/%Y};{spans[n % 3]};{UNITS[n % 5]};XG{n % 90:02};Devizes;AV"
            for n in range(1, STAFF + 1)
        ]
    return "\n".join(lines).encode()


def _import(what: str, content: bytes, of: bytes = MAPPING) -> Measure:
    return _timed(what, content, of=of)[0]


def _timed(
    what: str, content: bytes, gate: float | None = None, of: bytes = MAPPING
) -> tuple[Measure, Measure]:
    """By the clock, and by the processor time that every process of ours and the server's has had."""
    actor = Actor(None, PLANNER, PLANNER, FORCE, "duty-inspector", "duty-planning")
    sent = operations.Sent(mapping.read(of), io.BytesIO(content), "duties.csv")
    began, before = time.perf_counter(), _cpu()
    outcome = operations.bring_in(actor=actor, sent=sent, at=AT)
    took, now = time.perf_counter() - began, _cpu()
    ours, backend, beside = (end - start for start, end in zip(before, now, strict=True))
    rows = outcome.counts["read"]
    assert not outcome.findings, outcome.findings[:3]
    sys.stderr.write(
        f"{what}: {outcome.counts}, {took:.2f} s; processor: {ours:.2f} s in Python,"
        f" {backend:.2f} s in the backend, {beside:.2f} s in the rest of the server\n"
    )
    by_clock = Measure(what, rows / took, "rows/s", more_is_better=True, gate=gate)
    used = rows / (ours + backend + beside)
    return by_clock, replace(by_clock, what=f"{what}, by processor time", ours=used, gate=None)


def _cpu() -> tuple[float, float, float]:
    """Seconds of processor time of this process, of the backend that serves it, and of the server's others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    server = backend.parent()
    assert server is not None
    own = _seconds(backend)
    gone = server.cpu_times()
    every = sum(_seconds(each) for each in (server, *server.children()))
    return time.process_time(), own, every - own + gone.children_user + gone.children_system


def _seconds(process: psutil.Process) -> float:
    """Processor time so far; none of a process that is gone, which its parent counts."""
    try:
        return float(sum(process.cpu_times()[:2]))
    except psutil.NoSuchProcess:
        return 0.0
