"""bench/RESULTS.md: a section for each benchmark, each with the day and machine on which it was measured."""

import ast
import os
import platform
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bench.measure import Measure

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "RESULTS.md"
HEAD = """# Benchmarks

Written by `make bench`, a section when its benchmark ends; each ratio compares two things measured in the same run.
"""
HEADINGS = ("What", "Ours", "Peer, same run", "Times better", "Bounds", "Gate")
SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def names() -> list[str]:
    """Of all benchmarks, in the order in which they run."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def title(name: str) -> str:
    """What the benchmark says of itself, without loading it."""
    said = ast.get_docstring(ast.parse((FOLDER / f"bench_{name}.py").read_text("utf-8")))
    return (said or name).splitlines()[0].rstrip(".")


def keep(name: str, measures: Iterable[Measure], at: datetime, took: float) -> None:
    """Put the benchmark's section in the place of the one that stood; the others stay."""
    stand = sections() | {title(name): _section(measures, at, took)}
    found = ((each, stand.get(each)) for each in map(title, names()))
    parts = [f"## {each}\n\n{text.strip()}\n" for each, text in found if text]
    beside = RESULTS.with_suffix(".new")
    beside.write_text("\n".join([HEAD, *parts]), "utf-8")
    beside.replace(RESULTS)


def sections() -> dict[str, str]:
    """What stands in the file, by title."""
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    return {found[1]: found[2] for found in SECTION.finditer(text)}


def cells(measure: Measure) -> tuple[str, ...]:
    """One measure as a row of a table."""
    peer = f"{measure.theirs:,.4g} {measure.unit} ({measure.peer})" if measure.peer else ""
    ratio = f"{measure.ratio:.2f}×" if measure.ratio else ""
    sign = "≥" if measure.peer or measure.more_is_better else "≤"
    bounds = {"gate": measure.gate, "goal": measure.goal}
    said = ", ".join(
        f"{name} {sign} {bound:g}" for name, bound in bounds.items() if bound is not None
    )
    verdict = "" if measure.gate is None else "met" if measure.holds else "MISSED"
    return (measure.what, f"{measure.ours:,.4g} {measure.unit}", peer, ratio, said, verdict)


def machine() -> str:
    """The processor, its cores, and what ran on it."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [
            line for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def _section(measures: Iterable[Measure], at: datetime, took: float) -> str:
    rows = [f"| {' | '.join(cells(each))} |" for each in measures]
    head = [f"| {' | '.join(HEADINGS)} |", "|---" * len(HEADINGS) + "|"]
    when = f"{at:%d %B %Y, %H:%M} UTC, in {took:.0f} s. {machine()}."
    return "\n".join([when, "", *head, *rows])
