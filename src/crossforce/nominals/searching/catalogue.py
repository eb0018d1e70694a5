"""All that is searched of people, things and places: three indexes in one folder, changed together.

Names with dates of birth, numbers, and addresses. A change is put into each; one that a crash cut short is put again
by whoever follows, and comes to the same.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.nominals.searching import numbers, places
from crossforce.nominals.searching.answers import PERSON
from crossforce.nominals.searching.building import Columns, Person
from crossforce.nominals.searching.index import Index
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.numbers import Number
from crossforce.nominals.searching.places import Address

MUCH: Final = 20_000
"""Rows beside the large piece from which a merge pays."""
LONGEST_KEPT: Final = 86_400
"""Seconds after which what went leaves the disk too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of any kind as it is searched."""

    key: UUID
    scope: int
    names: tuple[Name, ...] = ()
    births: tuple[int, ...] = ()
    numbers: tuple[Number, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def parts(self) -> tuple[Person, Person, Person]:
        """What each index holds of it."""
        numbered = tuple(Name("", each.held) for each in self.numbers)
        return (
            Person(self.key, self.scope, self.names, self.births),
            Person(self.key, self.scope, numbered),
            Person(self.key, self.scope, places.names(self.addresses)),
        )


class Catalogue:
    """The indexes in a folder. May be shared by threads, and by processes that each have their own."""

    def __init__(self, folder: Path) -> None:
        self.people = Index(folder / "people", PERSON)
        self.numbers = Index(folder / "numbers", numbers.CALLED)
        self.places = Index(folder / "places", places.CALLED)

    @property
    def indexes(self) -> tuple[Index, Index, Index]:
        return self.people, self.numbers, self.places

    def change(self, entries: Sequence[Entry], gone: Iterable[UUID] = ()) -> None:
        """Put records in place of what was held of them, and take others out: on disk when this returns."""
        gone = list(gone)
        for index, parts in zip(self.indexes, _by_index(entries), strict=True):
            index.put(part for part in parts if part.names)
            index.remove([*gone, *(part.key for part in parts if not part.names)])

    @contextmanager
    def filling(self) -> Iterator["Filling"]:
        """Put the records that come in the place of all that are held; what stands answers meanwhile."""
        with ExitStack() as stack:
            yield Filling([stack.enter_context(index.filling()) for index in self.indexes])

    def tidy(self) -> bool:
        """Merge where it pays, or where letters of what went have stood on disk for a day; says whether it did."""
        due = [
            index
            for index in self.indexes
            if index.waiting >= MUCH
            or (index.changed and time.time() - index.since > LONGEST_KEPT)
        ]
        for index in due:
            index.merge()
        return bool(due)


@dataclass(frozen=True, slots=True)
class Filling:
    """The records that take the place of all others."""

    columns: Sequence[Columns]

    def add(self, entries: Sequence[Entry]) -> None:
        """Take some in."""
        for columns, parts in zip(self.columns, _by_index(entries), strict=True):
            columns.add(parts)


def _by_index(entries: Sequence[Entry]) -> Sequence[Sequence[Person]]:
    return list(zip(*(entry.parts for entry in entries), strict=True)) or [(), (), ()]
