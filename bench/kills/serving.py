"""The server of an installation, and the ways in which it comes to harm."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import psutil

from bench.kills.asking import PATIENCE, Asking

COMMAND: Final = str(Path(sys.executable).with_name("crossforce"))
WORKERS: Final = "1"
ALIVE: Final = "/register/agreements"
LEFT: Final = 100_000
"""Up to so many bytes are left on a disk that is filled."""


class Served:
    """A server at work, or one that is started; `log` has what that says."""

    def __init__(
        self,
        var: Path,
        environment: Mapping[str, str],
        port: int,
        process: subprocess.Popen[str] | None = None,
    ) -> None:
        self.var, self.environment, self.port = var, environment, port
        self.log = var.with_name(f"{var.name}.log")
        self._process: subprocess.Popen[Any] | None = process

    @contextmanager
    def at_work(self) -> Iterator["Served"]:
        """Stopped in the end, whatever became of it."""
        try:
            self.start()
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Returns once it answers."""
        words = [COMMAND, "serve", "--no-world", "--port", str(self.port), "--workers", WORKERS]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                words, env=dict(self.environment), stdout=log, stderr=log
            )
        self.wait()

    def wait(self) -> None:
        """Until it answers, database and all."""
        ends = time.monotonic() + PATIENCE
        while Asking(self.port, {}).once("GET", ALIVE, b"", {}, "")[0] != 200:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError("the server ended: " + self.log.read_text()[-2000:])
            if time.monotonic() > ends:
                raise RuntimeError(
                    "the server does not answer: " + self.log.read_text()[-2000:]
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill_all()
        self._process = None

    def kill_all(self) -> None:
        """The server with everything that it began, but the database."""
        self.ready_all()()

    def ready_all(self) -> Callable[[], None]:
        """Look for them now, and kill them when that is said: to look takes as long as a work does."""
        ours = [self._main(), *self._main().children(recursive=True)]
        database = self.database()

        def strike() -> None:
            _kill([each for each in ours if each not in database])
            assert self._process
            self._process.wait()

        return strike

    def ready_worker(self, chance: random.Random) -> Callable[[], None]:
        """One process of those that answer."""
        workers = [each for each in self._main().children() if not each.children()]
        return partial(_kill, chance.sample(workers, 1) if workers else [])

    def ready_companion(self, chance: random.Random) -> Callable[[], None]:
        """One of what works beside them."""
        beside = [
            each
            for keeper in self._main().children()
            for each in keeper.children()
            if each.name() != "postgres"
        ]
        return partial(_kill, chance.sample(beside, 1) if beside else [])

    def ready_database(self) -> Callable[[], None]:
        """All of it at once, as when its machine fails."""
        known = self.database()

        def strike() -> None:
            _kill(known)
            _kill(self.database())

        return strike

    def database(self) -> list[psutil.Process]:
        """Every process of the database in this data folder."""
        found = []
        for each in psutil.process_iter():
            with suppress(psutil.Error):
                if each.name() == "postgres" and Path(each.cwd()).is_relative_to(self.var):
                    found.append(each)
        return found

    def _main(self) -> psutil.Process:
        assert self._process
        return psutil.Process(self._process.pid)


def _kill(found: list[psutil.Process]) -> None:
    for each in found:
        with suppress(psutil.NoSuchProcess):
            each.kill()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[bool]:
    """A disk of that size in the folder, where one may be had; answers whether."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    try:
        done = not subprocess.run(words, capture_output=True, check=False).returncode  # noqa: S603 - our own folder
    except FileNotFoundError:
        done = False
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)  # noqa: S603, S607 - our own folder


def fill(disk: Path, left: int) -> Callable[[], None]:
    """Fill the disk but for so many bytes; answers what frees it again."""
    ballast = disk / f".ballast-{left}"
    free = os.statvfs(disk)
    many = max(free.f_bavail * free.f_frsize - left, 0)
    with ballast.open("wb") as file, suppress(OSError):
        os.posix_fallocate(file.fileno(), 0, many)
    return lambda: ballast.unlink(missing_ok=True)
