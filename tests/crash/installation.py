"""A whole installation of its own for one test: its server, database, keys and files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.conf import settings

from crossforce.kernel import postgres_place
from crossforce.kernel.postgres_server import Server
from crossforce.kernel.testing import soon, standing, template
from tests.crash.prepared import Prepared

PYTHON = sys.executable
ROOM = 1 << 20
COMMAND = str(Path(PYTHON).with_name("crossforce"))


class Installation:
    """Runs the real command line against a data folder that nothing else uses."""

    def __init__(self, name: str) -> None:
        self.var: Path = settings.VAR / f"{name}-{os.getpid()}"
        self.environment = {
            **os.environ,
            "CROSSFORCE_VAR": str(self.var),
            "CROSSFORCE_PG_FAST": "1",
            "CROSSFORCE_BACKUP_PASSPHRASE": "a long enough passphrase",
            "DJANGO_SETTINGS_MODULE": "crossforce.config.settings",
            "COLUMNS": "200",
        }
        self.prepared: Prepared | None = None

    def migrate(self) -> None:
        """As `crossforce migrate` leaves it: run once for a set of migrations, and copied."""
        made: Path = settings.VAR / f"migrated-{template.digest()}"
        with standing.alone(settings.VAR / "migrated.lock"):
            if not made.exists():
                for old in settings.VAR.glob("migrated-*"):
                    shutil.rmtree(old)
                first = Installation("migrating")
                first.run("migrate")
                first.var.rename(made)
        if (made / "postgres").is_dir():
            copied = ["cp", "-a", str(made), str(self.var)]  # with its owners
            subprocess.run(copied, check=True)
        else:  # its database lies outside, where its account can reach it
            self.run("migrate")

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Inside, its database server goes on from one command to the next, and none has to begin anew."""
        with Server(postgres_place.find(self.var), admin_password="", fast=True).running():
            self.prepared = Prepared({**self.environment})
            try:
                yield
            finally:
                self.prepared.end()
                self.prepared = None

    def run(self, *words: str, fails: bool = False) -> str:
        """What the command said; it must end with 0, or with 1 when it should refuse."""
        ended, out, err = self._done([COMMAND, *words], words)
        assert ended == int(fails), out + err
        return out + err

    def python(self, code: str) -> str:
        """Run code inside the installation, with Django and the database."""
        whole = (
            "import gc; gc.disable()\n"  # as the command begins
            "import django; django.setup()\n"
            "from crossforce.kernel import database\n"
            "with database.plan().running():\n"
            + "".join(f"    {line}\n" for line in code.strip().splitlines())
        )
        ended, out, err = self._done([PYTHON, "-c", whole], (), whole)
        assert ended == 0, err
        return out.strip()

    def _done(
        self, begun: list[str], words: tuple[str, ...], code: str = ""
    ) -> tuple[int, str, str]:
        """By what has begun already, where nothing has changed that it would read anew."""
        if self.prepared and self.prepared.environment == self.environment:
            return self.prepared.done(words, code)
        done = subprocess.run(
            begun, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin it. There is room for all that it says while nobody reads: a log that nobody takes would stop it."""
        return subprocess.Popen(
            [COMMAND, *words],
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pipesize=ROOM,
        )

    def processes(self) -> list[psutil.Process]:
        """Everything that still works in, or was told of, this data folder."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def remove(self) -> None:
        for process in self.processes():
            process.kill()
        psutil.wait_procs(self.processes(), timeout=soon.PATIENCE)
        shutil.rmtree(self.var, ignore_errors=True)

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                return False
            told = process.environ().get("CROSSFORCE_VAR") == str(self.var)
            return told or Path(process.cwd()).is_relative_to(self.var)
        except psutil.Error:
            return False
