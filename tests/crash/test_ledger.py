"""Killed while it is written and integrated, the ledger loses nothing that was acknowledged."""

import random
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.crash.installation import PYTHON, Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]

WRITE = """
import django; django.setup()
from django.db import transaction
from crossforce.kernel import clock
from crossforce.ledger import operations
from crossforce.ledger.choices import Act
from crossforce.ledger.tests.factories import actor
while True:
    acts = [Act("a.b", f"a:{n}", {"n": n}, private={"n": n}) for n in range(20)]
    with transaction.atomic():
        made = operations.append_many(actor=actor(), acts=acts, at=clock.now())
    print(*(entry.id for entry in made), flush=True)
"""
LOOK = """
from crossforce.ledger import models
print(*models.Leaf.objects.order_by("index").values_list("entry", flat=True))
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    made = Installation("ledger")
    made.run("migrate")
    yield made
    made.remove()


def start(installation: Installation, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHON, *words], env=installation.environment, stdout=subprocess.PIPE, text=True
    )


def test_nothing_acknowledged_is_lost_and_the_tree_stays_whole(
    installation: Installation,
) -> None:
    acknowledged: list[str] = []
    keeper = installation.start("ledger", "integrate", "--watch")  # keeps the server running
    time.sleep(3)
    for _ in range(2):
        writers = [start(installation, "-c", WRITE) for _ in range(2)]
        integrator = installation.start("ledger", "integrate", "--watch")
        time.sleep(4 + random.random())
        for process in (*writers, integrator):
            process.send_signal(signal.SIGKILL)
        for process in writers:
            said, _ = process.communicate()
            whole, _, _ = said.rpartition("\n")
            acknowledged += whole.split()
        integrator.communicate()
    keeper.kill()
    keeper.communicate()
    for found in installation.processes():  # the database too
        found.kill()
    time.sleep(1)
    installation.run("ledger", "integrate")
    placed = installation.python(LOOK).split()
    assert len(acknowledged) > 100
    assert set(acknowledged) <= set(placed)
    assert len(placed) == len(set(placed))
    assert len(placed) % 20 == 0
    said = installation.run("ledger", "verify-log")
    assert f"{len(placed):,} entries" in said
    assert "0 wait for their place" in said
