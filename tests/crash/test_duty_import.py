"""Killed in the midst of an import or a load and gone on with: nothing is lost, nothing is there twice."""

import signal
import subprocess
from collections.abc import Iterator

import pytest

from tests.crash.installation import PYTHON, Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]
STAFF, DAYS = 200, 30
PREPARED = f"""
from bench.inside import duty_import as bench
bench.STAFF = {STAFF}
"""
WORK = f"""
import django; django.setup()
from crossforce.kernel import database
from bench.inside import duty_import as bench
from crossforce.duty.operations import arriving, importing
from crossforce.intake import api as intake
from crossforce.people.choices import Actor
bench.STAFF, importing.BATCH = {STAFF}, 500
actor = Actor(None, bench.PLANNER, bench.PLANNER, bench.FORCE, "duty-inspector", "duty-planning")
content = bench.exported(bench.FIRST, {DAYS})
file = intake.Arrived(bench.MAPPING.decode(), "duties.csv", [content])
with database.plan().running():
    key, is_new = arriving.receive(actor=actor, file=file, at=bench.AT, state="running")
    print("import", key, is_new, flush=True)
    outcome = arriving.DESK.run(
        actor=actor, key=key, at=bench.AT,
        progress=lambda step: step.doing == "write" and print("rows", step.rows, flush=True),
    )
    print("done", outcome.counts["new"], outcome.counts["same"], flush=True)
"""
LOOK = """
with database.plan().owner_login().connect() as owner:
    print(*owner.execute(
        "SELECT count(*), count(DISTINCT source_reference), count(DISTINCT (staff, starts_at)),"
        " (SELECT count(*) FROM duty_entryevent), (SELECT count(*) FROM records_pointer"
        " WHERE kind = 'duty.entry'), (SELECT count(*) FROM duty_import),"
        " (SELECT string_agg(state, ',') FROM duty_import) FROM duty_entry").fetchone())
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    made = Installation("duty-import")
    made.migrate()
    made.python(f"{PREPARED}bench.build()")
    yield made
    made.remove()


def worker(installation: Installation, work: str = WORK) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHON, "-c", work], env=installation.environment, stdout=subprocess.PIPE, text=True
    )


def test_an_import_goes_on_where_it_was_killed(installation: Installation) -> None:
    keys = set()
    for batches in (1, 4):
        with worker(installation) as at_work:
            assert at_work.stdout
            keys.add(at_work.stdout.readline().split()[1])
            for _ in range(batches):
                assert at_work.stdout.readline().startswith("rows")
            at_work.send_signal(signal.SIGKILL)
    last = worker(installation)
    said, _ = last.communicate(timeout=120)
    first, *_, done = said.splitlines()
    keys.add(first.split()[1])
    assert len(keys) == 1
    new, same = map(int, done.split()[1:])
    assert new + same == STAFF * DAYS
    assert same >= 2_500
    entries, references, moments, states, pointers, imports, state = installation.python(
        LOOK
    ).split()
    assert {entries, references, moments, states, pointers} == {str(STAFF * DAYS)}
    assert (imports, state) == ("1", "done")


PEOPLE, REFUSED = 4_000, 40
LOAD = f"""
import django; django.setup()
from crossforce.access import api as access
from crossforce.intake import api as intake
from crossforce.kernel import database
from crossforce.kernel.periods import Period
from crossforce.nominals.operations import arriving, writing
from crossforce.nominals.tests import loads
from crossforce.people.choices import Actor
from bench.inside import duty_import as bench
from django.db import transaction
writing.BATCH = 1_000
kinds = ("nominals.person", "nominals.load", "nominals.quarantine")
grants = [access.Grant(version=1, clause="2", term="2/n", holder=bench.FORCE, recipient=bench.FORCE, kind=kind,
    actions=("find", "read", "add", "edit"), holds=Period(bench.LONG_AGO), marking="OFFICIAL-SENSITIVE") for kind in kinds]
actor = Actor(None, bench.PLANNER, bench.PLANNER, bench.FORCE, "duty-inspector", "duty-planning")
born = lambda n: "31/02/1987" if n % {PEOPLE // REFUSED} == 0 else "09/03/1987"
content = loads.table(*(loads.row(Nominal=f"W{{n}}", Born=born(n)) for n in range({PEOPLE})))
with database.plan().running():
    with transaction.atomic():
        access.put_grants("nominals", grants)
    file = intake.Arrived(loads.MAPPING, "people.csv", [content])
    key, is_new = arriving.receive(actor=actor, file=file, at=bench.AT)
    print("load", key, is_new, flush=True)
    outcome = arriving.DESK.run(
        actor=actor, key=key, at=bench.AT,
        progress=lambda step: step.doing == "write" and print("rows", step.rows, flush=True),
    )
    print("done", *(outcome.counts[name] for name in ("read", "new", "same", "refused")), flush=True)
"""
HELD = """
with database.plan().owner_login().connect() as owner:
    print(*owner.execute(
        "SELECT count(*), count(DISTINCT source_reference), (SELECT count(*) FROM nominals_personevent),"
        " (SELECT count(*) FROM nominals_quarantine), (SELECT count(DISTINCT row_reference) FROM nominals_quarantine),"
        " (SELECT string_agg(state, ',') FROM nominals_load) FROM nominals_person").fetchone())
"""


def test_a_load_of_people_goes_on_where_it_was_killed(installation: Installation) -> None:
    with worker(installation, LOAD) as at_work:
        assert at_work.stdout
        first = at_work.stdout.readline().split()
        assert at_work.stdout.readline().startswith("rows")
        at_work.send_signal(signal.SIGKILL)
    said, _ = worker(installation, LOAD).communicate(timeout=120)
    again, *_, done = said.splitlines()
    assert (first[2], again.split()) == ("True", ["load", first[1], "False"])
    read, new, same, refused = map(int, done.split()[1:])
    assert (read, refused, new + same) == (PEOPLE, REFUSED, PEOPLE - REFUSED)
    assert 0 < same < PEOPLE - REFUSED
    people, references, states, rows, refused_rows, state = installation.python(HELD).split()
    assert {people, references, states} == {str(PEOPLE - REFUSED)}
    assert {rows, refused_rows} == {str(REFUSED)}
    assert state == "done"
