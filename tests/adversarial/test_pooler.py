"""Behind PgBouncer in transaction mode: many clients over two backends, and nobody is ever another."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg
import pytest
from django.db import connection, connections
from django.utils.module_loading import import_string

from crossforce.kernel import clock, database, guarded
from crossforce.kernel.postgres import KEEPS_PLANS
from crossforce.kernel.postgres_place import Place
from crossforce.kernel.postgres_roles import Login
from crossforce.kernel.web import lists
from crossforce.ledger.models import Entry
from crossforce.records import operations, queries
from crossforce.records.tests import factories
from tests.adversarial.conftest import Scene, raw

pytestmark = [pytest.mark.slow, pytest.mark.crash]
PROGRAM: Final = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")
PORT: Final = 20_000 + os.getpid() % 20_000
CLIENTS, TURNS, BACKENDS = 12, 5, 2
COUNT: Final = "SELECT count(*) FROM records_note"
NOTE: Final = "records.note"
PAGE: Final = lists.Asked({}, "created_at", True, 0, 50)
SETTINGS: Final = """
[databases]
{name} = host={host} port={port} dbname={name}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = {listens}
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {backends}
max_client_conn = 100
"""


@pytest.fixture
def pooler(transactional_db: None) -> Iterator[Login]:
    """How to reach the test database through it, as the role of the web."""
    plan = database.plan()
    if PROGRAM is None or plan.server is None:
        pytest.skip("PgBouncer is not on this machine, or the tests' server is not ours")
    login = plan.application.on(connection.settings_dict["NAME"])
    folder = plan.server.place.home / f"pooler-{os.getpid()}"
    _write(plan.server.place, folder, login)
    started = subprocess.Popen(
        [PROGRAM, "-q", str(folder / "settings")], **plan.server.place.account.process()
    )
    found = replace(login, host=str(folder), port=str(PORT))
    try:
        _wait(found)
        yield found
    finally:
        started.terminate()
        started.wait(timeout=60)
        shutil.rmtree(folder)


def _write(place: Place, folder: Path, login: Login) -> None:
    written = SETTINGS.format(
        name=login.name, host=login.host, port=login.port, folder=folder, listens=PORT,
        backends=BACKENDS,
    )  # fmt: skip
    with place.account.acting():
        folder.mkdir()
        (folder / "settings").write_text(written)
        (folder / "users").write_text(f'"{login.user}" "{login.password}"\n')


def _wait(login: Login) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            login.connect().close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


@contextmanager
def through(pooler: Login) -> Iterator[None]:
    """A worker of the web with a connection of its own to the pooler; settings as DATABASE_URL makes them."""
    given = connection.settings_dict | pooler.django() | {KEEPS_PLANS: False}
    backend = import_string(f"{given['ENGINE']}.base.DatabaseWrapper")
    connections["default"] = backend(given, "default")
    try:
        yield
    finally:
        connections["default"].close()


def look(pooler: Login, scene: Scene) -> tuple[list[str], set[int]]:
    """What went wrong while one after another acted on one connection; and the backends that served it."""
    people = ((scene.asha, 2), (scene.colleague, 1), (scene.cole, 0))
    wrong: list[str] = []
    backends: set[int] = set()
    with through(pooler):
        for actor, expected in people * TURNS:
            if (total := queries.lines(actor, NOTE, PAGE).total) != expected:
                wrong.append(f"{actor} is told of {total}")
            with guarded.acting(actor):
                backends.update(row[0] for row in raw("SELECT pg_backend_pid()"))
                if raw(COUNT) != [(expected,)]:
                    wrong.append(f"{actor} reads others")
            if raw(COUNT) != [(0,)]:
                wrong.append("somebody is left acting")
    return wrong, backends


def write(pooler: Login, scene: Scene) -> None:
    with through(pooler):
        for _ in range(TURNS):
            operations.create(actor=scene.asha, new=factories.new(), at=clock.now())


def test_many_clients_over_two_backends(pooler: Login, standing_scene: Scene) -> None:
    before = Entry.objects.count()
    with ThreadPoolExecutor(CLIENTS) as clients:
        told = list(clients.map(look, [pooler] * CLIENTS, [standing_scene] * CLIENTS))
    assert [each for wrong, _ in told for each in wrong] == []
    assert len(set().union(*(backends for _, backends in told))) <= BACKENDS
    assert Entry.objects.count() >= before + CLIENTS * TURNS * 2


def test_what_is_written_through_it_stands(pooler: Login, standing_scene: Scene) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(write, [pooler] * CLIENTS, [standing_scene] * CLIENTS))
    with guarded.acting(standing_scene.asha):
        assert raw(COUNT) == [(2 + CLIENTS * TURNS,)]
