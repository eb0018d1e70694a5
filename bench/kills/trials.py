"""Trials: a work is begun, something comes to harm at a random moment of it, and what stands is judged before and after it goes on."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from uuid import UUID

from bench.kills import serving
from bench.kills.asking import PATIENCE, Asking
from bench.kills.serving import LEFT, Served
from bench.kills.works import WORKS

HARMS: Final = (
    "server",
    "worker",
    "worker",
    "companion",
    "database",
    "database",
    "disk",
)
LONGEST: Final = 0.25
"""So many seconds a work takes, where nobody measured less."""
LAST: Final = 0.9
"""Nothing comes to harm after that share of the time that a work takes at its quickest: it would be done by then."""
DISK_STAYS_FULL: Final = 1.5
NEARLY: Final = 32 * 1024 * 1024
"""So much is left on a disk before it is filled: that is done in a moment then."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one trial. `cut_at` is the step that was cut off, or none; `faults` what was not as it must be."""

    number: int
    work: str
    harm: str
    cut_at: str = ""
    seconds: float = 0.0
    faults: Sequence[str] = ()


class Judge:
    """The process inside the installation that makes exhibits and judges what stands."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        words = [sys.executable, "-m", "bench.installed", "kills", "answering"]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            words,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, name: str, *words: object) -> Any:
        """What its function of that name answers."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps([name, words]), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


@dataclass
class Ground:
    """A served installation on which trials are held, one after the other."""

    served: Served
    judge: Judge
    tokens: Mapping[str, str]
    spans: dict[str, float] = field(default_factory=lambda: dict.fromkeys(WORKS, LONGEST))

    def measure(self) -> None:
        """How long each work takes when nothing comes to harm: the moments are chosen from that."""
        found: dict[str, float] = {}
        for number, work in enumerate((*WORKS, *WORKS)):
            made = self.judge.ask("made", work, -1 - number) | {
                "key": f"span-{number:04}",
                "seed": "0",
            }
            faults, began = list[str](), time.monotonic()
            _do(Asking(self.served.port, self.tokens), work, made, faults)
            took = time.monotonic() - began
            found[work] = min(found.get(work, took), took)
            if faults:
                raise RuntimeError("; ".join(faults))
        self.spans = found

    def hold(self, number: int, work: str, harm: str, chance: random.Random) -> Trial:
        """One trial."""
        made = self.judge.ask("made", work, number)
        made |= {"key": str(UUID(int=chance.getrandbits(128))), "seed": str(number)}
        client, faults, began = (
            Asking(self.served.port, self.tokens),
            list[str](),
            time.monotonic(),
        )
        nearly = serving.fill(self.served.var, NEARLY) if harm == "disk" else _nothing
        strike = self._harm(harm, chance)
        worker = threading.Thread(target=_do, args=[client, work, made, faults])
        worker.start()
        time.sleep(chance.uniform(0, LAST * self.spans[work]))
        mended = strike()
        ends = time.monotonic() + DISK_STAYS_FULL
        while worker.is_alive() and not client.cut.is_set() and time.monotonic() < ends:
            time.sleep(0.01)
        mended()
        nearly()
        self.served.wait()
        if client.cut.is_set() and worker.is_alive():
            faults += self.judge.ask("looked", work, made, client.told)
        client.may_go_on.set()
        worker.join(2 * PATIENCE)
        if worker.is_alive():
            faults.append(f"it never went on after {client.cut_at}")
        took = time.monotonic() - began
        faults += self.judge.ask("looked", work, made, client.told)
        return Trial(number, work, harm, client.cut_at, took, faults)

    def _harm(self, harm: str, chance: random.Random) -> Callable[[], Callable[[], None]]:
        """Made ready: it is done when it is called, and answers what puts it right, as far as nothing does by itself."""
        served = self.served
        match harm:
            case "server":
                return _then(served.ready_all(), served.start)
            case "worker":
                return _then(served.ready_worker(chance), served.wait)
            case "companion":
                return _then(served.ready_companion(chance), served.wait)
            case "database":
                return _then(served.ready_database(), served.wait)
            case _:
                return partial(serving.fill, served.var, chance.randrange(LEFT))


@contextmanager
def ground(served: Served) -> Iterator[Ground]:
    """Over a server at work on an installation that nothing else is done with."""
    judge = Judge(served.environment)
    try:
        yield Ground(served, judge, judge.ask("prepared"))
    finally:
        judge.end()


def _then(
    strike: Callable[[], None], mended: Callable[[], None]
) -> Callable[[], Callable[[], None]]:
    def struck() -> Callable[[], None]:
        strike()
        return mended

    return struck


def _nothing() -> None:
    pass


def chosen(seed: int, number: int, has_disk: bool) -> tuple[str, str, random.Random]:
    """What a trial is of: it follows from the seed and its number."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - the same trials each time
    harms = [each for each in HARMS if has_disk or each != "disk"]
    return chance.choice(list(WORKS)), chance.choice(harms), chance


def _do(client: Asking, work: str, made: dict[str, Any], faults: list[str]) -> None:
    try:
        WORKS[work](client, made)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the trial tells it
        faults.append(f"{client.step}: {fault!r}")
