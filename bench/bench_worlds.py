"""Worlds: five thousand random ones, in each of which the database must answer as the model does.

One world is bodies, postings, agreements with their versions, terms and periods, rows, shares and links;
every actor in it is asked every question, now and at another instant, as raw SQL and by the ORM. One
in fifty comes about by agreement documents: written, checked, compiled, recorded, suspended, left.
Beside it: whether the time of a page tells a hidden record from one that never was.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Final

from bench.measure import Measure

WORLDS: Final = int(os.environ.get("WORLDS", "5000"))
ROUNDS: Final = 400


def run() -> Iterator[Measure]:
    """Two processes, each with a database of its own and half of the worlds."""
    with tempfile.TemporaryDirectory(prefix="crossforce-bench-") as var:
        halves = [_started(var, part) for part in (0, 1)]
        answers = [half.communicate()[0] for half in halves]
    if any(half.returncode for half in halves):
        raise RuntimeError("\n".join(answers))
    said = [
        dict(line.split() for line in text.splitlines() if line.startswith("worlds."))
        for text in answers
    ]
    made = sum(float(each["worlds.compared"]) for each in said)
    differences = sum(float(each["worlds.differences"]) for each in said)
    took = max(float(each["worlds.seconds"]) for each in said)
    yield Measure("worlds compared", made, "worlds", more_is_better=True, gate=WORLDS)
    yield Measure("differences between database and model", differences, "", gate=0)
    yield Measure(
        "statements put by raw SQL", sum(float(e["worlds.answers"]) for e in said), "statements"
    )
    yield Measure(
        "worlds a second, two processes", made / took, "worlds/s", more_is_better=True
    )
    yield Measure(
        "hidden or missing page: how far from even the guess by its time is (0 to 0.5)",
        max(float(each.get("worlds.timing", 0)) for each in said), "", gate=0.1,
    )  # fmt: skip


def _started(var: str, part: int) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "CROSSFORCE_VAR": var,
        "CROSSFORCE_TEST_DB": f"test_worlds_{part}",
        "WORLDS_PART": str(part),
        "WORLDS_MANY": str(WORLDS // 2),
        "WORLDS_ROUNDS": str(ROUNDS),
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/worlds/many.py",
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
