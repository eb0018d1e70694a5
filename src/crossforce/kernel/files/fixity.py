"""Whether what is kept is still what was kept: every file read again in each place, and mended from the other where it can be.

What was destroyed and is still stored somewhere, as after a crash, is removed in passing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.db.models import Q

from crossforce.kernel import clock
from crossforce.kernel.files import keeping, keyring, mending
from crossforce.kernel.files.events import FilesExamined
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Gone, Pace

TOGETHER: Final = 20
"""So many are marked as examined at a time."""
NAMED: Final = 100
"""So many faults of one holder are named in its entry; an entry has an end."""


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


@dataclass(slots=True)
class Tally:
    """What was found, summed up for each holder: no more of it is held, however many files there are."""

    holders: dict[str, list[int]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    unsound: int = 0

    def add(self, found: Examined) -> None:
        """Count one file."""
        counts = self.holders.setdefault(found.holder, [0, 0, 0, 0])
        for place, more in enumerate((1, found.size, len(found.faults), int(found.is_mended))):
            counts[place] += more
        named = self.named.setdefault(found.holder, [])
        named += found.faults[: NAMED - len(named)]
        self.unsound += not found.is_sound

    def told(self, at: datetime) -> list[FilesExamined]:
        """An event for each holder."""
        return [
            FilesExamined(holder, files, size, faults, tuple(self.named[holder]), mended, at)
            for holder, (files, size, faults, mended) in sorted(self.holders.items())
        ]


def examine(*, holder: str = "", mends: bool = True) -> Iterator[Examined]:
    """Every kept file, of one holder or of all, in the order in which they were begun."""
    files = StoredFile.objects.filter(**({"holder": holder} if holder else {}))
    yield from examined(files.order_by("pk").values_list("pk", flat=True).iterator(), mends)


def examined(
    files: Iterable[UUID], mends: bool = True, pace: Pace | None = None
) -> Iterator[Examined]:
    """Each of these that is kept when its turn comes. What is done with is marked, however it ends."""
    left = iter(files)
    while some := list(islice(left, TOGETHER)):
        done, unsound = list[UUID](), list[UUID]()
        try:
            for file in some:
                found = _looked(file, mends, pace)
                done.append(file)
                if found is None:
                    continue
                if not found.is_sound:
                    unsound.append(file)
                yield found
        finally:
            _mark(done, unsound)


def _looked(file: UUID, mends: bool, pace: Pace | None) -> Examined | None:
    """A fault counts when a second look finds it: meanwhile a file may go, or its holder's key be replaced."""
    found = _found(file, pace)
    if found is None or not found.faults:
        return found
    return _found(file, pace, mends=mends)


def _found(file: UUID, pace: Pace | None, *, mends: bool = False) -> Examined | None:
    """The file as it stands now; nothing where it is not kept."""
    row = StoredFile.objects.get(pk=file)
    if row.destroyed_at or row.kept_at:
        keeping.clear(row)
    if row.destroyed_at or not row.kept_at:
        return None
    try:
        sums = keyring.inside(row).sums
        faults = mending.faults(row, pace)
    except (KeyError, Gone):
        return None  # it was destroyed just now
    except mending.UNREADABLE as fault:
        return Examined(file, row.holder, 0, (str(fault),))
    is_mended = bool(mends and faults) and mending.from_other(row, faults)
    said = tuple(f"{fault} ({name} copy)" for name, fault in faults.items())
    return Examined(file, row.holder, sums.size if sums else 0, said, is_mended)


def _mark(done: list[UUID], unsound: list[UUID]) -> None:
    at = clock.now()
    rows = StoredFile.objects.filter(Q(kept_at__isnull=False) | Q(destroyed_at__isnull=False))
    rows.filter(pk__in=set(done) - set(unsound)).update(examined_at=at, is_sound=True)
    rows.filter(pk__in=unsound).update(examined_at=at, is_sound=False)
