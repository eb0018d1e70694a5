"""Killed while a watched file is brought in: what was taken is taken up again, and nothing is there twice."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.installation import PYTHON, Installation
from tests.crash.test_duty_import import DAYS, LOOK, PREPARED, STAFF

pytestmark = [pytest.mark.crash, pytest.mark.slow]
ACTOR = (
    'Actor(None, bench.PLANNER, bench.PLANNER, bench.FORCE, "duty-inspector", "duty-planning")'
)
KEPT = f"""
from crossforce.access import api as access
from crossforce.duty.operations import mappings
from crossforce.kernel.periods import Period
from crossforce.people.choices import Actor
from django.db import transaction
{PREPARED}
bench.build()
grant = access.Grant(version=1, clause="2", term="2/m", holder=bench.FORCE, recipient=bench.FORCE,
    kind="duty.mapping", actions=("find", "read", "add"), holds=Period(bench.LONG_AGO),
    marking="OFFICIAL-SENSITIVE")
with transaction.atomic():
    access.put_grants("mappings", [grant])
mappings.keep(actor={ACTOR}, text=bench.MAPPING.decode(), at=bench.AT)
"""
WATCH = f"""
import django; django.setup()
import sys
from pathlib import Path
from crossforce.kernel import database
{PREPARED}
from crossforce.duty.mapping import read
from crossforce.duty.operations import arriving, importing, watching
from crossforce.people.choices import Actor
importing.BATCH = 500
tell = arriving.WAITING.tell
def told(key, done):
    tell(key, done)
    print("rows", done, flush=True)
arriving.WAITING.tell = told
place = watching.Place(Path(sys.argv[1]), read(bench.MAPPING).name, lambda: {ACTOR})
watch = watching.Watch(lambda: [place])
with database.plan().running():
    print("looks", flush=True)
    for _ in range(2):
        for each in watch.look(at=bench.AT):
            print("brought", each.outcome.counts["new"], each.outcome.counts["same"], flush=True)
"""
WRITE = f"""
{PREPARED}
from pathlib import Path
Path({{path!r}}).write_bytes(bench.exported(bench.FIRST, {DAYS}))
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    made = Installation("duty-watch")
    made.migrate()
    made.python(KEPT)
    yield made
    made.remove()


def watcher(installation: Installation, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHON, "-c", WATCH, str(folder)],
        env=installation.environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_was_taken_is_taken_up_again(installation: Installation, tmp_path: Path) -> None:
    installation.python(WRITE.format(path=str(tmp_path / "week.csv")))
    for batches in (2, 4):
        with watcher(installation, tmp_path) as at_work:
            assert at_work.stdout
            assert at_work.stdout.readline() == "looks\n"
            for _ in range(batches):
                assert at_work.stdout.readline().startswith("rows")
            at_work.send_signal(signal.SIGKILL)
        assert [each.name for each in (tmp_path / "taken").iterdir()] == ["week.csv"]
    last, _ = watcher(installation, tmp_path).communicate(timeout=120)
    _, new, same = last.splitlines()[-1].split()
    assert int(new) + int(same) == STAFF * DAYS
    assert [each.name for each in (tmp_path / "done").iterdir()] == ["week.csv"]
    assert not list((tmp_path / "taken").iterdir())
    entries, references, moments, states, pointers, imports, state = installation.python(
        LOOK
    ).split()
    assert {entries, references, moments, states, pointers} == {str(STAFF * DAYS)}
    assert (imports, state) == ("1", "done")
