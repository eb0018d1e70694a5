"""Run every benchmark and write bench/RESULTS.md. Exit code 1 when a gate is missed.

A benchmark is a file `bench/bench_<name>.py` with a docstring that says what is measured against
what, and a function `run()` that yields `bench.measure.Measure`. Name some to run only those:
`python -m bench.run compile register`.
"""

import importlib
import os
import platform
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.table import Table

from bench.measure import Measure

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "RESULTS.md"
console = Console()


def found(wanted: list[str]) -> list[ModuleType]:
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    chosen = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    return [importlib.import_module(f"bench.{name}") for name in chosen]


def cells(measure: Measure) -> tuple[str, ...]:
    peer = f"{measure.theirs:,.4g} {measure.unit} ({measure.peer})" if measure.peer else ""
    ratio = f"{measure.ratio:.2f}×" if measure.ratio else ""
    sign = "≥" if measure.peer or measure.more_is_better else "≤"
    bounds = {"gate": measure.gate, "goal": measure.goal}
    said = ", ".join(
        f"{name} {sign} {bound:g}" for name, bound in bounds.items() if bound is not None
    )
    verdict = "" if measure.gate is None else "met" if measure.holds else "MISSED"
    return (measure.what, f"{measure.ours:,.4g} {measure.unit}", peer, ratio, said, verdict)


HEADINGS = ("What", "Ours", "Peer, same run", "Times better", "Bounds", "Gate")


def show(title: str, measures: Iterable[Measure]) -> None:
    table = Table(*HEADINGS, title=title, title_justify="left")
    for measure in measures:
        table.add_row(*cells(measure))
    console.print(table)


def machine() -> str:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [
            line for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def written(parts: list[tuple[str, list[Measure]]], at: datetime) -> str:
    lines = ["# Benchmarks", "", f"{at:%d %B %Y, %H:%M} UTC. {machine()}.", ""]
    lines += [
        "Written by `make bench`; each ratio compares two things measured in the same run.",
        "",
    ]
    for title, measures in parts:
        lines += [
            f"## {title}",
            "",
            f"| {' | '.join(HEADINGS)} |",
            "|---" * len(HEADINGS) + "|",
        ]
        lines += [f"| {' | '.join(cells(measure))} |" for measure in measures]
        lines.append("")
    return "\n".join(lines)


def main(wanted: list[str]) -> int:
    parts: list[tuple[str, list[Measure]]] = []
    for module in found(wanted):
        title = (module.__doc__ or module.__name__).strip().splitlines()[0].rstrip(".")
        console.print(f"[bold]{title}[/bold] …")
        measures = list(module.run())
        show(title, measures)
        parts.append((title, measures))
    if not wanted:
        RESULTS.write_text(written(parts, datetime.now(UTC)))
    missed = [
        measure.what for _, measures in parts for measure in measures if not measure.holds
    ]
    if missed:
        console.print(f"[red]Gates missed: {'; '.join(missed)}[/red]")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
