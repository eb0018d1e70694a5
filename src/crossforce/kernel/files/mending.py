"""What is wrong with a kept file in each of its places, and how it is put right: from the other place, or from the same bytes sent again."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from crossforce.kernel.files import keyring, standing
from crossforce.kernel.files.models import HolderKey, StoredFile
from crossforce.kernel.files.places import Place, parts
from crossforce.kernel.files.reading import Gone, Pace, Reading
from crossforce.kernel.files.sealing import FULL, LAST, Altered, Segments
from crossforce.kernel.keys import KeyRefused

ROOM: Final = ".mending-"
"""Begins the name of a folder where a sound copy is made; a dot, so that no backup takes it."""


def faults(file: StoredFile, pace: Pace | None = None) -> dict[str, str]:
    """What is wrong with the file, by the name of the place; all of it is read in each. Raises Gone."""
    found = {name: _fault(file, place, pace) for name, place in places().items()}
    return {name: fault for name, fault in found.items() if fault}


def from_other(file: StoredFile, damaged: Iterable[str]) -> bool:
    """Mend these places from one that is sound; answers whether every place is now."""
    wrong = set(damaged)
    sound = next((place for name, place in places().items() if name not in wrong), None)
    return sound is not None and _mended(file, wrong, parts(sound, file.name))


def from_bytes(file: StoredFile, source: Callable[[], Iterable[bytes]]) -> None:
    """Mend what is not sound from the file's clear bytes, which come in whole segments and then the rest."""
    try:
        wrong, held = faults(file), keyring.inside(file)
    except (Gone, KeyError, *UNREADABLE):
        return
    if wrong and _mended(file, wrong, _sealed(Segments(file.pk, held.key), source())):
        StoredFile.objects.filter(pk=file.pk).update(is_sound=True)


def places() -> dict[str, Place]:
    """Where files lie, by the name that reports give it."""
    named = {"main": standing.main(), "second": standing.second()}
    return {name: place for name, place in named.items() if place is not None}


UNREADABLE: Final = (Altered, KeyRefused, HolderKey.DoesNotExist)
"""What says that not even the key of a file can be had."""


def _fault(file: StoredFile, place: Place, pace: Pace | None) -> str:
    """Empty where nothing is wrong."""
    try:
        reading = Reading(file, place)
        if (reading.found(pace) if pace else reading.found()) == reading.sums:
            return ""
    except UNREADABLE as fault:
        return str(fault)
    except OSError as fault:
        return f"File {file.pk} cannot be read: {fault.strerror}."
    return f"File {file.pk} has other digests than it had."


def _mended(
    file: StoredFile, wrong: Iterable[str], stored: Iterable[bytes | bytearray]
) -> bool:
    """Put what is `stored` into each place that is wrong; answers whether all is sound after it."""
    known = places()
    try:
        with _copied(stored) as copy:
            for name in wrong:
                known[name].keep(file.name, copy)
    except OSError:  # no room, or a place that takes nothing: it stays a fault
        return False
    return not faults(file)


def tidy(before: float) -> int:
    """Remove what a crash left of mending, and of bringing files to their places, before that moment; answers how many."""
    left = [
        each for each in standing.arriving().glob(f"{ROOM}*") if each.stat().st_ctime < before
    ]
    for each in left:
        shutil.rmtree(each, ignore_errors=True)
    return len(left) + sum(place.tidy(before) for place in places().values())


@contextmanager
def _copied(stored: Iterable[bytes | bytearray]) -> Iterator[Path]:
    room = standing.arriving()
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=ROOM, dir=room) as folder:
        copy = Path(folder) / "copy"
        with copy.open("xb") as written:
            written.writelines(stored)
            written.flush()
            os.fsync(written.fileno())
        yield copy


def _sealed(segments: Segments, plain: Iterable[bytes]) -> Iterator[bytes | bytearray]:
    yield segments.header
    number, before = 0, b""
    for number, part in enumerate(plain):
        if number:
            yield segments.sealed(number - 1, before, FULL)
        before = part
    yield segments.sealed(number, before, LAST)
