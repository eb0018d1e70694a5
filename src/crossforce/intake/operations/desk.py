"""A file from the moment it arrives: kept, checked, brought in, gone on with after a stop."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError

from crossforce.intake.choices import OPEN, Progress, State, Step, quiet
from crossforce.intake.operations.waiting import AtWork, Waiting
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, Missing, Refusal
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.findings import Finding

PASSING: Final = (OperationalError, InterfaceError, OSError)
"""What is not the file's fault: a database or a disk that is away for a while. The file stays open."""
log = logging.getLogger(__name__)


class NotWaiting(Conflict):
    """This file is at its end already. Send it again to bring it in anew."""


class NothingToResume(Conflict):
    """No file of these bytes was interrupted; leave `--resume` away to begin one."""


class Outcome(Protocol):
    """What came of a file."""

    @property
    def state(self) -> State: ...


OutcomeT = TypeVar("OutcomeT", bound=Outcome)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it came: the text of its mapping, its name, its bytes."""

    mapping: str
    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Work:
    """A file that is being brought in, or only looked at: by whom, what is kept of it, its bytes."""

    actor: Actor
    row: Any
    source: IO[bytes]
    at: datetime
    is_rehearsal: bool
    progress: Progress


def pieces(source: IO[bytes]) -> Iterator[bytes]:
    """A file that is open here, a megabyte at a time."""
    return iter(lambda: source.read(1 << 20), b"")


class Desk(ABC, Generic[OutcomeT]):
    """Where one service takes files in. Each is a record of its kind, which says how it stands.

    The service says how a file is brought in, and which fields say what came of it.
    """

    kind: str
    model: Any
    missing: type[Missing]
    waiting: Waiting

    @abstractmethod
    def bring(self, work: Work) -> OutcomeT:
        """Bring a file in, or say what that would do."""

    @abstractmethod
    def refused(self, why: Finding) -> OutcomeT:
        """What came of a file that is refused whole."""

    @abstractmethod
    def said(self, outcome: OutcomeT) -> dict[str, Any]:
        """The fields that say it."""

    def keep(
        self,
        chunks: Iterable[bytes],
        *,
        holder: str,
        known: Callable[[str], Any],
        begin: Callable[[UUID, str], None],
    ) -> tuple[UUID, bool]:
        """Keep a file of a holder's; answers the key of its record, and whether that is new.

        `known` gives the record that it has already, by its SHA-256; else `begin` makes one.
        Raises FileTooLarge, TooMuchWaits.
        """
        key = new_id()
        sha256 = self.waiting.keep(key, chunks, holder=holder)
        try:
            row = known(sha256)
            if row is not None:
                if row.state in OPEN:
                    self.waiting.hand_over(key, row.pk)
                self.waiting.forget(key)
                return row.pk, False
            self.waiting.require_room(holder)
            begin(key, sha256)
        except BaseException:
            self.waiting.forget(key)
            raise
        return key, True

    def digest(self, chunks: Iterable[bytes]) -> str:
        """The SHA-256 of a file that is not kept. Raises FileTooLarge."""
        held = new_id()
        try:
            return self.waiting.keep(held, chunks)
        finally:
            self.waiting.forget(held)

    def check(self, *, actor: Actor, key: UUID, at: datetime) -> OutcomeT:
        """Say what a file that was received would do. Raises NotWaiting, AtWork, and what the service raises."""
        return self._done(actor, key, at, is_rehearsal=True)

    def run(
        self, *, actor: Actor, key: UUID, at: datetime, progress: Progress = quiet
    ) -> OutcomeT:
        """Bring in what was received, or go on with it. Raises NotWaiting, AtWork, and what the service raises."""
        return self._done(actor, key, at, is_rehearsal=False, also=progress)

    def set_out(self, *, actor: Actor, key: UUID, at: datetime) -> None:
        """Say that a file is being brought in, before its turn comes. Raises NotWaiting."""
        if self._open(actor, key).state != State.RUNNING:
            self._say(actor, key, at, {"state": str(State.RUNNING)})

    def require_open(self, actor: Actor, key: UUID) -> Any:
        """The record of a file that can go on. Raises NotWaiting, AtWork."""
        row = self._open(actor, key)
        if self.waiting.progress(key).is_alive:
            raise AtWork
        return row

    def standing(self, read: Callable[[], Sequence[Any]]) -> list[tuple[Any, bool]]:
        """The records, and of each whether somebody is at work on it, or will be.

        What seems to have stopped is read again: it may have come to its end before anybody looked.
        """
        rows = read()
        alive = {
            row.pk: self.waiting.progress(row.pk).is_alive for row in rows if row.state in OPEN
        }
        if not all(alive.values()):
            rows = read()
        return [(row, row.state in OPEN and alive.get(row.pk, True)) for row in rows]

    def _done(
        self,
        actor: Actor,
        key: UUID,
        at: datetime,
        *,
        is_rehearsal: bool,
        also: Progress = quiet,
    ) -> OutcomeT:
        self._open(actor, key)
        with self.waiting.begun(key) as source:
            row = self._open(actor, key)  # it may have come to its end meanwhile
            if not is_rehearsal and row.state != State.RUNNING:
                self._say(actor, key, at, {"state": str(State.RUNNING)})

            def progress(step: Step) -> None:
                self.waiting.tell(key, step)
                also(step)

            return self._brought(Work(actor, row, source, at, is_rehearsal, progress))

    def _brought(self, work: Work) -> OutcomeT:
        self.waiting.tell(work.row.pk, Step("read"))
        try:
            outcome = self.bring(work)
        except Refusal as refused:
            if work.is_rehearsal or not isinstance(refused, Conflict):
                told = self.refused(Finding("import", refused.message, ""))
                self._finish(work, told, State.REFUSED)
            raise
        except PASSING:
            raise
        except Exception:
            log.exception("%s failed and is refused.", work.row.file_name)
            outcome = self.refused(fault(work.row.file_name))
        self._finish(work, outcome, self._stands(work, outcome))
        return outcome

    def _stands(self, work: Work, outcome: OutcomeT) -> State:
        """Where a file stands then: a checked one waits, unless it is to be brought in meanwhile (set_out)."""
        if not work.is_rehearsal or outcome.state is State.REFUSED:
            return outcome.state
        is_set_out = self._open(work.actor, work.row.pk).state == State.RUNNING
        return State.RUNNING if is_set_out else State.REHEARSED

    def _finish(self, work: Work, outcome: OutcomeT, state: State) -> None:
        key: UUID = work.row.pk
        self._say(work.actor, key, work.at, {"state": str(state), **self.said(outcome)})
        if state not in OPEN:
            self.waiting.forget(key)
        else:
            self.waiting.quiet(key)

    def _open(self, actor: Actor, key: UUID) -> Any:
        with guarded.acting(actor):
            row = self.model.objects.filter(pk=key).first()
        if row is None:
            raise self.missing
        if row.state not in OPEN:
            raise NotWaiting
        return row

    def _say(self, actor: Actor, key: UUID, at: datetime, given: dict[str, Any]) -> None:
        with guarded.acting(actor):
            version = self.model.objects.get(pk=key).version
            records.edit(
                actor=actor, kind=self.kind, record=key, version=version, given=given, at=at
            )


def fault(file: str) -> Finding:
    """What is told of a file at which we failed ourselves: it would fail again."""
    said = (
        "Something went wrong on our side with this file, and it was not brought in to its end."
    )
    remedy = "Ask whoever runs the platform to look into its log; then send the file again."
    return Finding("fault", said, remedy, file)
