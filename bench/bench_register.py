"""The register's list page of 50 against a plain Django list page of the same rows.

Both under gunicorn with two workers, on one machine, over the same PostgreSQL, in one run: first
one connection, then sixteen. Each turn measures both, and the median of the turns is taken.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Load, put
from bench.measure import Measure

OURS, THEIRS = 18_741, 18_751
TURNS = 3
PATIENCE = 120


def run() -> Iterator[Measure]:
    with (
        _installation() as var,
        _ours(var),
        _plain(var),
    ):
        many = _turns(16)
        one = _turns(1)
    tool = many[0][0].tool
    yield Measure(
        what=f"list of 50, 16 connections ({tool})",
        ours=_median([ours.per_second for ours, _ in many]),
        unit="requests/s",
        peer="plain Django",
        theirs=_median([plain.per_second for _, plain in many]),
        more_is_better=True,
        gate=2,
        goal=5,
    )
    yield Measure(
        what=f"list of 50, 1 connection ({tool})",
        ours=_median([ours.median_ms for ours, _ in one]),
        unit="ms",
        peer="plain Django",
        theirs=_median([plain.median_ms for _, plain in one]),
        gate=2,
    )


@contextmanager
def _installation() -> Iterator[str]:
    """A data folder that the server's account can enter, so that nothing is left elsewhere."""
    home = Path(__file__).parents[1] / "var"
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=home) as folder:
        Path(folder).chmod(0o755)
        yield folder


def _turns(connections: int) -> list[tuple[Load, Load]]:
    addresses = [f"http://127.0.0.1:{port}/register/" for port in (OURS, THEIRS)]
    for address in addresses:
        put(address, connections=connections, seconds=2)
    return [
        (put(addresses[0], connections=connections), put(addresses[1], connections=connections))
        for _ in range(TURNS)
    ]


def _median(figures: list[float]) -> float:
    return statistics.median(figures)


@contextmanager
def _ours(var: str) -> Iterator[None]:
    command = [str(Path(sys.executable).with_name("crossforce")), "serve", "--port", str(OURS)]
    with _process(command, var, OURS):
        yield


@contextmanager
def _plain(var: str) -> Iterator[None]:
    bind = f"127.0.0.1:{THEIRS}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--workers",
        "2",
        "--bind",
        bind,
        "bench.plain.wsgi",
    ]
    with _process(command, var, THEIRS):
        yield


@contextmanager
def _process(command: list[str], var: str, port: int) -> Iterator[None]:
    environment = os.environ | {"CROSSFORCE_VAR": var, "CROSSFORCE_DEMONSTRATION": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen(command, env=environment, **quiet)  # type: ignore[call-overload] # noqa: S603
    try:
        _wait(port, started)
        yield
    finally:
        started.terminate()
        started.wait(timeout=60)


def _wait(port: int, started: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if started.poll() is not None:
            raise RuntimeError(f"{started.args!r} stopped with {started.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/register/"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"nothing answered on port {port} within {PATIENCE} seconds")
