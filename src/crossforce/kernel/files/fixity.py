"""Whether what is kept is still what was kept: every file read again in each place, and mended from the other where it can be.

What was destroyed and is still stored somewhere, as after a crash, is removed in passing.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from crossforce.kernel.files import keeping, keyring, standing
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.places import Place, parts
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.files.sealing import Altered


@dataclass(frozen=True, slots=True)
class Examined:
    """One file as it was found: what is wrong with it in each place, and whether it is sound everywhere now."""

    file: UUID
    holder: str
    size: int
    faults: tuple[str, ...] = ()
    is_mended: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether every place holds it as it was kept."""
        return not self.faults or self.is_mended


def examine(*, holder: str = "", mends: bool = True) -> Iterator[Examined]:
    """Every kept file, of one holder or of all, in the order in which they were begun."""
    files = StoredFile.objects.filter(**({"holder": holder} if holder else {})).order_by("pk")
    for file in files.iterator():
        if file.destroyed_at or file.kept_at:
            keeping.clear(file)
        if file.kept_at and not file.destroyed_at:
            yield _examined(file, mends)


def _examined(file: StoredFile, mends: bool) -> Examined:
    try:
        sums = keyring.inside(file).sums
    except Altered as fault:
        return Examined(file.pk, file.holder, 0, (str(fault),))
    places = {"main": standing.main(), "second": standing.second()}
    found = {name: _fault(file, place) for name, place in places.items() if place}
    faults = tuple(f"{fault} ({name} copy)" for name, fault in found.items() if fault)
    sound = next((places[name] for name, fault in found.items() if not fault), None)
    is_mended = bool(mends and faults and sound)
    if is_mended and sound:
        for name, place in places.items():
            if place and found[name]:
                _mend(file, place, sound)
    return Examined(file.pk, file.holder, sums.size if sums else 0, faults, is_mended)


def _fault(file: StoredFile, place: Place) -> str:
    """What is wrong with the file in this place; empty where nothing is."""
    try:
        reading = Reading(file, place)
        if reading.found() == reading.sums:
            return ""
    except Altered as fault:
        return str(fault)
    return f"File {file.pk} has other digests than it had."


def _mend(file: StoredFile, place: Place, sound: Place) -> None:
    with tempfile.TemporaryDirectory(prefix="crossforce-file-") as folder:
        copy = Path(folder) / "copy"
        with copy.open("xb") as written:
            written.writelines(parts(sound, file.name))
            written.flush()
            os.fsync(written.fileno())
        place.keep(file.name, copy)
