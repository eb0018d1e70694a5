"""Folders from which exports are brought in as they come, so that the board stays current.

A file that has not changed between two looks, nor for some seconds before, is taken by renaming it, so
that nobody takes it twice; then it goes to `done` or to `refused`, with the report of what was refused
beside it; so does a file at which we fail ourselves, and the others go on. What was taken when the machine stopped is taken up again first. A file that grew after all
while it was brought in is put back and brought in again: the same rows change nothing.
"""

import fcntl
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import connection

from crossforce.duty.choices import MARKING, State
from crossforce.duty.mapping import Finding, report
from crossforce.duty.operations import arriving
from crossforce.duty.operations.importing import Outcome
from crossforce.duty.queries import importing as reads
from crossforce.intake import api as intake
from crossforce.kernel.refusals import Refusal
from crossforce.people.api import Actor

TAKEN, DONE, REFUSED, LOCK = "taken", "done", "refused", ".watched"
OURS: Final = frozenset({TAKEN, DONE, REFUSED})
UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", "~")
Seen = tuple[int, int]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """One folder, the mapping that reads its files, and who brings them in."""

    folder: Path
    mapping: str
    actor: Callable[[], Actor]


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of a folder, and what came of it."""

    file: Path
    outcome: Outcome


def below(folder: Path, actor: Callable[[], Actor]) -> Callable[[], Iterable[Place]]:
    """The folders in a folder, each named like its mapping."""
    return lambda: [Place(e, e.name, actor) for e in sorted(folder.iterdir()) if e.is_dir()]


@dataclass
class Watch:
    """Some folders. `look` is called again and again; a file lies still for `settle` seconds first."""

    places: Callable[[], Iterable[Place]]
    settle: float = 0.0
    _seen: dict[Path, Seen] = field(default_factory=dict)

    def look(self, *, at: datetime) -> Iterator[Brought]:
        """Bring in what was taken before and what lies still; where another process looks, nothing."""
        seen: dict[Path, Seen] = {}
        for place in self.places():
            try:
                with _alone(place.folder) as is_alone:
                    if is_alone:
                        yield from self._of(place, seen, at)
            except OSError as fault:
                log.error("The watched folder %s waits: %s", place.folder, fault)
        self._seen = seen

    def _of(self, place: Place, seen: dict[Path, Seen], at: datetime) -> Iterator[Brought]:
        for taken in sorted(place.folder.glob(f"{TAKEN}/*")):
            yield from _brought(place, taken, at)
        now = {path: _state(path) for path in place.folder.iterdir() if _is_export(path)}
        seen |= now
        for file in sorted(now):
            if self._seen.get(file) == now[file] and self._is_still(now[file]):
                target = file.parent / TAKEN / file.name
                target.parent.mkdir(exist_ok=True)
                yield from _brought(place, file.replace(_free(target)), at)

    def _is_still(self, state: Seen) -> bool:
        return time.time() - state[1] / 1e9 >= self.settle


def _is_export(path: Path) -> bool:
    name = path.name.lower()
    return path.is_file() and not name.startswith(".") and not name.endswith(UNFINISHED)


def _state(path: Path) -> Seen:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else looks at the folder; a process that is killed lets go."""
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _brought(place: Place, taken: Path, at: datetime) -> Iterator[Brought]:
    """What came of a file that was taken; nothing when it was still being written."""
    before = _state(taken)
    outcome = _outcome(place, taken, at)
    if outcome is None:
        return
    if _state(taken) != before:
        taken.replace(_free(place.folder / taken.name))
        return
    home = place.folder / (REFUSED if outcome.state is State.REFUSED else DONE)
    home.mkdir(exist_ok=True)
    target = _free(home / taken.name)
    if outcome.findings:
        beside = target.with_name(f"{target.name}.report.csv")
        beside.write_bytes(report(outcome.findings, MARKING))
    yield Brought(taken.replace(target), outcome)


def _outcome(place: Place, taken: Path, at: datetime) -> Outcome | None:
    """What came of it, whatever went wrong; None for what stays taken until the next look."""
    try:
        return take_in(actor=place.actor(), mapping=place.mapping, file=taken, at=at)
    except intake.AtWork as wait:
        log.info("%s waits for the next look: %s", taken, wait.message)
        return None
    except Refusal as refused:
        finding = Finding("import", refused.message, "", taken.name)
    except intake.PASSING as fault:
        log.error("%s waits for the next look: %s", taken, fault)
        _drop_broken_connection()
        return None
    except Exception:
        log.exception("%s failed and is refused.", taken)
        _drop_broken_connection()
        finding = intake.fault(taken.name)
    return Outcome(State.REFUSED, {}, [finding])


def _drop_broken_connection() -> None:
    """What one file did to the connection is nothing to the next."""
    if connection.connection is not None and connection.connection.closed:
        connection.close()


def take_in(*, actor: Actor, mapping: str, file: Path, at: datetime) -> Outcome:
    """Bring in one file by the mapping of that name. Raises NoMappingOfThatName, Clash."""
    kept = reads.mapping_named(actor, mapping)
    with file.open("rb") as source:
        arrived = intake.Arrived(kept.text, file.name, intake.pieces(source))
        key, _ = arriving.receive(actor=actor, file=arrived, at=at, state=State.RUNNING)
    return _run(actor, key, at)


def _run(actor: Actor, key: UUID, at: datetime) -> Outcome:
    found = reads.one_import(actor, key)
    if not found.is_open:
        state = State(found.row.state)
        return Outcome(state, found.numbers, found.findings, key, was_in=True)
    return arriving.DESK.run(actor=actor, key=key, at=at)


def _free(path: Path) -> Path:
    """The path, or one like it that nothing stands at."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
