"""Start, share and stop our own PostgreSQL.

Every process that uses the server holds a shared lock on `users`; the last to leave stops the
server. The operating system drops the lock of a process that was killed, so nothing leaks: a
server left running by a kill -9 is found and used by the next start. A fork holds nothing: one that
outlives its parent for a moment does not keep the server from being stopped.
"""

import fcntl
import os
import subprocess
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from crossforce.kernel import postgres_memory
from crossforce.kernel.postgres_place import BARE_ENVIRONMENT, Place

ADMIN: Final = "crossforce_admin"
START_SECONDS: Final = 60
ATTEMPTS: Final = 5

SETTINGS: Final = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "100",
    "work_mem": "'16MB'",
    "temp_buffers": "'64MB'",
    "maintenance_work_mem": "'128MB'",
    "max_wal_size": "'2GB'",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_min_duration_statement": "'2s'",
    "lc_messages": "'C'",
}
FAST_SETTINGS: Final = {
    "shared_buffers": "'256MB'",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class DidNotStart(Exception):
    """PostgreSQL did not start; the message holds the end of its log."""


class Server:
    """One cluster in one place."""

    def __init__(self, place: Place, *, admin_password: str, fast: bool = False) -> None:
        self.place = place
        self.admin_password = admin_password
        self.fast = fast
        self._lease: int | None = None
        self._is_used = False
        _known.add(self)

    def acquire(self) -> None:
        """Make sure that the server runs, and keep it running until `release`."""
        if self._lease is not None:
            return
        with self._gate():
            lease = self._open(f"users-{self.place.major}")
            fcntl.flock(lease, fcntl.LOCK_SH)
            self._lease = lease
            try:
                self._start()
            except BaseException:
                self.drop()
                raise
            self._is_used = True

    def release(self) -> bool:
        """Stop the server if nobody else uses it; answers whether it was stopped."""
        if self._lease is None:
            return False
        with self._gate():
            self.drop()
            self._is_used = False
            alone = self._open(f"users-{self.place.major}")
            try:
                fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            else:
                self._stop()
                return True
            finally:
                os.close(alone)

    def revive(self) -> bool:
        """Start the server again if it is gone and this process, or the one that forked it, uses it.

        Answers whether it was started.
        """
        if not self._is_used or self.postmaster():
            return False
        with self._gate():
            if self.postmaster():
                return False
            self._start()
            return True

    @contextmanager
    def running(self) -> Iterator["Server"]:
        self.acquire()
        try:
            yield self
        finally:
            self.release()

    def postmaster(self) -> int | None:
        """The process that serves this cluster, or None. A stale or borrowed number is None."""
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if works_in(pid, self.place.data) else None

    def is_ready(self) -> bool:
        return self._run("pg_isready", "-q", "-h", str(self.place.sockets)).returncode == 0

    def _start(self) -> None:
        if self.postmaster() and self._becomes_ready(START_SECONDS):
            return
        if not (self.place.data / "PG_VERSION").exists():
            self._make_cluster()
        self._write_settings()
        for attempt in range(ATTEMPTS):
            self._clear_borrowed_number()
            if self._launch():
                return
            time.sleep(0.5 * (attempt + 1))  # children of a killed server take a moment to go
        raise DidNotStart(self._why())

    def _launch(self) -> bool:
        done = self._run(
            "pg_ctl",
            *("start", "-w", "-s", "-t", str(START_SECONDS)),
            *("-D", str(self.place.data), "-l", str(self.place.log)),
        )
        return done.returncode == 0

    def _stop(self) -> None:
        if self.postmaster():
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", str(self.place.data))

    def _make_cluster(self) -> None:
        """Build beside and rename, so that a kill in the middle leaves nothing half-made."""
        with self.place.account.acting():
            fresh = Path(tempfile.mkdtemp(prefix="new-", dir=self.place.home))
            secret = fresh / "password"
            secret.write_text(self.admin_password)
        made = self._run(
            "initdb",
            *("-D", str(fresh / "data"), "--username", ADMIN, "--pwfile", str(secret)),
            *(
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-instructions",
                *(["--no-sync"] if self.fast else []),
                *self._collation(),
            ),
        )
        if made.returncode:
            raise DidNotStart(
                f"PostgreSQL could not make its data folder: {made.stderr.strip()}"
            )
        with self.place.account.acting():
            (fresh / "data").rename(self.place.data)
            secret.unlink()
            fresh.rmdir()

    def _collation(self) -> tuple[str, ...]:
        if self.place.major >= 17:
            return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        return ("--locale=C.UTF-8",)

    def _write_settings(self) -> None:
        rows = SETTINGS | {"shared_buffers": postgres_memory.shared_buffers()}
        rows |= FAST_SETTINGS if self.fast else {}
        rows["unix_socket_directories"] = "'" + str(self.place.sockets).replace("'", "''") + "'"
        with self.place.account.acting():
            path = self.place.data / "postgresql.conf"
            path.write_text("".join(f"{name} = {value}\n" for name, value in rows.items()))

    def _clear_borrowed_number(self) -> None:
        """After a kill or a restart of the machine another program may carry the number that the
        cluster's file, or its socket's, still names; PostgreSQL would then refuse to start."""
        if anybody_works_in(self.place.data):
            return
        left = [self.place.data / "postmaster.pid", *self.place.sockets.glob(".s.PGSQL.*")]
        with self.place.account.acting():
            for path in left:
                path.unlink(missing_ok=True)

    def _becomes_ready(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.postmaster():
            if self.is_ready():
                return True
            time.sleep(0.05)
        return False

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as its account, away from our terminal's signals."""
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [self.place.program(program), *arguments],
                **self.place.account.process(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.place.home,
                env=BARE_ENVIRONMENT,
                start_new_session=True,
                check=False,
            )
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", said.read())

    def _why(self) -> str:
        log = self.place.log
        with self.place.account.acting():
            last = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
        return "PostgreSQL did not start. The end of its log:\n" + "\n".join(last)

    def _open(self, name: str) -> int:
        with self.place.account.acting():
            return os.open(self.place.home / name, os.O_RDWR | os.O_CREAT, 0o600)

    def drop(self) -> None:
        """Hold the server no longer, and leave it as it is."""
        if self._lease is not None:
            os.close(self._lease)
            self._lease = None

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """One start or stop at a time."""
        handle = self._open("gate")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


_known: "weakref.WeakSet[Server]" = weakref.WeakSet()


def _hold_nothing() -> None:
    for server in _known:
        server.drop()


os.register_at_fork(after_in_child=_hold_nothing)


def works_in(pid: int, folder: Path) -> bool:
    """Whether the process is alive and its working folder is this one: PostgreSQL's own mark."""
    try:
        return Path(psutil.Process(pid).cwd()) == folder
    except (psutil.Error, OSError):
        return False


def anybody_works_in(folder: Path) -> bool:
    return any(works_in(pid, folder) for pid in psutil.pids())
