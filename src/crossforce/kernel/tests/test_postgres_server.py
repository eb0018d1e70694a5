"""Our own server: it starts, is shared, survives kills, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psutil
import psycopg
import pytest
from django.conf import settings

from crossforce.kernel import postgres_place
from crossforce.kernel.postgres_server import ADMIN, Server, works_in
from crossforce.kernel.testing.soon import until

pytestmark = [pytest.mark.crash, pytest.mark.slow]

PASSWORD = "only for this test"
HOLD = """
import sys, time
from pathlib import Path
from typing import LiteralString
from crossforce.kernel import postgres_place
from crossforce.kernel.postgres_server import Server
server = Server(postgres_place.find(Path(sys.argv[1])), admin_password=sys.argv[2], fast=True)
with server.running():
    print(server.postmaster(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def var() -> Iterator[Path]:
    folder = settings.VAR / f"server-{os.getpid()}"
    folder.mkdir(parents=True)
    yield folder
    end(folder)
    shutil.rmtree(folder)


@pytest.fixture
def server(var: Path) -> Server:
    return Server(postgres_place.find(var), admin_password=PASSWORD, fast=True)


def end(folder: Path) -> None:
    """Whatever a failed test left running in this folder."""
    data = postgres_place.find(folder).data
    for process in psutil.process_iter():
        if works_in(process.pid, data):
            process.kill()
            process.wait(60)


def asked(server: Server, question: LiteralString) -> object:
    sockets = str(server.place.sockets)
    with psycopg.connect(
        host=sockets, user=ADMIN, password=PASSWORD, dbname="postgres", autocommit=True
    ) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def holder(var: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(var), PASSWORD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


def let_go(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def test_starts_and_stops_and_leaves_no_process(server: Server) -> None:
    with server.running():
        pid = server.postmaster()
        assert asked(server, "SELECT 1") == 1
    assert pid
    assert not works_in(pid, server.place.data)
    assert server.postmaster() is None


def test_a_fork_that_outlives_its_parent_does_not_keep_it_running(server: Server) -> None:
    server.acquire()
    ends, told = os.pipe()
    begun, begins = os.pipe()
    if not (child := os.fork()):
        os.close(told)
        os.write(begins, b"!")
        os.read(ends, 1)
        os._exit(0)
    os.read(begun, 1)
    try:
        assert server.release()
        assert server.postmaster() is None
    finally:
        os.close(told)
        os.waitpid(child, 0)
        for pipe in (ends, begun, begins):
            os.close(pipe)


def test_a_fork_starts_it_again(server: Server) -> None:
    with server.running():
        pid = server.postmaster()
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(lambda: server.postmaster() is None)
        if not (child := os.fork()):
            os._exit(0 if server.revive() else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert asked(server, "SELECT 1") == 1


def test_listens_on_no_network_address_and_wants_a_password(server: Server) -> None:
    with server.running():
        assert asked(server, "SHOW listen_addresses") == ""
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=str(server.place.sockets), user=ADMIN, password="wrong", dbname="postgres"
            )


def test_runs_under_an_account_that_is_not_root_and_opens_no_folder(var: Path) -> None:
    before = var.stat()
    server = Server(postgres_place.find(var), admin_password=PASSWORD, fast=True)
    with server.running():
        pid = server.postmaster()
        assert pid
        assert psutil.Process(pid).uids().effective != 0
    assert (var.stat().st_mode, var.stat().st_uid) == (before.st_mode, before.st_uid)
    assert server.place.home.stat().st_mode & 0o777 == 0o700


def test_survives_kill_9_of_the_server(server: Server) -> None:
    server.acquire()
    asked(server, "CREATE TABLE kept AS SELECT 7 AS number")
    asked(server, "CHECKPOINT")
    pid = server.postmaster()
    assert pid
    os.kill(pid, signal.SIGKILL)
    server.release()
    with server.running():
        assert server.postmaster() != pid
        assert asked(server, "SELECT number FROM kept") == 7


def test_survives_kill_9_of_the_program_that_started_it(var: Path, server: Server) -> None:
    process = holder(var)
    pid = first_line(process)
    process.kill()
    process.communicate()
    assert server.postmaster() == pid
    with server.running():
        assert server.postmaster() == pid
        assert asked(server, "SELECT 1") == 1
    assert server.postmaster() is None


def test_two_starts_at_once_share_one_server(var: Path, server: Server) -> None:
    one, other = holder(var), holder(var)
    assert first_line(one) == first_line(other)
    let_go(one)
    assert server.postmaster()
    assert server.is_ready()
    let_go(other)
    assert server.postmaster() is None


def test_a_number_borrowed_by_another_program_does_not_stop_the_start(server: Server) -> None:
    with server.running():
        pass
    sleeper = subprocess.Popen(["/bin/sleep", "60"], **server.place.account.process())
    stale = server.place.data / "postmaster.pid"
    said = f"{sleeper.pid}\n{server.place.data}\n{int(time.time())}\n5432\n\n\n  0  0\n"
    stale.write_text(said)
    (server.place.sockets / ".s.PGSQL.5432.lock").write_text(said)
    try:
        with server.running():
            assert asked(server, "SELECT 1") == 1
    finally:
        sleeper.kill()
        sleeper.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_a_closed_checkout_keeps_its_data_elsewhere(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    place = postgres_place.find(tmp_path / "var")
    try:
        assert "cannot enter" in place.moved_because
        assert place.home.parent == Path("/var/tmp")
        assert place.home.stat().st_mode & 0o777 == 0o700
        with Server(place, admin_password=PASSWORD, fast=True).running() as server:
            assert asked(server, "SELECT 1") == 1
        assert tmp_path.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(place.home)


@pytest.mark.skipif(
    os.geteuid() != 0 or "CROSSFORCE_PG_BIN" in os.environ,
    reason="only root starts the server as somebody else, and only the package can be copied",
)
def test_programs_in_a_closed_folder_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    package = postgres_place.wheel_binaries().parents[1]
    for source in (package, postgres_place.beside_package(package)):
        if source.exists():
            shutil.copytree(source, tmp_path / source.name, symlinks=True)
    closed = tmp_path / postgres_place.wheel_binaries().relative_to(package.parent)
    monkeypatch.setenv("CROSSFORCE_PG_BIN", str(closed))
    place = postgres_place.find(tmp_path / "var")
    try:
        assert place.binaries.stat().st_uid == 0
        with Server(place, admin_password=PASSWORD, fast=True).running() as server:
            assert asked(server, "SELECT 1") == 1
    finally:
        shutil.rmtree(place.home)
        shutil.rmtree(postgres_place.beside(place.home, "programs"))


def test_refuses_a_folder_that_somebody_else_made(tmp_path: Path) -> None:
    account = postgres_place.account_for(tmp_path)
    folder = tmp_path / "planted"
    folder.symlink_to(tmp_path)
    with pytest.raises(postgres_place.NoPlace, match="belongs to somebody else"):
        postgres_place.own(folder, account)
