"""Folders that other systems write into, brought in as files come.

What has not changed between two looks, nor for some seconds before, is taken by renaming it, so that nobody takes it twice; then
it goes to `done` or to `refused`, with the report of what was refused beside it; so does a file at which we fail ourselves, and
the others go on. What was taken when the machine stopped is taken up again first. What grew after all while it was brought in is
put back and brought in again. Nothing is ever deleted.
"""

import fcntl
import logging
import os
import time
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Generic, TypeVar

from django.db import connection
from pydantic import BaseModel, ValidationError

from crossforce.intake.operations.desk import PASSING, fault
from crossforce.intake.operations.waiting import AtWork
from crossforce.kernel.refusals import NotUnderstood, Refusal
from crossforce.records.mapping.findings import Finding

TAKEN, DONE, REFUSED, LOCK = "taken", "done", "refused", ".watched"
OURS: Final = frozenset({TAKEN, DONE, REFUSED})
UNFINISHED: Final = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", "~")
REPORT: Final = ".report.csv"
Seen = tuple[int, int]
OutcomeT = TypeVar("OutcomeT")
FileT = TypeVar("FileT", bound=BaseModel)
PlaceT = TypeVar("PlaceT")
log = logging.getLogger(__name__)


class BadFolders(NotUnderstood):
    """The file of watched folders cannot be read; the message says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Brought(Generic[OutcomeT]):
    """What lay in a folder, where it lies now, and what came of it."""

    file: Path
    outcome: OutcomeT


class Place(ABC, Generic[OutcomeT]):
    """One folder. Its service says what of it is taken, and what becomes of that."""

    folder: Path

    def lying(self) -> Iterable[Path]:
        """What lies there to be taken: each file, unless a service says otherwise."""
        return [each for each in self.folder.iterdir() if each.is_file() and is_meant(each)]

    def state(self, path: Path) -> Seen:
        """What changes while it is still written."""
        found = path.stat()
        return found.st_size, found.st_mtime_ns

    def take(self, path: Path, target: Path) -> None:
        """Have it lie at the target from one instant to the next."""
        path.replace(target)

    def is_taken(self, taken: Path) -> bool:
        """Whether all of it was taken: what needs more than one renaming may have been stopped between."""
        return True

    def put_back(self, taken: Path) -> None:
        """Have it lie where it was found, to be taken anew."""
        taken.replace(free(self.folder / taken.name))

    @abstractmethod
    def bring(self, taken: Path, at: datetime) -> OutcomeT:
        """Bring in what was taken; begun again, it goes on. Raises AtWork, and whatever refuses it whole."""

    @abstractmethod
    def refused(self, why: Finding) -> OutcomeT:
        """What came of something that is refused whole."""

    @abstractmethod
    def is_refused(self, outcome: OutcomeT) -> bool:
        """Whether it goes to `refused`."""

    @abstractmethod
    def report(self, outcome: OutcomeT) -> bytes:
        """What is written beside it; nothing where all is well."""


@dataclass
class Watch(Generic[OutcomeT]):
    """Some folders. `look` is called again and again; a file lies still for `settle` seconds first."""

    places: Callable[[], Iterable[Place[OutcomeT]]]
    settle: float = 0.0
    _seen: dict[Path, Seen] = field(default_factory=dict)

    def look(self, *, at: datetime) -> Iterator[Brought[OutcomeT]]:
        """Bring in what was taken before and what lies still; where another process looks, nothing."""
        seen: dict[Path, Seen] = {}
        for place in self.places():
            try:
                with _alone(place.folder) as is_alone:
                    if is_alone:
                        yield from self._of(place, seen, at)
            except OSError as away:
                log.error("The watched folder %s waits: %s", place.folder, away)
        self._seen = seen

    def _of(
        self, place: Place[OutcomeT], seen: dict[Path, Seen], at: datetime
    ) -> Iterator[Brought[OutcomeT]]:
        for taken in sorted(place.folder.glob(f"{TAKEN}/*")):
            if place.is_taken(taken):
                yield from _brought(place, taken, at)
            else:
                place.put_back(taken)
        now = {path: place.state(path) for path in place.lying()}
        seen |= now
        for file in sorted(now):
            if self._seen.get(file) == now[file] and self._is_still(now[file]):
                target = place.folder / TAKEN / file.name
                target.parent.mkdir(exist_ok=True)
                target = free(target)
                place.take(file, target)
                yield from _brought(place, target, at)

    def _is_still(self, state: Seen) -> bool:
        return time.time() - state[1] / 1e9 >= self.settle


@dataclass
class Listed(Generic[PlaceT]):
    """The folders that a file names, which may come, change and go while it is asked."""

    file: Path
    read: Callable[[Path], Sequence[PlaceT]]
    _read: int | None = None
    _places: Sequence[PlaceT] = ()

    def __call__(self) -> Sequence[PlaceT]:
        """Those of now; none without the file. Raises BadFolders once for each change."""
        try:
            changed = self.file.stat().st_mtime_ns
        except FileNotFoundError:
            self._read, self._places = None, ()
            return ()
        if changed != self._read:
            self._read, self._places = changed, ()
            self._places = self.read(self.file)
        return self._places


def named_in(file: Path, form: type[FileT]) -> FileT:
    """What a TOML file of folders says. Raises BadFolders."""
    try:
        return form.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BadFolders(f"{file}: {where}: {first['msg']}") from None
    except (OSError, ValueError) as wrong:
        raise BadFolders(f"{file}: {wrong}") from None


def folder_at(home: Path, said: str) -> Path:
    """The folder of that path; relative ones lie beside the file that names them. Raises BadFolders."""
    path = home / said
    if not path.is_dir():
        raise BadFolders(f"{path} is no folder.")
    return path


def is_meant(path: Path) -> bool:
    """Whether its name says that it is whole, and not hidden."""
    name = path.name.lower()
    return not name.startswith(".") and not name.endswith(UNFINISHED)


def free(path: Path) -> Path:
    """The path, or one like it that nothing stands at."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


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
        os.utime(folder / LOCK)


def _brought(place: Place[OutcomeT], taken: Path, at: datetime) -> Iterator[Brought[OutcomeT]]:
    """What came of something that was taken; nothing when it was still being written."""
    before = place.state(taken)
    outcome = _outcome(place, taken, at)
    if outcome is None:
        return
    if place.state(taken) != before:
        place.put_back(taken)
        return
    home = place.folder / (REFUSED if place.is_refused(outcome) else DONE)
    home.mkdir(exist_ok=True)
    target = free(home / taken.name)
    if written := place.report(outcome):
        target.with_name(f"{target.name}{REPORT}").write_bytes(written)
    yield Brought(taken.replace(target), outcome)


def _outcome(place: Place[OutcomeT], taken: Path, at: datetime) -> OutcomeT | None:
    """What came of it, whatever went wrong; None for what stays taken until the next look."""
    try:
        return place.bring(taken, at)
    except AtWork as wait:
        log.info("%s waits for the next look: %s", taken, wait.message)
        return None
    except Refusal as refused:
        finding = Finding("import", refused.message, "", taken.name)
    except PASSING as away:
        log.error("%s waits for the next look: %s", taken, away)
        _drop_broken_connection()
        return None
    except Exception:
        log.exception("%s failed and is refused.", taken)
        _drop_broken_connection()
        finding = fault(taken.name)
    return place.refused(finding)


def _drop_broken_connection() -> None:
    """What one file did to the connection is nothing to the next."""
    if connection.connection is not None and connection.connection.closed:
        connection.close()
