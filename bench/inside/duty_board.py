"""Twenty thousand staff and five million duties, and what the board of two viewers takes."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import governed
from bench.measure import Measure
from crossforce.access import api as access
from crossforce.duty import queries
from crossforce.duty.models import Cover, Entry
from crossforce.kernel import database, serving
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Organisation, Unit
from crossforce.organisations.models import DirectoryStamp
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.signin import acting

STAFF: Final = 20_000
EACH: Final = 250
FORCES: Final = ("avon-and-somerset", "gloucestershire", "wiltshire")
UNIT, MEMBERS, UNITS = "tri-force-sou", 240, 60
LONG_AGO: Final = datetime(2015, 1, 1, tzinfo=UTC)
SPACE: Final = UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a03")
TIMES: Final = 25
QUERY_GATE, PAGE_GATE = 50, 100
GOALS: Final = {"unit": (25, 45), "everybody": (50, 90)}
PURPOSE: Final = "operational-response"

PEOPLE: Final = """
CREATE TABLE bench_person AS
SELECT n, gen_random_uuid() AS id, (%(forces)s::text[])[1 + n %% 3] AS force,
       CASE WHEN n <= %(members)s THEN %(unit)s ELSE 'unit-' || n %% %(units)s END AS unit
  FROM generate_series(1, %(staff)s) n;
INSERT INTO people_staff (id, scope_id, organisation, number, given_name, family_name, sort_key, kind, rank, email,
                          version, starts_at, changed_at, changed_by)
SELECT id, access_number_of(force, 'people.staff', '', '', 'OFFICIAL', id), force, n::text, 'Robin', 'Hill ' || n,
       'hill ' || n, 'officer', '', '', 1, %(since)s, %(since)s, 'bench' FROM bench_person;
INSERT INTO people_posting (id, staff_id, organisation, unit_id, role, state, starts_at, version, changed_at, changed_by,
                            answered_at, answered_by)
SELECT gen_random_uuid(), p.id, p.force, u.id, 'unit-member', 'held', %(since)s, 1, %(since)s, 'bench', %(since)s, 'bench'
  FROM bench_person p JOIN organisations_unit u ON u.code = p.unit WHERE p.n <= %(members)s;
INSERT INTO people_skill (id, scope_id, staff_id, code, evidence, starts_at, ends_at, version, changed_at, changed_by)
SELECT gen_random_uuid(), s.scope, s.id, c.code, '', %(since)s, %(until)s, 1, %(since)s, 'bench'
  FROM (SELECT id, access_number_of(force, 'people.skill', '', '', 'OFFICIAL', id) AS scope FROM bench_person) s,
       unnest(ARRAY['driving-response', 'driving-advanced', 'public-order-level-2']) c(code);
INSERT INTO people_authority (id, scope_id, staff_id, code, conditions, granted_by, suspended_by, suspended_because, starts_at, ends_at,
                              version, changed_at, changed_by)
SELECT gen_random_uuid(), access_number_of(force, 'people.authority', '', '', 'OFFICIAL', id), id, 'pursuit-command',
       '', 'bench', '', '', %(since)s, %(until)s, 1, %(since)s, 'bench' FROM bench_person WHERE n %% 10 = 1;
"""
# Five days a week, fifty weeks, and this is a day on which all work. Two of four shifts overlap now, and for
# five hours: eleven of twenty are there, less who is away.
ENTRIES: Final = """
ALTER TABLE duty_entry SET UNLOGGED;
CREATE TABLE bench_scope AS
SELECT force, unit, access_number_of(force, 'duty.entry', 'unit:' || unit, '', 'OFFICIAL-SENSITIVE', NULL) AS id
  FROM (SELECT DISTINCT force, unit FROM bench_person) p;
INSERT INTO duty_entry ({columns})
SELECT {values}
  FROM generate_series(0, {each} - 1) d, bench_person p JOIN bench_scope s ON s.force = p.force AND s.unit = p.unit,
       LATERAL (SELECT %(first)s::timestamptz + ((d / 5 * 7 + d %% 5 + p.n %% 2) || ' days')::interval
                       + ((ARRAY[0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 8, 8, 8, 8, 8, 14, 14, 14, 14])[1 + p.n %% 20]
                          || ' hours')::interval AS starts_at) t;
