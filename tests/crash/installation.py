"""A whole installation of its own for one test: its server, database, keys and files."""

import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
from django.conf import settings

from crossforce.kernel import postgres_place
from crossforce.kernel.postgres_server import Server
from crossforce.kernel.testing import soon, standing, template

PYTHON = sys.executable
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

    def at_work(self) -> AbstractContextManager[Server]:
        """Inside, its database server goes on from one command to the next, as it does while it serves."""
        return Server(postgres_place.find(self.var), admin_password="", fast=True).running()

    def run(self, *words: str, fails: bool = False) -> str:
        """What the command said; it must end with 0, or with 1 when it should refuse."""
        done = subprocess.run(
            [COMMAND, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        said = done.stdout + done.stderr
        assert done.returncode == int(fails), said
        return said

    def python(self, code: str) -> str:
        """Run code inside the installation, with Django and the database."""
        whole = (
            "import gc; gc.disable()\n"  # as the command begins
            "import django; django.setup()\n"
            "from crossforce.kernel import database\n"
            "with database.plan().running():\n"
            + "".join(f"    {line}\n" for line in code.strip().splitlines())
        )
        done = subprocess.run(
            [PYTHON, "-c", whole],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [COMMAND, *words],
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
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
