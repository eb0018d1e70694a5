"""Run the benchmarks, and write each into bench/RESULTS.md as it ends. Exit code 1 when one fails or misses a gate.

    make bench                        all of them; RESULTS.md says how long each took
    make bench ONLY="access page"     those
    make bench AFTER=ledger           those that come after one: a run that was broken off goes on
    make bench ONLY=list              their names, and what each measures

A benchmark is a file `bench/bench_<name>.py` with a docstring that says what is measured against what, and a
function `run()` that yields `bench.measure.Measure`. Those of the database each make one of their own
below `var/` and throw it away (five million duties take 2 GB); nothing else should be at work meanwhile. Without `wrk`
on PATH, load is made by threads of Python.
"""

import argparse
import importlib
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bench import results
from bench.measure import Measure

console = Console()


def show(title: str, measures: Iterable[Measure]) -> None:
    """The measures as a table on the screen."""
    table = Table(*results.HEADINGS, title=title, title_justify="left")
    for measure in measures:
        table.add_row(*results.cells(measure))
    console.print(table)


def run(name: str) -> list[str]:
    """One benchmark, from beginning to end; answers what it missed."""
    title = results.title(name)
    console.print(f"[bold]{title}[/bold] …")
    began = time.monotonic()
    try:
        measures = list(importlib.import_module(f"bench.bench_{name}").run())
    except Exception:  # noqa: BLE001 - the others are measured all the same
        console.print_exception()
        return [f"{name}: it did not come to its end"]
    show(title, measures)
    results.keep(name, measures, datetime.now(UTC), time.monotonic() - began)
    return [measure.what for measure in measures if not measure.holds]


def chosen(given: argparse.Namespace) -> list[str]:
    """The names that were asked for. Ends with 2 when there is no such benchmark."""
    known = results.names()
    for name in (*given.names, *filter(None, [given.after])):
        if name not in known:
            sys.exit(f"There is no benchmark {name!r}. There are: {', '.join(known)}.")
    wanted = [name for name in known if name in given.names or not given.names]
    return [name for name in wanted if given.after is None or name > given.after]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.run")
    parser.add_argument("names", nargs="*", help="only these; `list` names them all")
    parser.add_argument("--after", help="only those that come after this one")
    given = parser.parse_args(words)
    if given.names == ["list"]:
        for name in results.names():
            console.print(f"{name:<14}{results.title(name)}", highlight=False)
        return 0
    missed = [what for name in chosen(given) for what in run(name)]
    if missed:
        console.print(f"[red]Gates missed: {'; '.join(missed)}[/red]")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
