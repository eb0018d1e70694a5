"""A database of governed rows to measure on: a million of them in five thousand scopes, under fifty agreements.

The tables are the benchmark's own; row security on them is put there by the functions that guard every
table of the platform. Actors differ in how many scopes they reach, from none to all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final
from uuid import UUID, uuid5

from django.db import models, transaction

from crossforce.access import api as access
from crossforce.access import guarding
from crossforce.kernel import database, guarded_policies
from crossforce.kernel.guarded import Guarded
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Organisation
from crossforce.people import api as people

ROWS: Final = 1_000_000
HOLDERS, CASES, SPARE = 50, 100, 45_000
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
SPACE: Final = UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a01")
RECORD, LINE = "bench.record", "bench.line"
STEPS: Final = (0, 1, 5, 20, 50, 100, 300, 800, 1650, 5000)
"""How many of the 5,000 scopes each of ten actors reaches."""
SMALL: Final = "0.05 %"
SHARES: Final = 1000


class Record(Guarded):
    """The columns that a page of any record kind reads."""

    record_kind: ClassVar[str] = RECORD

    id = models.UUIDField(primary_key=True)
    source_system = models.CharField(max_length=60)
    source_reference = models.CharField(max_length=120)
    subject = models.CharField(max_length=300)
    category = models.CharField(max_length=20)
    version = models.IntegerField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)

    class Meta(Guarded.Meta):
        app_label = "bench"
        managed = False
        db_table = "bench_record"

    def __str__(self) -> str:
        return self.subject


class Line(Guarded):
    """What is joined to a record."""

    record_kind: ClassVar[str] = LINE

    id = models.UUIDField(primary_key=True)
    record = models.UUIDField()
    amount = models.IntegerField()

    class Meta(Guarded.Meta):
        app_label = "bench"
        managed = False
        db_table = "bench_line"

    def __str__(self) -> str:
        return str(self.id)


TABLES: Final = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE bench_record (
  id uuid PRIMARY KEY, scope_id int NOT NULL, source_system varchar(60) NOT NULL,
  source_reference varchar(120) NOT NULL, subject varchar(300) NOT NULL, category varchar(20) NOT NULL,
  version int NOT NULL, created_at timestamptz NOT NULL, created_by varchar(100) NOT NULL);
CREATE TABLE bench_line (id uuid PRIMARY KEY, scope_id int NOT NULL, record uuid NOT NULL, amount int NOT NULL);
CREATE TABLE bench_place (n int PRIMARY KEY, id int NOT NULL);
"""

# Scopes as `access_scope_of` makes them, and blocks as they stand after it: what was joined, and what came since.
PLACES: Final = """
INSERT INTO bench_place SELECT n, id FROM (
  SELECT n, (n * 7919::bigint + 104729) % 2147483647 AS id FROM generate_series(0, {most} - 1) n) p;
INSERT INTO access_scope (id, holder, kind, collection, compartment, marking, rank)
SELECT id, 'bench-holder-' || lpad((n / {cases})::text, 2, '0'), '{kind}', 'case:' || n, '', 'OFFICIAL', 0 FROM bench_place;
INSERT INTO access_scope (id, holder, kind, collection, compartment, marking, rank)
SELECT 2000000000 + n, 'bench-archive', '{kind}', 'case:' || n, '', 'OFFICIAL', 0 FROM generate_series(1, {spare}) n;
INSERT INTO access_block (id, holder, kind, compartment, rank, scopes)
SELECT gen_random_uuid(), holder, kind, '', 0, array_agg(id) FROM access_scope
 WHERE kind = '{kind}' GROUP BY holder, kind, CASE WHEN id % 48 = 0 AND holder <> 'bench-archive' THEN id ELSE 0 END;
"""

# The first five cases hold half as many rows as the others, so that an actor can see 0.05 %.
RECORDS: Final = """
INSERT INTO bench_record
SELECT gen_random_uuid(), p.id, 'Niche', 'BR/' || r.n, w.words[1 + r.n % 16] || w.words[1 + r.n / 16 % 16] || ' ' || w.words[1 + r.n / 7 % 16]
       || w.words[1 + r.n / 300 % 16] || w.words[1 + r.n / 5000 % 16] || ' ' || substr(md5(r.n::text), 1, 8), 'c' || r.n % 12, 1, now() - ({rows} - r.n) * (interval '1095 days' / {rows}), 'bench'
  FROM (SELECT n, floor(random() * {places})::int AS first, floor(random() * {places})::int AS second,
               random() < 0.5 AS again FROM generate_series(1, {rows}) n) r
  JOIN bench_place p ON p.n = CASE WHEN first < 5 AND again THEN second ELSE first END,
       (SELECT ARRAY['har', 'bour', 'lan', 'tern', 'quar', 'ry', 'this', 'tle', 'mea', 'dow', 'brid', 'ge', 'or', 'chard', 'sta',
        'tion'] AS words) w;
INSERT INTO bench_line
SELECT gen_random_uuid(), scope_id, id, 1 + (random() * 99)::int FROM bench_record WHERE random() < 0.3;
CREATE INDEX bench_record_in_scope ON bench_record (scope_id, created_at DESC);
CREATE INDEX bench_record_newest ON bench_record (created_at DESC, scope_id);
CREATE INDEX bench_record_alike ON bench_record USING gin (subject gin_trgm_ops);
CREATE INDEX bench_line_scope ON bench_line (scope_id);
CREATE INDEX bench_line_record ON bench_line (record);
"""


