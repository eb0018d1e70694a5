"""A digital original arrives: begun, sent in turns, whole or given up. Its record is there from the beginning."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import ITEM, State
from crossforce.evidence.models import Item
from crossforce.evidence.queries import exhibit_to_fill, item_of
from crossforce.evidence.rules import types
from crossforce.kernel import guarded
from crossforce.kernel.files import keeping
from crossforce.kernel.files.arriving import Arrival
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records


class WrongOffset(Conflict):
    """Other bytes are next. Ask how many came, and go on from there."""


class TooMany(NotUnderstood):
    """More bytes came than the file was said to have. Begin it again with its real length, and give this one up."""


class NotArriving(Conflict):
    """This file is whole, or was given up: nothing can be added to it."""


class NotYours(Refused):
    """You may read this original and not add to it: whoever sends it does."""


class Expired(Missing):
    """This file was not whole after a week, and is given up. Begin it again."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is to come: of which exhibit, under which name, how many bytes; out of what, where it is taken out of something.

    `derived` says of a redacted copy that comes in of which original it is, and how it was made. Nobody has decided on it here.
    """

    exhibit: UUID
    name: str
    size: int
    source: tuple[str, str] = ("", "")
    derived: Mapping[str, Any] = field(default_factory=dict)


@guarded.acts
def begin(*, actor: Actor, sent: Sent, at: datetime) -> Item:
    """Expect an original of an exhibit, in the exhibit's place. Raises Missing and what `records.create` raises."""
    exhibit, place = exhibit_to_fill(actor, sent.exhibit)
    file = keeping.begin(holder=place.holder, at=at)
    values = {
        "name": sent.name.replace("\0", "")[:255] or "unnamed",
        "exhibit": exhibit.pk,
        "size": sent.size,
        "state": State.ARRIVING.value,
        "file": file.pk,
        "purposes": exhibit.purposes,
        "source_system": sent.source[0],
        "source_reference": sent.source[1],
        **sent.derived,
    }
    new = records.NewRecord(ITEM, place, values)
    made = records.create(actor=actor, new=new, at=at)
    assert isinstance(made, Item)
    if sent.size:
        return made
    return receive(actor=actor, item=made.pk, offset=0, parts=(), at=at)


def receive(
    *, actor: Actor, item: UUID, offset: int, parts: Iterable[bytes], at: datetime
) -> Item:
    """Add bytes at the offset; with the last ones the original is kept.

    What came before a line broke stays, whatever becomes of the request. Raises WrongOffset, TooMany, NotArriving.
    """
    row = _open(actor, item, at)
    with keeping.coming(row.file) as arrival:
        if arrival.offset != offset:
            raise WrongOffset
        try:
            for part in parts:
                if arrival.offset + len(part) > row.size:
                    raise TooMany
                arrival.append(part)
        finally:
            came = arrival.settle()
        return _whole(actor, row, arrival, at) if came == row.size else row


def offset_of(*, actor: Actor, item: UUID, at: datetime) -> tuple[Item, int]:
    """How many bytes came, for a sender that goes on; all of them once the original is kept, and it is kept here where that failed.

    Raises Busy while somebody sends.
    """
    row = item_of(actor, item)
    if row.is_kept:
        return row, row.size
    _refuse_late(row, at)
    with keeping.coming(row.file) as arrival:
        if arrival.offset < row.size:
            return row, arrival.offset
        return _whole(actor, _open(actor, item, at), arrival, at), row.size


def came(*, actor: Actor, item: UUID, at: datetime) -> tuple[int, str]:
    """How many bytes came, and their SHA-256, for a sender that goes on with the same bytes alone. Raises Busy while somebody sends."""
    row = _open(actor, item, at)
    total = hashlib.sha256()
    with keeping.coming(row.file) as arrival:
        for part in arrival.came():
            total.update(part)
        return arrival.offset, total.hexdigest()


@guarded.acts
def give_up(*, actor: Actor, item: UUID, at: datetime) -> Item:
    """Expect it no longer: what came is destroyed, the record tells that it was begun. Raises NotArriving."""
    row = item_of(actor, item)
    if not row.is_arriving(at):
        raise NotArriving
    changed = _changed(actor, row, {"state": State.GIVEN_UP.value}, at)
    keeping.give_up(file=row.file, at=at)
    return changed


@guarded.acts
def may_add(actor: Actor, row: Item, at: datetime) -> bool:
    """Whether the actor may send more of this file, or give it up."""
    return row.is_arriving(at) and records.allowed(ITEM, "edit")(row)


@guarded.acts
def _open(actor: Actor, item: UUID, at: datetime) -> Item:
    row = item_of(actor, item)
    _refuse_late(row, at)
    if not records.allowed(ITEM, "edit")(row):
        raise NotYours
    return row


def _refuse_late(row: Item, at: datetime) -> None:
    if row.state != State.ARRIVING:
        raise NotArriving
    if not row.is_arriving(at):
        raise Expired


def _whole(actor: Actor, row: Item, arrival: Arrival, at: datetime) -> Item:
    """Its bytes are put in their place before anything is open in the database: that lasts as long as the file is."""
    put = keeping.put(arrival)
    return _kept(actor, row.pk, put, types.of(next(arrival.parts())[: types.HEAD]), at)


@guarded.acts
def _kept(actor: Actor, item: UUID, put: keeping.Put, media_type: str, at: datetime) -> Item:
    found = {
        "state": State.KEPT.value,
        "file": keeping.take(put, at=at).pk,
        "sha256": put.sums.sha256,
        "blake3": put.sums.blake3,
        "media_type": media_type,
    }
    return _changed(actor, item_of(actor, item), found, at)


def _changed(actor: Actor, row: Item, given: dict[str, object], at: datetime) -> Item:
    changed = records.edit(
        actor=actor, kind=ITEM, record=row.pk, version=row.version, given=given, at=at
    )
    assert isinstance(changed, Item)
    return changed
