"""Killed while it is written and integrated, the ledger loses nothing that was acknowledged."""

import os
import random
import signal
import subprocess
import time
from contextlib import suppress

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
    with transaction.atomic():
        (one,) = operations.append_many(actor=actor(), acts=[acts[0]], at=clock.now())
    print(one.id, flush=True)
"""
LOOK = """
from crossforce.ledger import models
print(*models.Leaf.objects.order_by("index").values_list("entry", flat=True))
"""
WHOLE = """
from crossforce.ledger import models
print(*{models.Entry.objects.filter(subject=f"a:{n}").count() for n in range(1, 20)})
"""


def start(installation: Installation, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHON, *words], env=installation.environment, stdout=subprocess.PIPE, text=True
    )


def test_nothing_acknowledged_is_lost_and_the_tree_stays_whole(
    installation: Installation,
) -> None:
    acknowledged: list[str] = []
    for database_too in (False, True):
        keeper = installation.start(
            "ledger", "integrate", "--watch"
        )  # keeps the server running
        time.sleep(3)
        writers = [start(installation, "-c", WRITE) for _ in range(2)]
        integrator = installation.start("ledger", "integrate", "--watch")
        for process in writers:  # both write, however slow the machine is
            assert process.stdout
            acknowledged += process.stdout.readline().split()
        time.sleep(3 + random.random())
        killed = {process.pid for process in (*writers, integrator)}
        if database_too:
            killed |= {found.pid for found in installation.processes()}
        for process_id in killed:
            with suppress(ProcessLookupError):  # gone with the one that was killed before it
                os.kill(process_id, signal.SIGKILL)
        for process in writers:
            said, _ = process.communicate()
            whole, _, _ = said.rpartition("\n")
            acknowledged += whole.split()
        for process in (integrator, keeper):
            process.kill()
            process.communicate()
        time.sleep(1)
    installation.run("ledger", "integrate")
    placed = installation.python(LOOK).split()
    assert len(acknowledged) > 100
    assert set(acknowledged) <= set(placed)
    assert len(placed) == len(set(placed))
    assert len(installation.python(WHOLE).split()) == 1  # of a batch, all twenty or none
    said = installation.run("ledger", "verify-log")
    assert f"{len(placed):,} entries" in said
    assert "0 wait for their place" in said