@dataclass(frozen=True, slots=True)
class Viewer:
    """An actor, and the numbers (bench_place.n) of the scopes that the agreements open to it."""

    name: str
    cases: range
    is_archivist: bool = False

    @property
    def organisation(self) -> str:
        return f"bench-viewer-{self.name}"

    @property
    def actor(self) -> people.Actor:
        posting = uuid5(SPACE, self.name)
        return people.Actor(
            None, posting, posting, self.organisation, "investigator", "crime-investigation"
        )

    def grants(self) -> Iterator[tuple[int, str]]:
        """Whole holders where all of one's cases are open, else single cases; by number of the holder."""
        for holder in range(HOLDERS):
            own = range(holder * CASES, (holder + 1) * CASES)
            mine = [n for n in own if n in self.cases]
            if len(mine) == CASES:
                yield holder, ""
            else:
                yield from ((holder, f"case:{n}") for n in mine)


def viewers() -> list[Viewer]:
    """From none to all; and by name those who see 0.05 %, hold shares, or reach 50,000 scopes."""
    steps = [Viewer(str(n), range(100, 100 + n) if n < 4900 else range(n)) for n in STEPS]
    return [
        *steps,
        Viewer("small", range(5)),
        Viewer("shares-none", range(0)),
        Viewer("shares-third", range(100, 1750)),
        Viewer("archivist", range(5000), is_archivist=True),
    ]


def viewer(name: str) -> Viewer:
    return next(each for each in viewers() if each.name == name)


def scope_of(case: int) -> int:
    """The number of the scope of a case, as the table of them has it."""
    return (case * 7919 + 104729) % 2147483647


def build(rows: int = ROWS) -> None:
    """Make all of it, as the owner; the agreements' grants by the operation that an activation uses."""
    plan = database.plan()
    places = HOLDERS * CASES
    with plan.owner_login().connect() as owner:
        if owner.execute("SELECT to_regclass('bench_record')").fetchone() != (None,):
            return
        owner.execute(TABLES)
        owner.execute(PLACES.format(cases=CASES, kind=RECORD, most=places, spare=SPARE))
        owner.commit()
        with database.as_owner():
            _organisations()
        owner.execute(RECORDS.format(rows=rows, places=places))
        with owner.cursor() as cursor:
            _guard(cursor)
            _people(cursor)
        owner.commit()
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE")
    with transaction.atomic():
        for holder in range(HOLDERS):
            access.put_grants(f"bench-agreement-{holder:02}", list(_grants(holder)))
        archive = _grant("bench-archive", viewer("archivist").organisation, "")
        access.put_grants("bench-agreement-archive", [archive])
    with plan.owner_login().connect(autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE access_grant, access_share, access_scope, access_block")


def _guard(cursor: Any) -> None:
    for model in (Record, Line):
        cursor.execute(
            "INSERT INTO access_kind (kind, relation, besides) VALUES (%s, %s, '')",
            [model.record_kind, model._meta.db_table],
        )
        guarding.guard(cursor, model)
    # Lines lie in the scopes of their records: the benchmark gives that kind the same numbers.
    statement = guarding.policies(Record)["guarded_read"][1]
    guarded_policies.secure(cursor, "bench_line", {"guarded_read": ("SELECT", statement, "")})


STAFF: Final = """
INSERT INTO people_staff (id, scope_id, organisation, number, given_name, family_name, sort_key, kind, rank, email,
                          version, starts_at, changed_at, changed_by)
VALUES (%s, 0, %s, 'B1', 'A', 'Person', 'person', 'officer', '', '', 1, %s, %s, 'bench')
ON CONFLICT DO NOTHING"""
POSTING: Final = """
INSERT INTO people_posting (id, staff_id, organisation, role, state, starts_at, version, changed_at, changed_by,
                            answered_at, answered_by)
VALUES (%s, %s, %s, 'investigator', 'held', %s, 1, %s, 'bench', %s, 'bench')
ON CONFLICT DO NOTHING"""
OPENED: Final = """
INSERT INTO access_share (id, record, kind, scope, holder, posting, actions, purposes, holds, origin, agreement,
                          clause, reason, given_at, given_by)
SELECT gen_random_uuid(), r.id, s.kind, s.id, s.holder, %s, '{find,read}', '{}', '[2020-01-01,2100-01-01)', 'share',
       'bench-agreement-' || right(s.holder, 2), '1', 'bench', now(), 'bench'
  FROM (SELECT id, scope_id FROM bench_record ORDER BY id LIMIT %s) r JOIN access_scope s ON s.id = r.scope_id"""


def _people(cursor: Any) -> None:
    for each in viewers():
        key = each.actor.posting
        cursor.execute(STAFF, [key, each.organisation, LONG_AGO, LONG_AGO])
        cursor.execute(POSTING, [key, key, each.organisation, *[LONG_AGO] * 3])
        if each.name.startswith("shares"):
            cursor.execute(OPENED, [key, SHARES])


def _organisations() -> None:
    for each in viewers():
        Organisation.objects.get_or_create(
            code=each.organisation,
            defaults={
                "kind": "partner",
                "name_en": each.name,
                "confidence": "D",
                "source": "bench",
            },
        )


def _grants(holder: int) -> Iterator[access.Grant]:
    """What one agreement gives: sight to viewers, and to each of two that hold shares one case for the share to rest on."""
    code = f"bench-holder-{holder:02}"
    for each in viewers():
        for number, collection in each.grants():
            if number == holder:
                yield _grant(code, each.organisation, collection)
        if each.name.startswith("shares"):
            yield _grant(code, each.organisation, "case:none")


def _grant(holder: str, recipient: str, collection: str) -> access.Grant:
    return access.Grant(
        version=1, clause="9.1", term=f"9.1/{recipient}/{collection}", holder=holder, recipient=recipient,
        kind=RECORD, collection=collection, actions=("find", "read"), holds=Period(LONG_AGO),
        roles=("investigator", "controller"), purposes=("crime-investigation",),
    )  # fmt: skip
