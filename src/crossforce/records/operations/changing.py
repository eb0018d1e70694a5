"""Records change: what they say, and where they are."""

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import civil, events, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused, StaleVersion
from crossforce.kernel.registry import RecordKind
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import ALTERED, SAYING, Place
from crossforce.records.events import RecordChanged
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats, creating, values, writing
from crossforce.records.rules import marking
from crossforce.records.rules.changes import Changed, differing


class NothingChanges(Conflict):
    """It says that already, so nothing was changed."""


class HolderLowers(Refused):
    """Only the holder lowers a marking or takes a record out of its compartment. Ask it to."""


class HolderStays(Refused):
    """Moving a record does not change who holds it."""


class BeyondReach(Refused):
    """You may not read and change records with that marking in that place, so you may not put this one there."""


@guarded.acts
def edit(
    *,
    actor: Actor,
    kind: str,
    record: UUID,
    version: int,
    given: Mapping[str, Any],
    at: datetime,
) -> GovernedRecord:
    """Change what a record says; refused on an old version. Raises NoSuchRecord, Refused, Unsound, Clashes."""
    row = beats.permitted(kind, record, "edit")
    declared = queries.kind_of(kind)
    changed = _changed(row, declared, given)
    said = {name: after for name, (_, after) in changed.items()}
    anew = creating.due_anew(row, said, civil.day_of(at))
    with beats.apart(declared):
        row.change(
            expected=version,
            changed_at=at,
            changed_by=actor.reference,
            **said,
            **anew,
        )
    _shed(actor, declared, row, changed, at)
    beats.record(
        actor=actor,
        operation=ALTERED,
        rows=[row],
        action="edit",
        detail=_public(declared, row, changed)
        | {name: beats.plain(day) for name, day in anew.items()},
        private=_private(declared, changed),
        at=at,
    )
    events.publish(RecordChanged(kind, row.pk, at))
    return row


@dataclass(frozen=True, slots=True)
class Edit:
    """What a record is to say, which is at this version."""

    record: UUID
    version: int
    given: Mapping[str, Any]


@guarded.acts
def edit_many(
    *, actor: Actor, kind: str, edits: Sequence[Edit], at: datetime
) -> Sequence[GovernedRecord]:
    """Change records of one kind, all or none: as `edit` one after the other, in a few statements.

    Raises what `edit` raises.
    """
    if not edits:
        return ()
    if queries.kind_of(kind).due_by:
        return [_edited(actor, kind, each, at) for each in edits]
    rows = beats.permitted_many(kind, [each.record for each in edits], "edit")
    if len(rows) < len(edits):
        raise StaleVersion
    declared = queries.kind_of(kind)
    changes = [_changes(rows[each.record], declared, each) for each in edits]
    with beats.apart(declared):
        writing.alter(list(rows.values()), changes, by=actor.reference, at=at)
    told = [
        beats.Told(row, _public(declared, row, changed), _private(declared, changed))
        for row, changed in zip(rows.values(), changes, strict=True)
    ]
    for row, changed in zip(rows.values(), changes, strict=True):
        _shed(actor, declared, row, changed, at)
    beats.record_each(actor=actor, operation=ALTERED, told=told, action="edit", at=at)
    for row in rows.values():
        events.publish(RecordChanged(kind, row.pk, at))
    return list(rows.values())


def _edited(actor: Actor, kind: str, edit_: Edit, at: datetime) -> GovernedRecord:
    """As `edit`: one by one, where each has a day of its own."""
    record, version, given = edit_.record, edit_.version, edit_.given
    return edit(actor=actor, kind=kind, record=record, version=version, given=given, at=at)


def _changes(row: GovernedRecord, kind: RecordKind, edit: Edit) -> Changed:
    if row.version != edit.version:
        raise StaleVersion
    return _changed(row, kind, edit.given)


def _changed(row: GovernedRecord, kind: RecordKind, given: Mapping[str, Any]) -> Changed:
    """What would be another, with what it is and would be. Raises NothingChanges, Unsound."""
    wanted = values.checked(kind, given, is_whole=False)
    changed = differing({name: getattr(row, name) for name in wanted}, wanted)
    if not changed:
        raise NothingChanges
    return changed


