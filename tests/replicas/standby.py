"""A real hot standby of the tests' own server: copied by pg_basebackup, kept up to date by streaming."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from crossforce.kernel import database
from crossforce.kernel.postgres_roles import Login
from crossforce.kernel.postgres_server import Server

PORT = 20_000 + os.getpid() % 20_000
PATIENCE = 60.0
SETTINGS = f"""
port = {PORT}
max_standby_streaming_delay = '1s'
shared_buffers = '64MB'
"""


class Standby:
    """Beside the primary, in a folder of its own; its replaying can be held."""

    def __init__(self, server: Server, admin: Login) -> None:
        self.server, self.admin = server, admin
        self.data = server.place.home / f"standby-{os.getpid()}"

    def copy(self) -> None:
        where = f"host={self.admin.host} user={self.admin.user} password={self.admin.password}"
        self._run("pg_basebackup", "-d", where, "-D", str(self.data), "-c", "fast", "-R", "-N")
        with (
            self.server.place.account.acting(),
            Path(self.data, "postgresql.conf").open("a") as file,
        ):
            file.write(SETTINGS)

    def start(self) -> None:
        log = str(self.server.place.home / f"standby-{os.getpid()}.log")
        self._run("pg_ctl", "start", "-w", "-s", "-D", str(self.data), "-l", log)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", str(self.data))

    def login(self, name: str) -> Login:
        """As the role of the web."""
        return replace(database.plan().application, port=str(PORT), name=name)

    def catch_up(self) -> None:
        """Wait until it has replayed all that the primary has written."""
        ends = time.monotonic() + PATIENCE
        written = self._asked(self.admin, "SELECT pg_current_wal_insert_lsn()::text")
        has_come = f"SELECT pg_last_wal_replay_lsn() >= '{written}'"
        while not self._here(has_come):
            assert time.monotonic() < ends, "the standby does not follow"
            time.sleep(0.02)

    @contextmanager
    def behind(self) -> Iterator[None]:
        """Inside, nothing that the primary does comes here."""
        self.catch_up()
        self._here("SELECT pg_wal_replay_pause()")
        while self._here("SELECT pg_get_wal_replay_pause_state()") != "paused":
            time.sleep(0.02)
        try:
            yield
        finally:
            self._here("SELECT pg_wal_replay_resume()")
            self.catch_up()

    def _here(self, question: LiteralString) -> Any:
        return self._asked(replace(self.admin, port=str(PORT)), question)

    def _asked(self, login: Login, question: LiteralString) -> Any:
        with login.connect(autocommit=True) as opened:
            row: Any = opened.execute(question).fetchone()
            return row and row[0]

    def _run(self, program: str, *words: str) -> None:
        done = self.server._run(program, *words)
        if done.returncode:
            raise psycopg.OperationalError(done.stdout)

    def remove(self) -> None:
        self.stop()
        with self.server.place.account.acting():
            for folder, _, files in os.walk(self.data, topdown=False):
                for name in files:
                    Path(folder, name).unlink()
                Path(folder).rmdir()


def made() -> Standby:
    """One that follows; skips the test where there is no server of ours, or a program is missing."""
    plan = database.plan()
    if plan.server is None or plan.admin is None:
        pytest.skip("the tests run on a server that is not ours to copy")
    if not Path(plan.server.place.program("pg_basebackup")).exists():
        pytest.skip("PostgreSQL's pg_basebackup is not among the programs here")
    standby = Standby(plan.server, plan.admin)
    standby.copy()
    standby.start()
    return standby
