"""Two hundred screens on live boards, and how soon a change is on all of them."""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.test import Client

from bench import governed
from bench.measure import Measure
from crossforce.access import api as access
from crossforce.access.choices import ACTIONS
from crossforce.duty.models import Entry
from crossforce.kernel import clock, database, guarded
from crossforce.kernel.live import place, process
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Organisation, Unit
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.signin import acting
from crossforce.records import api as records

FORCES: Final = ("avon-and-somerset", "gloucestershire", "wiltshire")
UNIT: Final = "tri-force-sou"
STAFF, MEMBERS, DAYS, SCREENS, CHANGES = 20_000, 360, 30, 200, 10
APART: Final = 2.5  #: seconds from one change to the next
LONG_AGO: Final = datetime(2015, 1, 1, tzinfo=UTC)
SPACE: Final = UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a03")
PLANNER: Final = uuid5(SPACE, "planner")
WEB_PORT: Final = 8_000
SEEN: Final = ("duty.entry", "duty.cover", "people.skill", "people.authority")
SKILLS: Final = ("firearms-tactics", "driving-advanced", "first-aid-enhanced")

PEOPLE: Final = """
INSERT INTO people_staff (id, scope_id, organisation, number, given_name, family_name, sort_key, kind, rank, email,
                          version, starts_at, changed_at, changed_by)
SELECT made.id, access_number_of(f, 'people.staff', '', '', 'OFFICIAL', made.id), f, n::text,
       'Robin', 'Hill ' || n, 'hill ' || n, 'officer', '', '', 1, %(since)s, %(since)s, 'bench'
  FROM (SELECT gen_random_uuid() AS id, n, (%(forces)s::text[])[1 + n %% 3] AS f
          FROM generate_series(1, %(staff)s) n) made"""
POSTINGS: Final = """
INSERT INTO people_posting (id, staff_id, organisation, unit_id, role, state, starts_at, version, changed_at,
                            changed_by, answered_at, answered_by)
SELECT s.id, s.id, s.organisation, u.id, 'duty-inspector', 'held', %(since)s, 1, %(since)s, 'bench', %(since)s, 'bench'
  FROM people_staff s, organisations_unit u WHERE u.code = %(unit)s AND s.number::int <= %(members)s"""
SKILLED: Final = """
INSERT INTO people_skill (id, scope_id, staff_id, code, evidence, starts_at, ends_at, version, changed_at, changed_by)
SELECT gen_random_uuid(), access_number_of(s.organisation, 'people.skill', '', '', 'OFFICIAL', s.id), s.id, code, '',
       %(since)s, now() + interval '1 year', 1, %(since)s, 'bench'
  FROM people_staff s, unnest(%(skills)s::text[]) code WHERE s.number::int <= %(members)s"""
ALLOWED: Final = """
INSERT INTO people_authority (id, scope_id, staff_id, code, conditions, granted_by, suspended_by, suspended_because,
                              starts_at, ends_at, version, changed_at, changed_by)
SELECT gen_random_uuid(), access_number_of(s.organisation, 'people.authority', '', '', 'OFFICIAL', s.id), s.id,
       'firearms-authorised-officer', '', 'bench', '', '', %(since)s, now() + interval '1 year', 1, %(since)s, 'bench'
  FROM people_staff s WHERE s.number::int <= %(members)s AND s.number::int %% 2 = 0"""
# Three shifts a day; members of the unit work in it, the others wherever they do.
DUTIES: Final = """
INSERT INTO duty_entry (id, scope_id, version, source_system, source_reference, purposes, review_group, disposal,
  proposed_by, created_at, created_by, changed_at, changed_by, cancelled_by, what, staff, number, name, starts_at, ends_at,
  is_long, unit, function, call_sign, role, location, status, absence)
SELECT gen_random_uuid(), p.scope, 1, 'bench', s.number || '/' || d, '{duty-from-law}', '', 'kept', '', now(), 'bench',
       now(), 'bench', '', 'duty', s.id, s.number, s.given_name || ' ' || s.family_name, t.at, t.at + interval '8 hours',
       false, p.unit, CASE WHEN p.unit = '' THEN '' ELSE 'firearms' END, 'XG' || s.number, '', 'Devizes', '', ''
  FROM people_staff s
  JOIN (SELECT f AS force, unit, access_number_of(f, 'duty.entry', CASE WHEN unit = '' THEN '' ELSE 'unit:' || unit END,
                                                 '', 'OFFICIAL-SENSITIVE', NULL) AS scope
          FROM unnest(%(forces)s::text[]) f, unnest(ARRAY['', %(unit)s]) unit) p
    ON p.force = s.organisation AND (p.unit <> '') = (s.number::int <= %(members)s)
 CROSS JOIN generate_series(-3, %(days)s - 4) d
 CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) - interval '2 hours'
                          + d * interval '1 day' + (s.number::int / 3 %% 3) * interval '8 hours' AS at) t
 WHERE s.number ~ '^[0-9]+$'"""


