"""Evidence through kills and a full disk: at random moments of sending, transfer, disposal and redaction.

Over HTTP, against a server at work: a film is sent in parts, an exhibit goes from one force to another in signed halves, one is
disposed of by two people, a redacted copy is made and approved. Meanwhile the server, one of its workers, something that works
beside them, or the database is killed (SIGKILL), or the disk of all of them is full. What stands is judged at once and again once
the client went on: what was acknowledged is there, nothing is there in part, continuity has no gap, every entry is in the ledger.
In the end every file is read, and nothing lies about. BENCH_KILLS says how many trials, BENCH_KILLS_SEED which: one that was broken
off goes on under its seed. There is no peer.
"""

import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console

from bench import installed
from bench.kills import serving, trials
from bench.kills.serving import Served
from bench.kills.trials import Trial
from bench.measure import Measure

NUMBER: Final = int(os.environ.get("BENCH_KILLS", "240"))
SEED: Final = int(os.environ.get("BENCH_KILLS_SEED") or secrets.randbelow(10**6))
PORT: Final = 18_640
DISK: Final = "900m"
console = Console(stderr=True, highlight=False)


def run() -> Iterator[Measure]:
    console.print(f"Seed {SEED}: BENCH_KILLS_SEED={SEED} goes on with it.")
    kept = Path(__file__).parents[1] / "var" / f"kills-{SEED}.jsonl"
    done = [Trial(**json.loads(line)) for line in _lines(kept)]
    left: list[str] = []
    with (
        installed.installation() as made,
        serving.small_disk(made.var, DISK) as has_disk,
    ):
        if not has_disk:
            console.print("[yellow]No small disk can be mounted here: none is filled.[/yellow]")
        made.migrate()
        served = Served(made.var, made.environment, PORT)
        with served.at_work(), trials.ground(served) as ground:
            ground.measure()
            for number in range(len(done), NUMBER):
                done.append(ground.hold(number, *trials.chosen(SEED, number, has_disk)))
                with kept.open("a") as file:
                    file.write(json.dumps(asdict(done[-1])) + "\n")
                _say(done[-1])
            left = ground.judge.ask("whole")
    for fault in left:
        console.print(f"[red]{fault}[/red]")
    yield from _measures(done, left)


def _measures(done: list[Trial], left: list[str]) -> Iterator[Measure]:
    yield Measure(
        f"trials (seed {SEED})", len(done), "trials", more_is_better=True, gate=NUMBER
    )
    for harm, number in sorted(Counter(each.harm for each in done).items()):
        cut = [each for each in done if each.harm == harm and each.cut_at]
        yield Measure(f"{harm}: trials", number, "trials")
        yield Measure(f"{harm}: a step was cut off", len(cut), "trials")
    for (work, step), number in sorted(Counter((t.work, t.cut_at) for t in done).items()):
        yield Measure(f"{work}, cut off at: {step or 'nothing'}", number, "trials")
    wrong = [each for each in done if each.faults]
    yield Measure(
        "lost, half there, with a gap, or not gone on with", len(wrong), "trials", gate=0
    )
    yield Measure("left lying, or not as kept, in the end", len(left), "files", gate=0)


def _lines(kept: Path) -> list[str]:
    return kept.read_text().splitlines() if kept.exists() else []


def _say(trial: Trial) -> None:
    said = f"{trial.number}: {trial.work}, {trial.harm}, {trial.cut_at or 'not cut off'}"
    console.print(f"{said}, {trial.seconds:.1f} s")
    for fault in trial.faults:
        console.print(f"[red]  {fault}[/red]")
