"""An import from the moment its file arrives: received, checked, brought in, gone on with after a stop."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q

from crossforce.duty import models
from crossforce.duty.choices import IMPORT, MARKING, OPEN, PURPOSES, State
from crossforce.duty.mapping import Finding, Mapping
from crossforce.duty.operations import importing, mappings
from crossforce.duty.operations.importing import Outcome, Sent
from crossforce.duty.queries import importing as reads
from crossforce.duty.queries import running
from crossforce.intake import api as intake
from crossforce.kernel import guarded
from crossforce.people.api import Actor
from crossforce.records import api as records

WAITING: Final = intake.Waiting("duty")


class Imports(intake.Desk[Outcome]):
    """Where exports of duty systems come in. Raises NoSuchImport, Clash."""

    kind = IMPORT
    model = models.Import
    missing = reads.NoSuchImport
    waiting = WAITING

    def bring(self, work: intake.Work) -> Outcome:
        """Bring in what was sent."""
        of = mappings.understood(work.row.mapping)
        return importing.bring_in(
            actor=work.actor,
            sent=Sent(of, work.source, work.row.file_name),
            at=work.at,
            is_rehearsal=work.is_rehearsal,
            progress=work.progress,
            is_kept=False,
        )

    def refused(self, why: Finding) -> Outcome:
        """Nothing of it was brought in."""
        return Outcome(State.REFUSED, {}, [why])

    def said(self, outcome: Outcome) -> dict[str, Any]:
        """Counts, and what was refused, for people and row by row."""
        return {
            "counts": importing.counted(outcome),
            "findings": importing.told(outcome.findings),
            "report": importing.reported(outcome.findings),
        }


DESK: Final = Imports()


def receive(
    *,
    actor: Actor,
    file: intake.Arrived,
    at: datetime,
    state: State = State.CHECKING,
    is_once: bool = True,
) -> tuple[UUID, bool]:
    """Keep a file for its import; answers the import, and whether it is new.

    The same file by the same mapping is the same import, until something about it was refused,
    another file of its system came after it, or a duty of its system was changed by hand since it
    was brought in; or, unless `is_once`, until it is at its end.
    Raises MayNotImport, BadMapping, FileTooLarge, TooMuchWaits.
    """
    of = mappings.understood(file.mapping)
    importing.permit(actor, of.holder)

    def known(sha256: str) -> Any:
        row = _known(actor, of, file.mapping, sha256)
        if row is None or not (is_once or row.state in OPEN):
            return None
        return row if _is_last(actor, row) else None

    def begin(key: UUID, sha256: str) -> None:
        _keep(actor, of, file, key, sha256, state, at)

    return DESK.keep(file.chunks, holder=of.holder, known=known, begin=begin)


def _keep(
    actor: Actor,
    of: Mapping,
    file: intake.Arrived,
    key: UUID,
    sha256: str,
    state: State,
    at: datetime,
) -> None:
    values = {
        "title": of.title,
        "file_name": file.name[:200] or "-",
        "file_sha256": sha256,
        "state": str(state),
        "counts": "not read yet",
        "mapping": intake.mappings.plain(file.mapping),
        "source_system": of.system,
        "purposes": list(PURPOSES),
    }
    place = records.Place(of.holder, "", "", MARKING)
    new = records.NewRecord(IMPORT, place, values, id=key)
    records.create(actor=actor, new=new, at=at)


def to_resume(*, actor: Actor, mapping: str, content: Iterator[bytes]) -> UUID:
    """The interrupted import of this file. Raises NothingToResume."""
    of = mappings.understood(mapping)
    row = _known(actor, of, mapping, DESK.digest(content))
    if row is None or row.state not in OPEN:
        raise intake.NothingToResume
    key: UUID = row.pk
    return key


def _known(actor: Actor, of: Mapping, text: str, sha256: str) -> Any:
    """The last import of the same bytes by the same mapping, unless something of it was refused."""
    with guarded.acting(actor):
        found = models.Import.objects.filter(
            file_sha256=sha256, source_system=of.system, mapping=intake.mappings.plain(text)
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