@dataclass(frozen=True, slots=True)
class Change:
    """What a screen waits for, and when it was begun."""

    token: str
    began: float


def measures() -> Iterator[Measure]:
    began = time.perf_counter()
    cookies = build()
    sys.stderr.write(f"built in {time.perf_counter() - began:.0f} s\n")
    for many in (10, 40, SCREENS):
        yield from measured(cookies[:many])


def build() -> list[str]:
    """The forces, their people and duties, the agreement; answers the cookies of signed-in inspectors."""

    values = {
        "forces": list(FORCES), "since": LONG_AGO, "staff": STAFF, "members": MEMBERS, "unit": UNIT,
        "skills": list(SKILLS), "days": DAYS,
    }  # fmt: skip
    with database.as_owner():
        for code in FORCES:
            kind = {
                "kind": "force",
                "name_en": code,
                "confidence": "D",
                "source": "bench",
            }
            Organisation.objects.get_or_create(code=code, defaults=kind)
        Unit.objects.create(
            code=UNIT, name_en="Tri-Force", since=LONG_AGO.date(), updated_at=LONG_AGO,
            updated_by="bench", agreement_reference="bench",
        )  # fmt: skip
    with database.plan().owner_login().connect(autocommit=True) as owner:
        for statement in (PEOPLE, POSTINGS, SKILLED, ALLOWED):
            owner.execute(statement, values)
        owner.execute("ALTER TABLE duty_entry DISABLE TRIGGER USER")
        owner.execute(DUTIES, values)
        owner.execute("ALTER TABLE duty_entry ENABLE TRIGGER USER")
        owner.execute(governed.STAFF, [PLANNER, FORCES[2], LONG_AGO, LONG_AGO])
        posting = governed.POSTING.replace("'investigator'", "'duty-inspector'")
        owner.execute(posting, [PLANNER, PLANNER, FORCES[2], *[LONG_AGO] * 3])
        owner.execute("VACUUM ANALYZE")
    _agree()
    cookies = list(_signed_in())
    connection.close()
    return cookies


def _agree() -> None:

    def grant(holder: str, recipient: str, kind: str, **more: Any) -> access.Grant:
        return access.Grant(
            version=1, clause="9.1", term=f"9.1/{holder}/{recipient}/{kind}", holder=holder, recipient=recipient,
            kind=kind, holds=Period(LONG_AGO), marking="OFFICIAL-SENSITIVE", **more,
        )  # fmt: skip

    shared = [
        grant(holder, recipient, kind, actions=("find", "read"), collection=f"unit:{UNIT}",
              units=(UNIT,), roles=("duty-inspector",))
        for kind in SEEN for holder in FORCES for recipient in FORCES
    ]  # fmt: skip
    own = [
        grant(force, force, kind, actions=tuple(ACTIONS), roles=("duty-inspector",), purposes=("duty-planning",))
        for kind in SEEN for force in FORCES
    ]  # fmt: skip
    with transaction.atomic():
        access.put_grants("bench-tri-force", shared)
        access.put_grants("bench-policy", own)


INSPECTORS: Final = """
SELECT id, family_name, number, organisation FROM people_staff WHERE number ~ '^[0-9]+$' AND number::int <= %s"""


def _signed_in() -> Iterator[str]:
    """Two hundred inspectors, each with an account and a session."""

    with database.plan().owner_login().connect(autocommit=True) as owner:
        found = owner.execute(INSPECTORS, [SCREENS]).fetchall()
        owner.execute("ALTER TABLE people_account DISABLE TRIGGER USER")
        with database.as_owner():
            for key, name, number, force in found:
                account = models.Account(
                    id=key,
                    username=f"bench-{number}",
                    name=name,
                    staff_id=key,
                    organisation_id=force,
                )
                account.opened_at = LONG_AGO
                account.set_anew(None)
                account.save(force_insert=True)
        owner.execute("ALTER TABLE people_account ENABLE TRIGGER USER")
    for account in models.Account.objects.order_by("username"):
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[acting.POSTING], session[acting.PURPOSE] = (
            str(account.staff_id),
            "operational-response",
        )
        session.save()
        yield client.cookies["crossforce_session"].value


