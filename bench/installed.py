"""An installation of its own for a benchmark, and the work that is done inside it.

A benchmark that needs the platform is two files. `bench_<name>.py` says what is measured against what, and
yields it: `yield from installed.measured("<name>")`. `inside/<name>.py` is imported in a process of its own
after Django is set up, so that it imports any app at its top; its function `measures()` yields
`bench.measure.Measure` while the database of the installation runs, with fsync, as served.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, Final

import django

from bench.measure import Measure
from crossforce.kernel import database

PATIENCE: Final = 600
COMMAND: Final = str(Path(sys.executable).with_name("crossforce"))
ONE_CORE: Final = "BENCH_ONE_CORE"
"""In the environment of a process: it pins itself, and the server that it starts, to one core."""


class Installation:
    """A data folder with a database of its own, and the environment of whatever works on it."""

    def __init__(self, var: str, **more: str) -> None:
        self.var = Path(var)
        self.environment = {
            **os.environ,
            "CROSSFORCE_VAR": var,
            "CROSSFORCE_PG_FAST": "0",
            "DJANGO_SETTINGS_MODULE": "crossforce.config.settings",
            **more,
        }

    def migrate(self) -> None:
        subprocess.run(
            [COMMAND, "migrate"],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def inside(self, name: str, function: str, *words: str) -> Any:
        """What a function of `inside/<name>.py` answers; it prints to the standard error only."""
        return begun(name, function, *words, environment=self.environment)()

    @contextmanager
    def answering(self, command: list[str], address: str) -> Iterator[None]:
        """A server of this installation, from when it answers to the end of the block."""
        quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, env=self.environment, **quiet) as started:
            try:
                _wait(address, started)
                yield
            finally:
                started.terminate()
                started.wait(timeout=60)


@contextmanager
def installation(**more: str) -> Iterator[Installation]:
    """In a folder that the server's account can enter, so that nothing is left elsewhere."""
    home = Path(__file__).parents[1] / "var"
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=home) as folder:
        Path(folder).chmod(0o755)
        yield Installation(folder, **more)


def measured(name: str, **more: str) -> Iterator[Measure]:
    """What `inside/<name>.py` measures on a new installation, with more in its environment."""
    with installation(**more) as made:
        made.migrate()
        found = made.inside(name, "measures")
    yield from (Measure(**each) for each in found)


def begun(
    name: str, function: str, *words: str, environment: dict[str, str] | None = None
) -> Callable[[], Any]:
    """The function of `inside/<name>.py` runs in a process of its own; the answer waits for its end."""
    command = [sys.executable, "-m", "bench.installed", name, function, *words]
    started = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    def answer() -> Any:
        said, _ = started.communicate()
        if started.returncode:
            raise RuntimeError(f"{name}.{function} ended with {started.returncode}")
        return json.loads(said.splitlines()[-1])

    return answer


def main(name: str, function: str, *words: str) -> None:
    """In the process that has a database: set up, call, and print the answer as the last line."""
    if ONE_CORE in os.environ:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    django.setup()
    work = getattr(importlib.import_module(f"bench.inside.{name}"), function)
    with database.plan().running():
        sys.stdout.write("\n" + json.dumps(_plain(work(*words))))


def _plain(answer: Any) -> Any:
    if is_dataclass(answer) and not isinstance(answer, type):
        return asdict(answer)
    if isinstance(answer, Iterable) and not isinstance(answer, str | dict):
        return [_plain(each) for each in answer]
    return answer


def _wait(address: str, started: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if started.poll() is not None:
            raise RuntimeError(f"{started.args!r} stopped with {started.returncode}")
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"nothing answered at {address} within {PATIENCE} seconds")


if __name__ == "__main__":
    main(*sys.argv[1:])
