"""Whether a Spark cluster can be asked at an address: looked at before anything is learnt, which takes hours where one is needed."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SPARK: Final = "spark://"
PORT: Final = 7077
PATIENCE: Final = 5.0
LEAST: Final = 17
VERSION: Final = re.compile(r'version "(?:1\.)?(\d+)')
STARTS: Final = 30.0
MANAGED: Final = ("local", "yarn", "k8s://")
"""What Spark finds itself: here, or by what its own settings say."""


class NobodyThere(Exception):
    """No cluster can be asked; the message says why, and what mends it."""


def knock(master: str) -> None:
    """Look for a Java of the system and for somebody who answers at the address. Raises NobodyThere."""
    if (java := _java()) < LEAST:
        has = f"; that of this system is {java}" if java else ""
        raise NobodyThere(
            f"Linking on a cluster needs a Java of the system{has}: install one ({LEAST} or newer), or say in JAVA_HOME where it is."
        )
    if master.startswith(MANAGED):
        return
    if not master.startswith(SPARK):
        raise NobodyThere(
            f"{master!r} is no address of a Spark cluster: write spark://host:port."
        )
    if not any(map(_answers, _places(master))):
        raise NobodyThere(
            f"Nobody answers at {master}: start the cluster, or correct the address."
        )


def _java() -> int:
    """Which Java the system has, by what it says itself; 0 where none starts."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=home and str(Path(home) / "bin"))
    if found is None:
        return 0
    try:
        done = subprocess.run(  # noqa: S603 - the system's own, and nothing that was sent
            [found, "-version"], capture_output=True, text=True, timeout=STARTS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = VERSION.search(done.stderr)
    return int(told[1]) if told else 0


def _places(master: str) -> Iterator[tuple[str, int]]:
    """Host and port of each master: where one stands in for another, there are several."""
    for each in master.removeprefix(SPARK).split(","):
        host, _, port = each.rpartition(":")
        if port.isdecimal():
            yield host.strip("[]"), int(port)
        else:
            yield each.strip("[]"), PORT


def _answers(place: tuple[str, int]) -> bool:
    try:
        socket.create_connection(place, PATIENCE).close()
    except (OSError, OverflowError):
        return False
    return True
