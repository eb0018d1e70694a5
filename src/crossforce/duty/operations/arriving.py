"""An import from the moment its file arrives: received, checked, brought in, gone on with after a stop."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.db.models import F, Q

from crossforce.duty import models
from crossforce.duty.choices import IMPORT, MARKING, OPEN, PURPOSES, State
from crossforce.duty.mapping import Finding, Mapping
from crossforce.duty.operations import importing, mappings, staging, waiting
from crossforce.duty.operations.importing import Outcome, Sent
from crossforce.duty.queries import importing as reads
from crossforce.duty.queries import running
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, Refusal
from crossforce.people.api import Actor
from crossforce.records import api as records

PASSING: Final = (OperationalError, InterfaceError, OSError)
"""What is not the file's fault: a database or a disk that is away for a while. The import stays open."""
log = logging.getLogger(__name__)


class NotWaiting(Conflict):
    """This import is at its end already. Send the file again to bring it in anew."""


class NothingToResume(Conflict):
    """No import of this file was interrupted; leave `--resume` away to begin one."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it came: the text of its mapping, its name, its bytes."""

    mapping: str
    name: str
    chunks: Iterable[bytes]


def pieces(source: IO[bytes]) -> Iterator[bytes]:
    """A file that is open here, a megabyte at a time."""
    return iter(lambda: source.read(1 << 20), b"")


def receive(
    *,
    actor: Actor,
    file: Arrived,
    at: datetime,
    state: State = State.CHECKING,
    is_once: bool = True,
) -> tuple[UUID, bool]:
    """Keep a file for its import; answers the import, and whether it is new.

    The same file by the same mapping is the same import, until something about it was refused,
    another file of its system came after it, or a duty of its system was changed by hand since it
    was brought in; or, unless `is_once`, until it is at its end.
    Raises MayNotImport, BadMapping, FileTooLarge.
    """
    of = mappings.understood(file.mapping)
    importing.permit(actor, of.holder)
    key = new_id()
    sha256 = waiting.keep(key, file.chunks)
    try:
        known = _known(actor, of, file.mapping, sha256)
        if known is not None and (is_once or known.state in OPEN) and _is_last(actor, known):
            if known.state in OPEN:
                waiting.hand_over(key, known.pk)
            waiting.forget(key)
            return known.pk, False
        _keep(actor, of, file, key, sha256, state, at)
    except BaseException:
        waiting.forget(key)
        raise
    return key, True


def _keep(
    actor: Actor, of: Mapping, file: Arrived, key: UUID, sha256: str, state: State, at: datetime
) -> None:
    values = {
        "title": of.title,
        "file_name": file.name[:200] or "-",
        "file_sha256": sha256,
        "state": str(state),
        "counts": "not read yet",
        "mapping": mappings.plain(file.mapping),
        "source_system": of.system,
        "purposes": list(PURPOSES),
    }
    place = records.Place(of.holder, "", "", MARKING)
    new = records.NewRecord(IMPORT, place, values, id=key)
    records.create(actor=actor, new=new, at=at)


def check(*, actor: Actor, key: UUID, at: datetime) -> Outcome:
    """Say what an import that was received would do. Raises NoSuchImport, NotWaiting, Clash."""
    return _done(actor, key, at, is_rehearsal=True)


def run(
    *, actor: Actor, key: UUID, at: datetime, progress: staging.Progress = staging.quiet
) -> Outcome:
    """Bring in what was received, or go on with it. Raises NoSuchImport, NotWaiting, AtWork, Clash."""
    return _done(actor, key, at, is_rehearsal=False, also=progress)


def set_out(*, actor: Actor, key: UUID, at: datetime) -> None:
    """Say that an import is being brought in, before its turn comes. Raises NoSuchImport, NotWaiting."""
    if _open(actor, key).state != State.RUNNING:
        _say(actor, key, at, {"state": str(State.RUNNING)})


def _done(
    actor: Actor,
    key: UUID,
    at: datetime,
    *,
    is_rehearsal: bool,
    also: staging.Progress = staging.quiet,
) -> Outcome:
    _open(actor, key)
    with waiting.begun(key) as source:
        row = _open(actor, key)  # it may have come to its end meanwhile
        of = mappings.understood(row.mapping)
        if not is_rehearsal and row.state != State.RUNNING:
            _say(actor, key, at, {"state": str(State.RUNNING)})
        sent = Sent(of, source, row.file_name)
        return _brought(actor, key, at, sent, is_rehearsal=is_rehearsal, also=also)


