"""How long records are kept: their group and review, holds, and disposal."""

import pkgutil
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, transaction

from crossforce.kernel import civil, events, guarded
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.people.choices import Actor
from crossforce.records import models, queries
from crossforce.records.choices import ALTERED, ERASED, SAYING, Disposal
from crossforce.records.events import RecordChanged, RecordDisposed
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats, between, creating
from crossforce.records.rules import retention

KEPT: Final = {
    "record_held": "It is held. Lift the hold first.",
    "record_not_due": "It is kept until it is due for review, and its day was changed meanwhile. Look at it again.",
    "record_of_two": "Somebody else has to decide about its disposal.",
}
"""What `records_keep` refuses in the database, where something changed since the operation looked."""


class MayNotGo(Conflict):
    """The record is kept; the message says why."""


class StillNeeded(MayNotGo):
    """Something else still needs it, so it stays."""


class NoSuchHold(Missing):
    """There is no such hold on this record."""


class NoReason(NotUnderstood):
    """Say why."""


@guarded.acts
def review(
    *,
    actor: Actor,
    kind: str,
    record: UUID,
    version: int,
    group: str,
    last_notice: date | None,
    at: datetime,
) -> GovernedRecord:
    """Put a record into a review group, which says when it is due; a proposed disposal falls away."""
    row = beats.permitted(kind, record, "edit")
    row.change(
        expected=version,
        review_group=group,
        review_due=creating.due_of(row, group, last_notice),
        disposal=Disposal.KEPT,
        proposed_at=None,
        proposed_by="",
        changed_at=at,
        changed_by=actor.reference,
    )
    _say(actor, row, {"group": group, "review_due": beats.plain(row.review_due)}, at)
    return row


@guarded.acts
def hold(*, actor: Actor, kind: str, record: UUID, reason: str, at: datetime) -> models.Hold:
    """Forbid the disposal of a record until the hold is lifted."""
    if not reason.strip():
        raise NoReason
    row = beats.permitted(kind, record, "edit")
    placed = models.Hold.objects.create(
        record=row.pk,
        kind=kind,
        scope_id=row.scope_id,
        reason=reason.strip(),
        placed_at=at,
        placed_by=actor.reference,
    )
    _say(actor, row, {"hold": str(placed.pk)}, at, reason=reason.strip())
    return placed


@guarded.acts
def lift(*, actor: Actor, hold: UUID, reason: str, at: datetime) -> models.Hold:
    """Lift a hold."""
    if not reason.strip():
        raise NoReason
    found = models.Hold.objects.filter(pk=hold, lifted_at__isnull=True).first()
    if found is None:
        raise NoSuchHold
    row = beats.permitted(found.kind, found.record, "edit")
    models.Hold.objects.filter(pk=hold).update(lifted_at=at, lifted_by=actor.reference)
    found.refresh_from_db()
    _say(actor, row, {"hold": str(hold), "is_lifted": True}, at, reason=reason.strip())
    return found


@guarded.acts
def propose_disposal(
    *, actor: Actor, kind: str, record: UUID, version: int, at: datetime
) -> GovernedRecord:
    """Propose that a record goes; somebody else decides, where two people are needed."""
    row = beats.permitted(kind, record, "edit")
    row.change(
        expected=version,
        disposal=Disposal.PROPOSED,
        proposed_at=at,
        proposed_by=actor.reference,
        changed_at=at,
        changed_by=actor.reference,
    )
    _say(actor, row, {"disposal": "proposed"}, at)
    return row


@guarded.acts
def dispose(
    *, actor: Actor, kind: str, record: UUID, version: int, reason: str, at: datetime
) -> None:
    """Destroy a record: row, states, words, pointer, links, in one transaction, and what the log kept of its words.

    What cannot stand without it goes before it, where its kind says so; what stands between it and another goes with
    it, and the holder of that is told. Raises MayNotGo while it is held, not yet due, or in need of a second person,
    and what is raised of that which goes before it.
    """
    if not reason.strip():
        raise NoReason
    row = beats.permitted(kind, record, "dispose")
    doomed = type(row).objects.filter(pk=row.pk, version=version)
    _dispose(actor, [row], doomed, reason.strip(), at)


@guarded.acts
def dispose_many(
    *, actor: Actor, kind: str, records: Sequence[UUID], reason: str, at: datetime
) -> None:
    """Destroy several of a kind in one statement, whatever they say by now: all or none, each with its entry.

    Raises what disposing of any of them raises.
    """
    rows = list(beats.permitted_many(kind, records, "dispose").values())
    if rows:
        doomed = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
        _dispose(actor, rows, doomed, reason.strip(), at)


def _dispose(
    actor: Actor, rows: Sequence[GovernedRecord], doomed: Any, reason: str, at: datetime
) -> None:
    """Destroy rows of one kind, with what goes along, and say so."""
    judge(actor, rows, at)
    kind = queries.kind_of(rows[0].record_kind)
    for row in rows if kind.goes_along else ():
        pkgutil.resolve_name(kind.goes_along)(row=row, actor=actor, reason=reason, at=at)
    tied = [each for row in rows for each in between.going(row)]
    _erase(doomed, len(rows))
    told = [
        beats.Told(
            row,
            {"group": row.review_group, "review_due": beats.plain(row.review_due)},
            {"reason": reason, "proposed_by": row.proposed_by},
        )
        for row in rows
    ]
    beats.record_each(actor=actor, operation=ERASED, told=told, action="dispose", at=at)
    between.tell_gone(actor, tied, at)
    gone = [row.reference.subject for row in rows]
    ledger.erase_said(actor=actor, subjects=gone, operations=SAYING, at=at)
    for row in rows:
        events.publish(RecordDisposed(kind.name, row.pk, at))


def holds_of(record: UUID) -> list[models.Hold]:
    """Holds on a record that were not lifted."""
    return _holds([record])


def _holds(records: Sequence[UUID]) -> list[models.Hold]:
    return list(models.Hold.objects.filter(record__in=records, lifted_at__isnull=True))


def judge(actor: Actor, rows: Sequence[GovernedRecord], at: datetime) -> None:
    """Whether the actor may dispose of these today, by group, day and holds of each. Raises MayNotGo."""
    reviews, by = queries.reviews_of(rows), people.one_human(actor)
    holds = _holds([row.pk for row in rows])
    for row in rows:
        standing = retention.Standing(
            row.review_group,
            row.review_due,
            row.disposal,
            row.proposed_by,
            [each.reason for each in holds if each.record == row.pk],
            reviews[row.pk],
        )
        refusal = retention.refusal_to_dispose(standing, by=by, on=civil.day_of(at))
        if refusal:
            raise MayNotGo(refusal)


def _erase(doomed: Any, number: int) -> None:
    try:
        with transaction.atomic():
            if doomed.delete()[0] != number:
                raise Conflict("It changed since you looked, so it was not disposed of.")
    except OperationalError as fault:
        said = getattr(getattr(fault.__cause__, "diag", None), "constraint_name", None)
        if said == "record_needed":
            raise StillNeeded from fault
        if said not in KEPT:
            raise
        raise MayNotGo(KEPT[said]) from fault


def _say(
    actor: Actor, row: GovernedRecord, detail: dict[str, object], at: datetime, reason: str = ""
) -> None:
    beats.record(
        actor=actor,
        operation=ALTERED,
        rows=[row],
        action="edit",
        detail={**detail, "version": row.version},
        private={"reason": reason} if reason else None,
        at=at,
    )
    events.publish(RecordChanged(row.record_kind, row.pk, at))
