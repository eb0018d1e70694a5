"""A copy that was offered is taken: its files arrive first, kept for the receiver alone, and then all of it is there at once.

The original is read as whoever offered it could read it now, and given while they could still disclose it. Broken off, nothing of
it is seen, and the same again goes on where it was; what is never taken is given up after a week, as every file that arrives.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import COPIED, EXHIBIT, ITEM, RECEIVED, TOUCH, State
from crossforce.evidence.models import Exhibit, Item, Received
from crossforce.evidence.operations import continuing, copies_going
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.operations.copying import released
from crossforce.evidence.operations.links import giver as giver_of
from crossforce.evidence.operations.passing import judge
from crossforce.evidence.operations.proving import SAID, manifest_of
from crossforce.evidence.queries import continuity_of, copies, kept_of, may_prove
from crossforce.evidence.rules.continuity import Act
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.files import keeping
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

DOCUMENT: Final = "continuity-of-the-original.json"
WRITTEN: Final = "application/json"


class NotOffered(Conflict):
    """It is offered no longer: it was taken, declined, called back, or its giver may give it no more. Ask for it again."""


class NotYoursToTake(Refused):
    """You may read this offer, and not take or decline it. Ask who may here."""


class ChangedMeanwhile(Conflict):
    """More was done with the original while its files came. Take the copy again: what came stays."""


class NotAsGiven(Conflict):
    """A file did not come as it is kept with the giver, so nothing is taken. Ask the giver: its fixity is in doubt."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the original: what it says of itself, and its bytes from any place on."""

    values: dict[str, object]
    sha256: str
    size: int
    source: Reading | bytes

    def parts(self, start: int) -> Iterator[bytes]:
        if isinstance(self.source, bytes):
            return iter([self.source[start:]] if start < self.size else [])
        return self.source.parts(start)


OF_CUT: Final = ("cut_from", "ground", "places", "made_with")


@dataclass(frozen=True, slots=True)
class _Original:
    """What the giver gives, as it could be given at this moment."""

    exhibit: dict[str, object]
    files: dict[str, _File]


def accept(*, actor: Actor, received: UUID, at: datetime) -> Exhibit:
    """Take a copy: it becomes an exhibit of the receiver, with its files and both halves of the transfer.

    Call it outside of any transaction. Raises Missing, NotOffered, NotYoursToTake, NotAsGiven, ChangedMeanwhile, Busy and what adding raises.
    """
    original, arrivals = _begun(actor, received, at)
    with ExitStack() as doors:
        puts = dict[str, keeping.Put]()
        for name, file in original.files.items():
            lengthy.let_go()
            arrival = doors.enter_context(keeping.coming(arrivals[name]))
            try:
                for part in file.parts(arrival.offset):
                    arrival.append(part)
            finally:
                arrival.settle()
            puts[name] = keeping.put(arrival)
            if puts[name].sums.sha256 != file.sha256:
                raise NotAsGiven
        return _taken(actor, received, puts, at)


@guarded.acts
def decline(*, actor: Actor, received: UUID, why: str, at: datetime) -> Received:
    """Say that a copy is not taken. Raises Missing, NotOffered, NotYoursToTake, NotUnderstood."""
    if not why.strip():
        raise NotUnderstood("Say why it is not taken.")
    row = _offered(actor, received, at)
    return copies_going.ended(actor, row, f"Declined: {why.strip()}"[:300], at)


@guarded.acts
def _begun(actor: Actor, received: UUID, at: datetime) -> tuple[_Original, dict[str, UUID]]:
    """What is to come, and where it arrives: files that were begun before go on."""
    row = _offered(actor, received, at)
    original = _original(row, at)
    begun: dict[str, str] = json.loads(row.arrivals or "{}")
    standing = StoredFile.objects.filter(
        pk__in=[*begun.values()], kept_at__isnull=True, destroyed_at__isnull=True
    )
    known = {str(key) for key in standing.values_list("pk", flat=True)}
    holder = records.place_of(row.scope_id).holder
    arrivals = {
        name: UUID(begun[name])
        if begun.get(name) in known
        else keeping.begin(holder=holder, at=at).pk
        for name in original.files
    }
    told = json.dumps({name: str(key) for name, key in arrivals.items()})
    if told != row.arrivals:
        given = {"arrivals": told}
        records.edit(
            actor=actor, kind=RECEIVED, record=row.pk, version=row.version, given=given, at=at
        )
    return original, arrivals