@contextmanager
def streaming() -> Iterator[int]:
    """The stream in a process of its own, as it is served."""

    with process.open_port(WEB_PORT, any_port=True) as listener:
        port, parent, child = place.live_port(), os.getpid(), os.fork()
        if not child:
            try:
                process.stream(listener, parent)
            finally:
                os._exit(0)
        try:
            while not process.is_well(port):
                time.sleep(0.1)
            yield port
        finally:
            os.kill(child, 15)
            os.waitpid(child, 0)


def measured(cookies: list[str]) -> Iterator[Measure]:
    """200 screens over these inspectors."""
    with streaming() as port:
        opened, times = asyncio.run(_look_on(port, cookies))
    times.sort()
    figures = {
        "median": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "last": times[-1],
    }
    sys.stderr.write(
        f"{len(cookies)} inspectors: all boards drawn in {opened:.2f} s;"
        f" {len(times)} deliveries, {figures}\n"
    )
    what = f"a change is on {SCREENS} boards of {len(cookies)} inspectors"
    yield Measure(f"{what}, median", figures["median"], "s")
    yield Measure(f"{what}, p95", figures["p95"], "s", gate=1.0)


async def _look_on(port: int, cookies: list[str]) -> tuple[float, list[float]]:
    """Open the screens, change something again and again; seconds to every screen for every change."""
    times: list[float] = []
    waiting: dict[str, Change] = {}
    drawn = asyncio.Semaphore(0)
    began = time.perf_counter()
    tasks = [
        asyncio.create_task(_screen(port, cookies[n % len(cookies)], waiting, times, drawn))
        for n in range(SCREENS)
    ]
    for _ in range(SCREENS):
        await _drawn(drawn, tasks)
    opened = time.perf_counter() - began
    await asyncio.sleep(1)
    rows = await asyncio.to_thread(_on_duty)
    for number in range(CHANGES):
        waiting["now"] = Change(f"Post {time.time_ns()}", time.perf_counter())
        await asyncio.to_thread(_move, rows[number], waiting["now"].token)
        ends = time.perf_counter() + 20
        while len(times) < SCREENS * (number + 1) and time.perf_counter() < ends:
            await asyncio.sleep(0.02)
        assert len(times) == SCREENS * (number + 1), f"{len(times)} deliveries"
        await asyncio.sleep(APART)
    for task in tasks:
        task.cancel()
    return opened, times


async def _drawn(drawn: asyncio.Semaphore, tasks: list["asyncio.Task[None]"]) -> None:
    """One screen more is drawn. A screen that ended instead says why."""
    one = asyncio.create_task(drawn.acquire())
    done, _ = await asyncio.wait({one, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    for ended in done - {one}:
        ended.result()
        raise RuntimeError("a screen was closed before it was drawn")


async def _screen(
    port: int,
    cookie: str,
    waiting: dict[str, Change],
    times: list[float],
    drawn: asyncio.Semaphore,
) -> None:
    """One open board: notes when the change that is waited for has come whole."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    writer.write(
        f"GET /duty.board HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{WEB_PORT}\r\n"
        f"Cookie: crossforce_session={cookie}\r\n\r\n".encode()
    )
    has_drawn, seen = False, ""
    status = await reader.readline()
    assert b" 200 " in status, status
    while line := await reader.readline():
        if not line.startswith(b"data: {"):
            continue
        if not has_drawn:
            assert b"on duty or on call" in line, line[:300]
            has_drawn = True
            drawn.release()
        change = waiting.get("now")
        if change and change.token != seen and change.token.encode() in line:
            seen = change.token
            times.append(time.perf_counter() - change.began)
    writer.close()


def _planner() -> Any:

    return Actor(None, PLANNER, PLANNER, FORCES[2], "duty-inspector", "duty-planning")


def _on_duty() -> list[UUID]:
    """Duties of the unit that run now, those first on the board first."""

    now = clock.now()
    with guarded.acting(_planner()):
        rows = Entry.objects.filter(unit=UNIT, starts_at__lte=now, ends_at__gt=now)
        return list(rows.order_by("call_sign").values_list("pk", flat=True)[:CHANGES])


def _move(row: UUID, to: str) -> None:
    """Somebody is elsewhere now, as the page of the record changes it."""

    actor = _planner()
    with guarded.acting(actor):
        version = Entry.objects.get(pk=row).version
    records.edit(
        actor=actor,
        kind="duty.entry",
        record=row,
        version=version,
        given={"location": to},
        at=clock.now(),
    )
