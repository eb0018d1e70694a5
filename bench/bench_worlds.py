"""Worlds: five thousand random ones, in each of which the database must answer as the model does.

One world is bodies, postings, agreements with their versions, terms and periods, rows, shares and links;
every actor in it is asked every question, now and at another instant, as raw SQL and by the ORM. One
in fifty comes about by agreement documents: written, checked, compiled, recorded, suspended, left.
Beside it: whether the time of a page tells a hidden record from one that never was.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bench.measure import Measure

WORLDS: Final = int(os.environ.get("WORLDS", "5000"))
ROUNDS: Final = 400


def run() -> Iterator[Measure]:
    """Two processes, each with a database of its own and half of the worlds; then, alone, the pages' time."""
    with tempfile.TemporaryDirectory(prefix="crossforce-bench-") as var:
        answers = [
            *_answers(
                *(
                    _started(var, f"half_{part}", "test_worlds", "test_papers")
                    for part in (0, 1)
                )
            ),
            *_answers(_started(var, "pages", "test_the_time_of_a_page")),
        ]
    for text in answers:
        for line in text.splitlines():
            if line.startswith("Difference("):
                print(line)  # noqa: T201 - what to look into
    said = [_said(text) for text in answers]
    whole = sum(said, Counter())
    yield Measure(
        "worlds compared", whole["compared"], "worlds", more_is_better=True, gate=WORLDS
    )
    yield Measure("differences between database and model", whole["differences"], "", gate=0)
    yield Measure("statements put by raw SQL", whole["statements"], "statements")
    yield Measure(
        "worlds a second, two processes", whole["compared"] / max(each["seconds"] for each in said[:2]),
        "worlds/s", more_is_better=True,
    )  # fmt: skip
    yield Measure(
        "hidden or missing page: how far from an even guess its time is (0 to 0.5)",
        whole["timing"], "", gate=0.1,
    )  # fmt: skip


def _said(text: str) -> "Counter[str]":
    """The figures that a process printed, those of its tests together."""
    found: Counter[str] = Counter()
    for name, value in re.findall(r"worlds\.(\w+) ([0-9.e-]+)", text):
        found[name] += float(value)  # type: ignore[assignment]
    return found


def _answers(*started: "subprocess.Popen[str]") -> list[str]:
    """What they said, once they are all done."""
    answers = [each.communicate()[0] for each in started]
    if any(each.returncode for each in started):
        raise RuntimeError("\n".join(answers))
    return answers


def _started(var: str, name: str, *tests: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "CROSSFORCE_VAR": var,
        "CROSSFORCE_TEST_DB": f"test_worlds_{name}",
        "WORLDS_MANY": str(WORLDS // 2),
        "WORLDS_ROUNDS": str(ROUNDS),
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        *(f"tests/worlds/many.py::{each}" for each in tests),
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
