"""Killed while it is written and integrated, the ledger loses nothing that was acknowledged."""

import os
import signal
import subprocess
from contextlib import suppress
from threading import Thread

import pytest

from crossforce.kernel import postgres_place
from crossforce.kernel.postgres_server import Server
from crossforce.kernel.testing.soon import until
from tests.crash.installation import PYTHON, Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]

WRITE = """
import django; django.setup()
from django.db import transaction
from crossforce.kernel import clock, database
from crossforce.ledger import operations
from crossforce.ledger.choices import Act
from crossforce.ledger.tests.factories import actor
acts = [Act("a.b", f"a:{n}", {"n": n}, private={"n": n}) for n in range(20)]
with database.plan().running():
    while True:
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
SOME = 200
"""So many entries of each writer, a second's work."""
WHOLE = """
from crossforce.ledger import models
print(*{models.Entry.objects.filter(subject=f"a:{n}").count() for n in range(1, 20)})
"""


class Writer:
    """A process that writes without end; what it said so far was acknowledged."""

    def __init__(self, installation: Installation) -> None:
        words = [PYTHON, "-c", WRITE]
        self.process = subprocess.Popen(
            words, env=installation.environment, stdout=subprocess.PIPE, text=True
        )
        self.acknowledged: list[str] = []
        self.reading = Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as said:
            for line in said:
                if line.endswith("\n"):  # else it was killed while it said so
                    self.acknowledged += line.split()


def killed(installation: Installation, *, database_too: bool) -> list[str]:
    """Two write and two integrate until they are in the midst of it; answers what was acknowledged."""
    keeper = Server(postgres_place.find(installation.var), admin_password="", fast=False)
    keeper.acquire()  # it outlives whoever else uses it
    integrator = installation.start("ledger", "integrate", "--watch")
    writers = [Writer(installation) for _ in range(2)]
    until(lambda: all(len(each.acknowledged) > SOME for each in writers))
    processes = {each.process.pid for each in writers} | {integrator.pid}
    if database_too:
        processes |= {found.pid for found in installation.processes()}
    for process_id in processes:
        with suppress(ProcessLookupError):  # gone with the one that was killed before it
            os.kill(process_id, signal.SIGKILL)
    integrator.communicate()
    for each in writers:
        each.process.wait()
        each.reading.join()
    until(lambda: not (database_too and installation.processes()))
    keeper.release()
    return [entry for each in writers for entry in each.acknowledged]


def test_nothing_acknowledged_is_lost_and_the_tree_stays_whole(
    installation: Installation,
) -> None:
    installation.environment["CROSSFORCE_PG_FAST"] = (
        "0"  # the fast server may lose its last instants
    )
    acknowledged = killed(installation, database_too=False)
    acknowledged += killed(installation, database_too=True)
    with installation.at_work():
        installation.run("ledger", "integrate")
        found, whole = installation.python(LOOK + WHOLE).splitlines()
        said = installation.run("ledger", "verify-log")
    placed = found.split()
    assert set(acknowledged) <= set(placed)
    assert len(placed) == len(set(placed))
    assert len(whole.split()) == 1  # of a batch, all twenty or none
    assert f"{len(placed):,} entries" in said
    assert "0 wait for their place" in said