def _brought(
    actor: Actor,
    key: UUID,
    at: datetime,
    sent: Sent,
    *,
    is_rehearsal: bool,
    also: staging.Progress,
) -> Outcome:
    def progress(step: staging.Step) -> None:
        waiting.tell(key, step)
        also(step)

    waiting.tell(key, staging.Step("read"))
    try:
        outcome = importing.bring_in(
            actor=actor,
            sent=sent,
            at=at,
            is_rehearsal=is_rehearsal,
            progress=progress,
            is_kept=False,
        )
    except Refusal as refused:
        if is_rehearsal or not isinstance(refused, Conflict):
            told = _refused(Finding("import", refused.message, ""))
            _finish(actor, key, at, told, State.REFUSED)
        raise
    except PASSING:
        raise
    except Exception:
        log.exception("An import of %s failed and is refused.", sent.name)
        outcome = _refused(fault(sent.name))
    _finish(actor, key, at, outcome, _stands(actor, key, outcome, is_rehearsal=is_rehearsal))
    return outcome


def _stands(actor: Actor, key: UUID, outcome: Outcome, *, is_rehearsal: bool) -> State:
    """Where an import stands then: a checked one waits, unless it is to be brought in meanwhile (set_out)."""
    if not is_rehearsal or outcome.state is not State.DONE:
        return outcome.state
    return State.RUNNING if _open(actor, key).state == State.RUNNING else State.REHEARSED


def _refused(why: Finding) -> Outcome:
    return Outcome(State.REFUSED, {}, [why])


def fault(file: str) -> Finding:
    """What is told of a file at which we failed ourselves: it would fail again."""
    said = (
        "Something went wrong on our side with this file, and it was not brought in to its end."
    )
    remedy = "Ask whoever runs the platform to look into its log; then send the file again."
    return Finding("fault", said, remedy, file)


def _finish(actor: Actor, key: UUID, at: datetime, outcome: Outcome, state: State) -> None:
    _say(
        actor,
        key,
        at,
        {
            "state": str(state),
            "counts": importing.counted(outcome),
            "findings": importing.told(outcome.findings),
            "report": importing.reported(outcome.findings),
        },
    )
    if state not in OPEN:
        waiting.forget(key)
    else:
        waiting.quiet(key)


def require_open(actor: Actor, key: UUID) -> Any:
    """An import that can go on. Raises NoSuchImport, NotWaiting, AtWork."""
    row = _open(actor, key)
    if waiting.progress(key).is_alive:
        raise waiting.AtWork
    return row


def _open(actor: Actor, key: UUID) -> Any:
    with guarded.acting(actor):
        row = models.Import.objects.filter(pk=key).first()
    if row is None:
        raise reads.NoSuchImport
    if row.state not in OPEN:
        raise NotWaiting
    return row


def to_resume(*, actor: Actor, mapping: str, content: Iterator[bytes]) -> UUID:
    """The interrupted import of this file. Raises NothingToResume."""
    of = mappings.understood(mapping)
    held = new_id()
    try:
        sha256 = waiting.keep(held, content)
    finally:
        waiting.forget(held)
    row = _known(actor, of, mapping, sha256)
    if row is None or row.state not in OPEN:
        raise NothingToResume
    key: UUID = row.pk
    return key


def listed(actor: Actor) -> list[tuple[models.Import, bool]]:
    """The last imports, and of each whether somebody is at work on it, or will be.

    What seems to have stopped is read again: it may have come to its end before anybody looked.
    """
    rows = reads.imports(actor)
    alive = {row.pk: waiting.progress(row.pk).is_alive for row in rows if row.state in OPEN}
    if not all(alive.values()):
        rows = reads.imports(actor)
    return [(row, row.state in OPEN and alive.get(row.pk, True)) for row in rows]


def _known(actor: Actor, of: Mapping, text: str, sha256: str) -> Any:
    """The last import of the same bytes by the same mapping, unless something of it was refused."""
    with guarded.acting(actor):
        found = models.Import.objects.filter(
            file_sha256=sha256, source_system=of.system, mapping=mappings.plain(text)
        )
        last = found.order_by("-created_at").first()
    return None if last is None or last.state == State.REFUSED or last.findings else last


def _is_last(actor: Actor, known: Any) -> bool:
    """Whether no other import of its system, by whatever mapping, may have changed duties after it."""
    with guarded.acting(actor):
        others = models.Import.objects.filter(source_system=known.source_system)
        after = others.filter(Q(changed_at__gt=known.changed_at) | Q(pk__gt=known.pk))
        harmless = (State.REFUSED, State.REHEARSED)
        if after.exclude(pk=known.pk).exclude(state__in=harmless).exists():
            return False
        return known.state != State.DONE or not _by_hand(known).exists()


def _by_hand(known: Any) -> Any:
    """The duties of an import's system and force that somebody changed after it, by the index of those changed."""
    held = running.held(records.places_of([known.scope_id])[known.scope_id].holder)
    changed = models.Entry.objects.filter(changed_at__gt=F("created_at"))
    return changed.filter(
        scope_id__in=held.scopes,
        source_system=known.source_system,
        changed_at__gt=known.changed_at,
    )


def _say(actor: Actor, key: UUID, at: datetime, given: dict[str, Any]) -> None:
    with guarded.acting(actor):
        version = models.Import.objects.get(pk=key).version
        records.edit(actor=actor, kind=IMPORT, record=key, version=version, given=given, at=at)
