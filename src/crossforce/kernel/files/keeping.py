"""Keeping a file: begun, sent in any number of turns, kept once whole, used, let go of.

The same bytes are kept once for one holder, and never shared by two: that would tell one what another keeps, and one
holder's destruction would be another's loss. What nothing uses any more is destroyed with its key.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Final, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F

from crossforce.kernel import ids, statements
from crossforce.kernel.files import arriving, digests, keyring, mending, rooms, standing
from crossforce.kernel.files.arriving import Arrival
from crossforce.kernel.files.keyring import Inside
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.sealing import Sums
from crossforce.kernel.refusals import Conflict, Missing, Refusal

PART: Final = 4 * 1024 * 1024
GIVEN_UP_AT_ONCE: Final = 1_000
log = logging.getLogger(__name__)


class Source(Protocol):
    """What bytes are read from: a file that is open, or anything like it."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer as far as there is something; answers how far."""


class AlreadyWhole(Conflict):
    """This file is whole, or was given up: nothing can be added to it."""


@dataclass(frozen=True, slots=True)
class Put:
    """A file that came whole and lies under its name, and no row says so: the same bytes in its place where the holder keeps them."""

    arrival: Arrival
    sums: Sums
    is_placed: bool


@transaction.atomic
def begin(*, holder: str, at: datetime) -> StoredFile:
    """Expect a file of the holder: it has its key, and no bytes yet."""
    ring = keyring.current(holder)
    file = StoredFile(id=ids.new_id(), holder=holder, key_number=ring.number, begun_at=at)
    file.sealed = ring.seal(file.pk, Inside(os.urandom(32)))
    file.save(force_insert=True)
    return file


@contextmanager
def coming(file: UUID) -> Iterator[Arrival]:
    """The file to add bytes to, for one sender at a time. Raises Busy, AlreadyWhole and Altered."""
    with _at_the_door(file) as arrival:
        arrival.take_up()
        yield arrival


def keep(arrival: Arrival, *, at: datetime) -> StoredFile:
    """Keep what came as one whole file, used once: `put` and `take` in one, where nothing of a transaction is open."""
    return take(put(arrival), at=at)


def put(arrival: Arrival) -> Put:
    """Have what came, as one whole file, in its place, and in the second where one is set.

    That takes as long as the file is. Call it outside of any transaction: the whole platform's entries wait for the oldest.
    Where the holder keeps the same bytes already, what is stored of them is read, and mended from what came where it is not sound.
    """
    sums = arrival.seal_up()
    row = _arriving(arrival.file)
    is_placed = not _mend_twin(row.holder, arrival, sums)
    if is_placed:
        _place(row, arrival)
    return Put(arrival, sums, is_placed)


@transaction.atomic
def take(put: Put, *, at: datetime) -> StoredFile:
    """Keep what was put, used once. Where the holder keeps the same bytes already, these are used once more, and what came is
    dropped; but not where they are destroyed at that moment.
    """
    arrival = put.arrival
    ring = keyring.current(_arriving(arrival.file).holder)  # before its row, as `rotate`
    row = StoredFile.objects.select_for_update().get(pk=arrival.file)
    likeness = ring.likeness(put.sums)
    statements.alone(f"kernel.stored_file {likeness.hex()}")
    twin = StoredFile.objects.filter(holder=row.holder, likeness=likeness).first()
    if twin is not None and _use(twin.pk):
        _end(row, at)
        return twin
    if not put.is_placed:
        _place(row, arrival)
    held = Inside(keyring.inside(row).key, put.sums)
    row.sealed, row.key_number = ring.seal(row.pk, held), ring.number
    row.likeness, row.kept_at, row.uses = likeness, at, 1
    row.save()
    transaction.on_commit(lambda: clear(row), robust=True)
    return row


def keep_stream(*, holder: str, source: Source, at: datetime) -> tuple[StoredFile, Sums]:
    """Keep all that a stream gives, in one go; answers the file and what identifies it."""
    file = begin(holder=holder, at=at)
    try:
        with (
            rooms.several(digests.BEHIND + 1) as buffers,
            coming(file.pk) as arrival,
        ):
            for part in _parts(source, buffers):
                arrival.append(part)
            kept = keep(arrival, at=at)
    except BaseException:
        give_up(file=file.pk, at=at)
        raise
    sums = keyring.inside(kept).sums
    assert sums is not None
    return kept, sums