"""
# Of every five one goes on leave for a fortnight six times a year, of every ten one is away a day a week.
AWAY: Final = """
INSERT INTO duty_entry ({columns})
SELECT {values}
  FROM bench_person p JOIN bench_scope s ON s.force = p.force AND s.unit = p.unit,
       LATERAL (SELECT %(first)s::timestamptz + (k * 61 + p.n %% 61 || ' days')::interval AS starts_at, interval '14 days' AS lasts
                  FROM generate_series(0, 5) k WHERE p.n %% 5 = 0
                UNION ALL
                SELECT %(first)s::timestamptz + (k * 7 + p.n %% 7 || ' days')::interval, interval '1 day'
                  FROM generate_series(0, 51) k WHERE p.n %% 10 = 3) t;
"""
INDEXES: Final = """
SELECT i.indexname, i.indexdef FROM pg_indexes i
 WHERE i.tablename = 'duty_entry' AND i.indexname NOT IN (SELECT conname FROM pg_constraint)
"""
READ_BY: Final = ("entry_begins", "entry_long", "entry_away", "entry_of_person")
COVER: Final = """
INSERT INTO duty_cover ({columns})
SELECT {values} FROM bench_scope s;
"""
PEER: Final = """
SELECT e.* FROM duty_entry e
 WHERE {where} AND e.cancelled_at IS NULL AND e.starts_at > %(at)s - interval '24 hours'
   AND e.starts_at <= %(at)s AND e.ends_at > %(at)s ORDER BY e.scope_id, e.unit, e.call_sign, e.name LIMIT 100
"""
PEER_COUNTS: Final = """
SELECT e.unit, e.function, count(*) FROM duty_entry e
 WHERE {where} AND e.cancelled_at IS NULL AND e.starts_at > %(at)s - interval '24 hours'
   AND e.starts_at <= %(at)s AND e.ends_at > %(at)s GROUP BY 1, 2
