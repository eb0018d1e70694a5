"""Load on one address on loopback, bounded in time: requests a second and the median answer."""

import os
import re
import shutil
import statistics
import subprocess
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}
RESTS, LOOKS_FOR, PATIENCE = 0.1, 3.0, 300.0
"""The machine rests when so much of it at most works, for so many seconds; it is waited for so long at most."""


@dataclass(frozen=True)
class Load:
    """What a run of some seconds gave."""

    per_second: float
    median_ms: float
    tool: str


def put(address: str, *, connections: int, seconds: int = 6, cookie: str = "") -> Load:
    """Ask for the address again and again over so many connections, for so many seconds.

    With `wrk` where it is or can be had; else with threads of this process, which takes more of
    the machine from both sides alike.
    """
    if wrk := _wrk():
        return _with_wrk(wrk, address, connections, seconds, cookie)
    return _with_threads(address, connections, seconds, cookie)


def wait_for_rest() -> None:
    """Wait until what a server does beside the web at its beginning is done: indexing, linking.

    A machine that does not say what it does, or never rests, is measured as it is.
    """
    ends, before = time.monotonic() + PATIENCE, _worked()
    while before is not None and time.monotonic() < ends:
        time.sleep(LOOKS_FOR)
        now = _worked()
        if now is None or now - before <= RESTS * LOOKS_FOR * (os.cpu_count() or 1):
            return
        before = now


def _worked() -> float | None:
    """How many seconds all processors together have worked; None where the system does not say."""
    try:
        said = Path("/proc/stat").read_text()
    except OSError:
        return None
    user, nice, system, *_ = map(int, said.splitlines()[0].split()[1:])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def _wrk() -> str | None:
    if shutil.which("wrk") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        installing = ["apt-get", "install", "--yes", "wrk"]
        subprocess.run(installing, check=False, capture_output=True)
    return shutil.which("wrk")


def _with_wrk(wrk: str, address: str, connections: int, seconds: int, cookie: str) -> Load:
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    command += [*(["-H", f"Cookie: {cookie}"] if cookie else []), address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if bad := re.search(r"Non-2xx or 3xx responses: (\d+)", said):
        raise RuntimeError(f"{address}: {bad[0]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    half = re.search(r"50%\s+([\d.]+)(us|ms|s)", said)
    if rate is None or half is None:
        raise RuntimeError(f"wrk did not say what it measured: {said}")
    return Load(float(rate[1]), float(half[1]) * UNITS[half[2]], "wrk")


def _with_threads(address: str, connections: int, seconds: int, cookie: str) -> Load:
    ends = time.monotonic() + seconds
    times: list[float] = []
    asked = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})  # noqa: S310 - loopback

    def ask() -> None:
        while time.monotonic() < ends:
            began = time.perf_counter()
            with urllib.request.urlopen(asked) as answer:  # noqa: S310 - loopback
                answer.read()
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(len(times) / seconds, statistics.median(times) * 1e3, "threads")