def _offered(actor: Actor, received: UUID, at: datetime) -> Received:
    found = copies.received_one(actor, received, at)
    if not found.may_act:
        raise NotYoursToTake
    if not found.row.is_offered:
        raise NotOffered
    return found.row


def _original(row: Received, at: datetime) -> _Original:
    """The exhibit as its giver could disclose it now. Raises NotOffered."""
    giver = giver_of(row.authority, row.pk, at)
    try:
        if giver is None:
            raise NotOffered
        return _read(actor=giver, row=row, at=at)
    except (Missing, Refused):
        raise NotOffered from None


@guarded.acts
def _read(*, actor: Actor, row: Received, at: datetime) -> _Original:
    """Read as the giver, who does not look: that it is taken is entered for both sides, and no consultation."""
    given = copies.given_one(actor, row.copy, at)
    known = continuity_of(actor, given.row.exhibit)
    if given.asked or given.row.received != row.pk or not may_prove(known.place):
        raise NotOffered
    items = kept_of(actor, known.exhibit.pk)
    records.shown_to_nobody([given.row, known.exhibit, *items, *known.touches])
    judge(rows=[known.exhibit], actor=actor, at=at)
    stored = StoredFile.objects.in_bulk([item.file for item in items])
    files = {str(item.pk): _file(item, Reading(stored[item.file])) for item in items}
    document = manifest_of(known.exhibit, known.place, items, known.touches, row.released_at)
    said = document.to_bytes()
    values: dict[str, object] = {"name": DOCUMENT, "media_type": WRITTEN}
    digest = hashlib.sha256(said).hexdigest()
    files[digest] = _File(values, digest, len(said), said)  # another one, once it says more
    exhibit = {name: getattr(known.exhibit, name) for name in (*SAID, "seized_at", "purposes")}
    return _Original(exhibit, files)


def _file(item: Item, source: Reading) -> _File:
    said = ("name", "media_type", *(OF_CUT if item.cut_from else ()))
    values: dict[str, object] = {name: getattr(item, name) for name in said}
    return _File(values, item.sha256, item.size, source)


@guarded.acts
def _taken(actor: Actor, received: UUID, puts: dict[str, keeping.Put], at: datetime) -> Exhibit:
    """All of it at once, while it is still offered."""
    row = _offered(actor, received, at)
    original = _original(row, at)
    if set(original.files) != set(puts):
        raise ChangedMeanwhile
    place = records.place_of(row.scope_id)
    source = {"source_system": COPIED, "source_reference": f"{row.giver}:{row.copy}"}
    new = records.NewRecord(EXHIBIT, place, original.exhibit | source, id=row.exhibit)
    made = records.create(actor=actor, new=new, at=at)
    assert isinstance(made, Exhibit)
    for name, put in puts.items():
        values = original.files[name].values | source | _sums(put, made, at)
        records.create(actor=actor, new=records.NewRecord(ITEM, place, values), at=at)
    _halves(actor, row, made, place, at)
    given = {"accepted_at": at, "accepted_by": actor.reference, "arrivals": ""}
    records.edit(
        actor=actor, kind=RECEIVED, record=row.pk, version=row.version, given=given, at=at
    )
    copies_going.enter(actor, row, "evidence.copy-accepted", at)
    return made


def _sums(put: keeping.Put, made: Exhibit, at: datetime) -> dict[str, object]:
    return {
        "exhibit": made.pk,
        "size": put.sums.size,
        "state": State.KEPT.value,
        "sha256": put.sums.sha256,
        "blake3": put.sums.blake3,
        "file": keeping.take(put, at=at).pk,
        "purposes": made.purposes,
    }


def _halves(
    actor: Actor, row: Received, made: Exhibit, place: records.Place, at: datetime
) -> None:
    """Released by the giver, as it was signed on offering; received by whoever takes it."""
    step = released(row, row.giver, place.holder)
    first = {
        "exhibit": made.pk, "number": step.number, "act": step.act.value, "organisation": step.organisation,
        "office": step.office, "happened_at": step.happened_at, "other": step.other, "note": step.note,
        "digest": step.digest, "signature": row.signature, "public_key": row.public_key, "purposes": made.purposes,
    }  # fmt: skip
    records.create(actor=actor, new=records.NewRecord(TOUCH, place, first), at=at)
    done = Done(made.pk, Act.RECEIVED, actor.office, max(at, step.happened_at), other=row.giver)
    continuing.note(actor=actor, done=done, at=max(at, step.happened_at))