def use(file: UUID) -> None:
    """Something more needs the file."""
    if not _use(file):
        raise Missing("There is no such file.")


@transaction.atomic
def let_go(*, file: UUID, at: datetime) -> bool:
    """Something needs the file no longer; answers whether it was the last, and the file is destroyed."""
    row = StoredFile.objects.select_for_update().filter(pk=file, uses__gt=0).first()
    if row is None:
        raise Missing("There is no such file.")
    if row.uses > 1:
        StoredFile.objects.filter(pk=file).update(uses=F("uses") - 1)
        return False
    _end(row, at)
    return True


def give_up(*, file: UUID, at: datetime) -> None:
    """Expect the file no longer, and keep nothing of what came, readable or not. Raises Busy, and AlreadyWhole for one that is kept."""
    _arriving(file)
    with arriving.nobody_sends(standing.arriving(), file), transaction.atomic():
        _still_arriving(file)
        _end(StoredFile.objects.select_for_update().get(pk=file), at)


def give_up_begun(*, before: datetime, at: datetime) -> int:
    """Give up every file that was begun before then and is not whole; answers how many. One that somebody sends is left."""
    late = StoredFile.objects.filter(
        begun_at__lt=before, kept_at__isnull=True, destroyed_at__isnull=True
    )
    files = list(late.order_by("pk").values_list("pk", flat=True)[:GIVEN_UP_AT_ONCE])
    return sum(try_to_give_up(file=file, at=at) for file in files)


def try_to_give_up(*, file: UUID, at: datetime) -> bool:
    """The same for one of many, each of which is a matter of its own; answers whether it was."""
    try:
        give_up(file=file, at=at)
    except Refusal as refused:  # somebody sends it at this moment, or it has just become whole
        log.info("File %s is not given up: %s", file, refused.message)
        return False
    except OSError:
        log.exception("File %s is not given up.", file)
        return False
    return True


def clear(file: StoredFile) -> None:
    """Have nothing lie where the file arrived, once it arrives no more; and nothing anywhere of one that is destroyed."""
    arriving.drop(standing.arriving(), file.pk)
    if file.destroyed_at is not None:
        remove(file.name)


def remove(name: str) -> None:
    """Have nothing lie under that name in any place."""
    for place in (standing.main(), standing.second()):
        if place is not None:
            place.remove(name)


def _parts(source: Source, rooms: list[memoryview]) -> Iterator[memoryview]:
    """All of it, in a few rooms that are used again and again: no digest is that far behind."""
    for room in cycle(rooms):
        if not (size := source.readinto(room[:PART])):
            return
        yield room[:size]


@contextmanager
def _at_the_door(file: UUID) -> Iterator[Arrival]:
    row = _arriving(file)
    with Arrival(standing.arriving(), file, keyring.inside(row).key) as arrival:
        _still_arriving(file)
        yield arrival


def _still_arriving(file: UUID) -> None:
    """It may have become whole while the door was tried: then nothing of it stays there."""
    try:
        _arriving(file)
    except AlreadyWhole:
        arriving.drop(standing.arriving(), file)
        raise


def _arriving(file: UUID) -> StoredFile:
    row = StoredFile.objects.filter(pk=file).first()
    if row is None:
        raise Missing("No such file is expected.")
    if row.kept_at or row.destroyed_at:
        raise AlreadyWhole
    return row


def _mend_twin(holder: str, arrival: Arrival, sums: Sums) -> bool:
    """Before any row is locked, since all of it is read; answers whether there is one."""
    with transaction.atomic():
        likeness = keyring.current(holder).likeness(sums)
    twin = StoredFile.objects.filter(holder=holder, likeness=likeness).first()
    if twin is not None:
        mending.from_bytes(twin, arrival.parts)
    return twin is not None


def _place(row: StoredFile, arrival: Arrival) -> None:
    for place in (standing.main(), standing.second()):
        if place is not None:
            place.keep(row.name, arrival.path)


def _use(file: UUID) -> int:
    found = StoredFile.objects.filter(pk=file, kept_at__isnull=False, destroyed_at__isnull=True)
    return found.update(uses=F("uses") + 1)


def _end(row: StoredFile, at: datetime) -> None:
    """Forget the key. What is stored goes when that is certain; what stays behind is found by `fixity`."""
    row.sealed, row.likeness, row.uses, row.destroyed_at = None, None, 0, at
    row.save()
    transaction.on_commit(lambda: clear(row), robust=True)