"""


def measures() -> Iterator[Measure]:
    serving.collect_static()
    build()
    with database.plan().owner_login().connect(autocommit=True) as owner:
        yield from measured(owner)


def build() -> None:
    """Forces, units, people with skills and authorities, their duties of a year, and minimum cover."""
    with database.as_owner():
        _bodies()
    now = datetime.now(UTC)
    given = {
        "forces": list(FORCES), "members": MEMBERS, "unit": UNIT, "units": UNITS,
        "staff": int(os.environ.get("BENCH_STAFF", STAFF)),
        "since": LONG_AGO, "until": now + timedelta(days=400),
        "first": now - timedelta(weeks=26, days=2, hours=3),
    }  # fmt: skip
    with database.plan().owner_login().connect(autocommit=True) as owner:
        _told("people", lambda: _each(owner, PEOPLE, given))
        _told("duties and cover", lambda: _duties(owner, given))
        for each, force in VIEWERS.items():
            key = uuid5(SPACE, each)
            owner.execute(governed.STAFF, [key, force, LONG_AGO, LONG_AGO])
            _post(owner, key, force, UNIT if each == "unit" else None)
        owner.execute("ALTER TABLE people_account DISABLE TRIGGER USER")
        with database.as_owner():
            _accounts()
        owner.execute("ALTER TABLE people_account ENABLE TRIGGER USER")
        _told("vacuum", lambda: owner.execute("VACUUM ANALYZE"))
    _clauses()


def _duties(owner: Any, given: dict[str, Any]) -> None:
    """A year of duties; the indexes that reading uses are made afterwards."""
    for table in ("duty_entry", "duty_cover"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE duty_entry DROP CONSTRAINT IF EXISTS entry_one_at_a_time")
    found = owner.execute(INDEXES).fetchall()
    for name, _ in found:
        owner.execute(f"DROP INDEX {name}")
    _each(owner, ENTRIES.format(each=EACH, **_written(Entry, ENTRY_VALUES)), given)
    _each(owner, AWAY.format(**_written(Entry, AWAY_VALUES)), given)
    _each(owner, COVER.format(**_written(Cover, COVER_VALUES)), given)
    for name, definition in found:
        if name in READ_BY:
            owner.execute(definition)
    for table in ("duty_entry", "duty_cover"):
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


VIEWERS: Final = {"unit": "wiltshire", "everybody": "gloucestershire"}
ENTRY_VALUES: Final = {
    "id": "gen_random_uuid()", "scope_id": "s.id", "what": "'duty'", "staff": "p.id", "number": "p.n::text",
    "name": "'Robin Hill ' || p.n", "starts_at": "t.starts_at", "ends_at": "t.starts_at + interval '8 hours'",
    "is_long": "false", "unit": "p.unit",
    "function": "(ARRAY['firearms', 'dogs', 'roads-policing', ''])[1 + p.n / 4 %% 4]",
    "call_sign": "'X' || p.n %% 90", "location": "'Devizes'",
    "status": "(ARRAY['2', '6', '7', ''])[1 + p.n / 7 %% 4]",
    "source_system": "'bench'", "source_reference": "p.n || '/' || d", "created_at": "t.starts_at",
    "changed_at": "t.starts_at",
}  # fmt: skip
AWAY_VALUES: Final = {
    **{name: value for name, value in ENTRY_VALUES.items() if name not in ("function", "call_sign", "location", "status")},
    "what": "'absence'", "absence": "'leave'", "ends_at": "t.starts_at + t.lasts",
    "is_long": "t.lasts > interval '1 day'", "source_reference": "'away ' || p.n || t.starts_at",
}  # fmt: skip
COVER_VALUES: Final = {
    "id": "gen_random_uuid()", "unit": "s.unit", "weekdays": "'1234567'", "begins": "'07:00'::time",
    "ends": "'07:00'::time", "minimum": "20", "created_at": "now()", "changed_at": "now()",
    "scope_id": "access_number_of(s.force, 'duty.cover', 'unit:' || s.unit, '', 'OFFICIAL-SENSITIVE', NULL)",
}  # fmt: skip
ALL_ROWS: Final = {
    "created_by": "'bench'", "changed_by": "'bench'", "disposal": "'kept'", "version": "1",
    "purposes": "'{duty-from-law}'::text[]",
}  # fmt: skip


def _written(model: Any, values: dict[str, str]) -> dict[str, str]:
    """Every column of the table, with what is written in it; text that is not said is empty."""
    columns, said = [], []
    for each in model._meta.concrete_fields:
        given = values.get(each.column) or ALL_ROWS.get(each.column)
        columns.append(each.column)
        said.append(given or ("NULL" if each.null else "''"))
    return {"columns": ", ".join(columns), "values": ", ".join(said)}


def _each(owner: Any, statements: str, given: dict[str, Any]) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            owner.execute(statement, given)


def _told(what: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    sys.stderr.write(f"{what}: {time.perf_counter() - began:.1f} s\n")


def _bodies() -> None:
    DirectoryStamp.renew()  # as every installation has one
    for code in FORCES:
        Organisation.objects.get_or_create(
            code=code,
            defaults={"kind": "force", "name_en": code.title(), "confidence": "D", "source": "bench"},
        )  # fmt: skip
    for code in (UNIT, *(f"unit-{n}" for n in range(UNITS))):
        Unit.objects.get_or_create(
            code=code,
            defaults={"name_en": code.replace("-", " ").title(), "since": LONG_AGO.date(),
                      "updated_at": LONG_AGO, "updated_by": "bench", "agreement_reference": "bench"},
        )  # fmt: skip


def _accounts() -> None:
    for name, force in VIEWERS.items():
        models.Account.objects.create(
            username=f"bench-{name}",
            staff_id=uuid5(SPACE, name),
            organisation_id=force,
            name=name,
        )


def _post(owner: Any, key: UUID, force: str, unit: str | None) -> None:
    owner.execute(
        """INSERT INTO people_posting (id, staff_id, organisation, unit_id, role, state, starts_at, version, changed_at,
                                       changed_by, answered_at, answered_by)
           SELECT %s, %s, %s, (SELECT id FROM organisations_unit WHERE code = %s), 'duty-inspector', 'held', %s, 1, %s,
                  'bench', %s, 'bench'""",
        [key, key, force, unit, *[LONG_AGO] * 3],
    )


def _clauses() -> None:
    """The joint unit's agreement opens its people; the other's opens everybody of the three forces."""
    kinds = ("duty.entry", "duty.cover", "people.skill", "people.authority")
    for name, recipient in VIEWERS.items():
        grants = [
            access.Grant(
                version=1, clause="9.1", term=f"9.1/{name}/{holder}/{kind}", holder=holder, recipient=recipient,
                kind=kind, collection=f"unit:{UNIT}" if name == "unit" else "", actions=("find", "read"),
                holds=Period(LONG_AGO), roles=("duty-inspector",), purposes=(PURPOSE,),
                marking="OFFICIAL-SENSITIVE",
            )
            for holder in FORCES
            for kind in kinds
        ]  # fmt: skip
        with transaction.atomic():
            access.put_grants(f"bench-{name}", grants)


def measured(owner: Any) -> Iterator[Measure]:
    """The query beside its peer, then the page, for the unit and for everybody."""
    at = datetime.now(UTC)
    for name, said in (("unit", "a unit of 240"), ("everybody", "everybody")):
        actor = _actor(name)
        part = queries.Part(0, 100)
        query_goal, page_goal = GOALS[name]

        def ask(actor: Any = actor, part: Any = part) -> Any:
            return queries.on_duty(actor, datetime.now(UTC), queries.Filter(), part)

        found = ask()
        sys.stderr.write(
            f"{name}: {found.total} on duty, {len(found.counts)} counts, {len(found.gaps)} gaps,"
            f" {_statements(ask)} statements\n"
        )
        where = f"e.unit = '{UNIT}'" if name == "unit" else "true"
        peers = [text.format(where=where) for text in (PEER, PEER_COUNTS)]
        peer = _median(partial(_by_hand, owner, peers, at))
        yield Measure(
            f"board query at an instant, {said} ({found.total:,} on duty)",
            _median(ask), "ms", gate=QUERY_GATE, goal=query_goal,
        )  # fmt: skip
        yield Measure(
            f"the same, {said}",
            _median(ask),
            "ms",
            "its rows and counts by hand, unguarded",
            peer,
        )
        page = _page(name)
        yield Measure(
            f"board page, {said}, in the server",
            _median(page),
            "ms",
            gate=PAGE_GATE,
            goal=page_goal,
        )
        yield Measure(f"board page, {said}, slowest of twenty", _tail(page), "ms")


def _by_hand(owner: Any, statements: list[str], at: datetime) -> None:
    for statement in statements:
        owner.execute(statement, {"at": at}).fetchall()


def _actor(name: str) -> Any:
    key = uuid5(SPACE, name)
    unit = UNIT if name == "unit" else ""
    return Actor(None, key, key, VIEWERS[name], "duty-inspector", PURPOSE, unit=unit)


def _page(name: str) -> Callable[[], object]:
    """Asks for the page in this process, signed in as the viewer, as a worker of the server would."""
    key = uuid5(SPACE, name)
    account = models.Account.objects.get(username=f"bench-{name}")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[acting.POSTING], session[acting.PURPOSE] = str(key), PURPOSE
    session.save()

    def ask() -> None:
        answer = client.get("/duty/", headers={"host": "127.0.0.1"})
        assert answer.status_code == 200, answer.status_code
        assert b"Robin Hill" in answer.content

    return ask


def _statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _times(work: Callable[[], object], times: int) -> list[float]:
    for _ in range(3):
        work()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1e3)
    return found


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_times(work, TIMES))


def _tail(work: Callable[[], object]) -> float:
    return statistics.quantiles(_times(work, TIMES), n=20)[-1]