def _public(kind: RecordKind, row: GovernedRecord, changed: Changed) -> dict[str, Any]:
    said: dict[str, Any] = {
        "fields": sorted(set(changed) - set(kind.inner)),
        "version": row.version,
    }
    erased = _gone(kind, changed)
    return {**said, "erased": erased} if erased else said


def _private(kind: RecordKind, changed: Changed) -> dict[str, Any]:
    gone = {*_gone(kind, changed), *kind.inner}
    return {
        name: [beats.plain(before), beats.plain(after)]
        for name, (before, after) in changed.items()
        if name not in gone
    }


def _gone(kind: RecordKind, changed: Changed) -> list[str]:
    """The fields in which the record says nothing now, and that its kind sheds."""
    return sorted(name for name in kind.sheds if name in changed and not changed[name][1])


def _shed(
    actor: Actor, kind: RecordKind, row: GovernedRecord, changed: Changed, at: datetime
) -> None:
    """What a record sheds leaves its states by trigger, and here the ledger: it was kept for its readers alone."""
    if _gone(kind, changed):
        said = [row.reference.subject]
        ledger.erase_said(actor=actor, subjects=said, operations=SAYING, at=at)


@guarded.acts
def move(
    *,
    actor: Actor,
    kind: str,
    record: UUID,
    version: int,
    to: Place,
    reason: str,
    at: datetime,
) -> GovernedRecord:
    """Mark a record anew, or put it into another collection or compartment.

    Raising is free to whoever may edit; lowering is the holder's. What its kind keeps together goes along.
    Raises HolderLowers, BeyondReach, Clashes, and what its kind refuses.
    """
    row = beats.permitted(kind, record, "edit")
    before = queries.place_of(row.scope_id)
    if queries.kind_of(kind).is_owned:
        to = replace(to, compartment=before.compartment)
    _refuse_move(actor, before, to, reason)
    scope = creating.scope_of(kind, to)
    if scope == row.scope_id:
        raise NothingChanges
    if not _may_put(row, scope):
        raise BeyondReach
    with beats.apart(queries.kind_of(kind)):
        row.change(expected=version, scope_id=scope, changed_at=at, changed_by=actor.reference)
    _move_along(row, before, to, actor)
    beats.record(
        actor=actor,
        operation=ALTERED,
        rows=[row],
        action="edit",
        detail={
            "version": row.version,
            "marking": [before.marking, to.marking],
            "is_moved": (before.collection, before.compartment)
            != (to.collection, to.compartment),
        },
        private={"reason": reason, "from": _words(before), "to": _words(to)},
        at=at,
    )
    events.publish(RecordChanged(kind, row.pk, at))
    return row


def _refuse_move(actor: Actor, before: Place, to: Place, reason: str) -> None:
    if to.holder != before.holder:
        raise HolderStays
    is_lower = marking.is_lowered(before.marking, to.marking)
    is_out = bool(before.compartment) and to.compartment != before.compartment
    if (is_lower or is_out) and actor.organisation != before.holder:
        raise HolderLowers
    if is_lower and not reason.strip():
        raise NotUnderstood("Say why the marking is lowered.")


def _move_along(row: GovernedRecord, before: Place, to: Place, actor: Actor) -> None:
    """Move what goes with the record, where its kind says how; or let it refuse the move."""
    if found := queries.kind_of(row.record_kind).moves_along:
        pkgutil.resolve_name(found)(row=row, before=before, to=to, actor=actor)


def _may_put(row: GovernedRecord, scope: int) -> bool:
    """Whether the actor may edit in that scope, and read the row there: what the database asks for."""
    kind = row.record_kind
    is_readable = queries.allowed_at(kind, "read")(scope, row.pk)
    return is_readable and queries.allowed_at(kind, "edit")(scope, None)


def _words(place: Place) -> list[str]:
    return [place.collection, place.compartment, place.marking]
