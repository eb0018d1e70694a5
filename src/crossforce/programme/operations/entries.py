"""Entries of the register: entered, changed, looked at, moved from stage to stage."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import ENTRY, PURPOSES, Stage
from crossforce.programme.operations.places import (
    one_each,
    place_of,
    refuse_taken,
    require_known,
)
from crossforce.programme.queries import entries
from crossforce.programme.rules.register import lacking
from crossforce.records import api as records

BY_MOVE: Final = frozenset({"stage", "reason", "result", "looked_on"})
"""What changes by an act of its own, and not as a field."""


class CannotMove(Conflict):
    """The entry cannot go there yet; the message says what is lacking."""


class ToCome(NotUnderstood):
    """An entry was entered on a day that has come: give that day."""


class NotByHand(NotUnderstood):
    """A stage changes by moving the entry, and the day of the last look by looking at it."""


@guarded.acts
def add_entry(*, actor: Actor, given: Mapping[str, Any], at: datetime) -> UUID:
    """Enter an idea into the register of the actor's organisation.

    Raises NotByHand, NoSuchCode, ToCome, Unsound, MayNotAdd, Clashes.
    """
    _refuse_moves(given)
    require_known(actor, given)
    _refuse_to_come(given, at)
    refuse_taken(actor.organisation, models.RegisterEntry, str(given.get("code") or ""))
    values = {**given, "stage": str(Stage.IDEA)}
    values.setdefault("entered_on", civil.day_of(at))
    return enter(actor=actor, values=values, at=at)


def enter(*, actor: Actor, values: Mapping[str, Any], at: datetime) -> UUID:
    """An entry as a register states it, at whichever stage; its codes are known. Raises Unsound, MayNotAdd, Clashes."""
    row = records.create(actor=actor, new=_new(actor, values), at=at)
    key: UUID = row.pk
    return key


def enter_many(*, actor: Actor, values: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """All of these, or none. Raises Unsound, MayNotAdd, Clashes."""
    records.create_many(actor=actor, new=[_new(actor, each) for each in values], at=at)


def _new(actor: Actor, values: Mapping[str, Any]) -> records.NewRecord:
    whole = {
        **values,
        "forces": one_each(str(values.get("forces") or "")),
        "purposes": list(PURPOSES),
    }
    place = place_of(actor, str(values.get("function") or ""))
    return records.NewRecord(ENTRY, place, whole)


@guarded.acts
def change_entry(
    *, actor: Actor, entry: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Change what an entry says, but not where it stands. Raises NotByHand, NoSuchCode, ToCome, StaleVersion."""
    _refuse_moves(given)
    require_known(actor, given)
    _refuse_to_come(given, at)
    if "code" in given:
        holder = records.place_of(entries.row_of(entry).scope_id).holder
        refuse_taken(holder, models.RegisterEntry, str(given["code"]), but=entry)
    return put(actor=actor, entry=entry, version=version, given=given, at=at)


def put(
    *, actor: Actor, entry: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """What a register states now; its codes are known. Raises NothingChanges, StaleVersion."""
    values = _stated(given)
    return records.edit(
        actor=actor, kind=ENTRY, record=entry, version=version, given=values, at=at
    )


def put_many(*, actor: Actor, edits: Sequence[records.Edit], at: datetime) -> None:
    """All of these, or none. Raises NothingChanges, StaleVersion."""
    stated = [replace(each, given=_stated(each.given)) for each in edits]
    records.edit_many(actor=actor, kind=ENTRY, edits=stated, at=at)


def _stated(given: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(given)
    if "forces" in values:
        values["forces"] = one_each(str(values["forces"] or ""))
    return values


def correct(
    *, actor: Actor, record: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed: a change like any other."""
    return change_entry(actor=actor, entry=record, version=version, given=given, at=at)


@guarded.acts
def look_at_entry(*, actor: Actor, entry: UUID, version: int, at: datetime) -> None:
    """Say that the entry is still right as it stands. Raises NoSuchEntry, NothingChanges, StaleVersion."""
    given = {"looked_on": civil.day_of(at)}
    records.edit(actor=actor, kind=ENTRY, record=entry, version=version, given=given, at=at)


@guarded.acts
def move_entry(
    *, actor: Actor, entry: UUID, version: int, to: Stage, words: str = "", at: datetime
) -> None:
    """Take the entry to another stage, if it has what that stage stands on.

    `words` are what its review concluded, where it was reviewed; else the reason. Raises NoSuchEntry,
    CannotMove, StaleVersion.
    """
    row = entries.row_of(entry)
    result = words if to is Stage.REVIEWED else row.result
    known = entries.move_of(row, words, result, at)
    if wants := lacking(entries.entry_of(row), entries.register_move(known, to)):
        raise CannotMove(f"It cannot go to {to}: {'; '.join(wants)}.")
    given = {"stage": str(to), "looked_on": civil.day_of(at)}
    given |= {"result": words} if to is Stage.REVIEWED else {"reason": words}
    records.edit(actor=actor, kind=ENTRY, record=entry, version=version, given=given, at=at)


def _refuse_to_come(given: Mapping[str, Any], at: datetime) -> None:
    if str(given.get("entered_on") or "") > civil.day_of(at).isoformat():
        raise ToCome


def _refuse_moves(given: Mapping[str, Any]) -> None:
    if BY_MOVE & set(given):
        raise NotByHand
