"""An index of people: asked, changed and merged, by as many processes as like to, over one folder.

Beside the piece that a merge made stand two small ones: a young one with the changes since, and a fresh one of the last
few, which alone is made anew by each change. A change counts in every process from its next question on. A record that
goes leaves every answer with that change; its letters leave the disk with the next merge.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.nominals.searching import changes
from crossforce.nominals.searching.answers import FIND, PERSON, READ, Answer, Called
from crossforce.nominals.searching.building import Columns, Person, build
from crossforce.nominals.searching.changes import Change, Removed
from crossforce.nominals.searching.finding import Searcher, find
from crossforce.nominals.searching.generations import Generations
from crossforce.nominals.searching.tables import Piece
from crossforce.nominals.searching.weighing import Question


@dataclass(frozen=True, slots=True)
class Opened:
    """Single records that somebody may read, or find, whatever their scopes."""

    read: frozenset[UUID] = frozenset()
    find: frozenset[UUID] = frozenset()


NOTHING: Final = Opened()
FRESH: Final = 256
"""Records that are made anew with every change; beyond them they join the young piece."""


@dataclass
class Standing:
    """What a process has read of a generation."""

    name: str
    mark: tuple[int, int]
    piece: Piece
    young: Piece | None = None
    fresh: Piece | None = None
    recent: dict[UUID, Person] = field(default_factory=dict)
    offset: int = 0

    @property
    def large(self) -> Sequence[Piece]:
        """The pieces that a change leaves as they are, but for what goes."""
        return [self.piece, self.young] if self.young else [self.piece]

    @property
    def pieces(self) -> Sequence[Piece]:
        return [*self.large, self.fresh] if self.fresh else self.large

    def take(self, came: Iterable[Change]) -> None:
        """Let changes count here."""
        for change in came:
            self.piece.remove(change.key)
            if self.young:
                self.young.remove(change.key)
            self.recent.pop(change.key, None)
            if isinstance(change, Person):
                self.recent[change.key] = change
        if len(self.recent) > FRESH:
            self.young, self.recent = together(self.large[1:], self.recent.values()), {}
        self.fresh = together([], self.recent.values()) if self.recent else None


def together(pieces: Iterable[Piece], people: Iterable[Person]) -> Piece:
    """One piece of all that stands in some, and of people beside."""
    columns = Columns()
    for piece in pieces:
        columns.add_piece(piece)
    columns.add(people)
    return build(columns)


class Index:
    """The people in a folder. May be shared by threads."""

    def __init__(self, folder: Path, called: Called = PERSON) -> None:
        self._files, self._called = Generations(folder), called
        self._lock = threading.RLock()
        self._standing = self._opened()

    def find(
        self,
        question: Question,
        searcher: Searcher,
        limit: int = 20,
        opened: Opened = NOTHING,
    ) -> Answer:
        """Who answers, of those whom the searcher may read or know of; single records were `opened` to them."""
        pieces = self._now().pieces
        single = _single(pieces, opened, searcher) if opened != NOTHING else None
        return find(pieces, question, searcher, limit, called=self._called, single=single)

    def suggest(self, question: Question, searcher: Searcher, limit: int = 10) -> Answer:
        """Who may be meant by a line that is still being typed: of those whom the searcher may read, uncounted.

        Pointers are for whole names: letter by letter they would spell out what may not be read.
        """
        pieces = self._now().pieces
        return find(pieces, question, searcher.reading, limit, haste=True, called=self._called)

    def put(self, people: Iterable[Person]) -> None:
        """Add records, or replace what was held under their keys: on disk when this returns."""
        self._change(people)

    def remove(self, keys: Iterable[UUID]) -> None:
        """Take records out of every answer. A key that is not held is no error: it may be gone already."""
        self._change(map(Removed, keys))

    @contextmanager
    def filling(self, columns: Columns | None = None) -> Iterator[Columns]:
        """Put the records that come in the place of all that are held, by the million.

        What stands answers until the block ends. Changes made since it began are kept, so that they may be read
        from what changes meanwhile.
        """
        with self._files.merging():
            begun = self._now()
            offset = begun.offset
            columns = columns or Columns()
            yield columns
            self._replace(build(columns), begun.name, offset)

    def merge(self) -> None:
        """Make one piece of all that stands. Questions and changes go on meanwhile."""
        with self._files.merging():
            with self._lock:
                begun = self._now()
                pieces, recent, offset = begun.large, list(begun.recent.values()), begun.offset
            self._replace(together(pieces, recent), begun.name, offset)

    @property
    def waiting(self) -> int:
        """Rows outside the large piece: how much there is to merge."""
        return sum(piece.size for piece in self._now().pieces[1:])

    @property
    def held(self) -> int:
        """Records that are held, those that went since the last merge included."""
        return sum(piece.records for piece in self._now().pieces)

    @property
    def since(self) -> float:
        """When what stands was merged, in seconds as files have them."""
        return self._files.mark[1] / 1e9

    @property
    def changed(self) -> bool:
        """Whether anything changed since then."""
        return self._now().offset > 0

    def _replace(self, piece: Piece, name: str, offset: int) -> None:
        beside = self._files.lay_down(piece)
        with self._files.writing():
            meanwhile = self._files.changes(name).read_bytes()[offset:]
            self._files.let_count(beside, meanwhile[: changes.whole(meanwhile)])

    def _change(self, came: Iterable[Change]) -> None:
        with self._files.writing():
            standing = self._now()
            changes.append(self._files.changes(standing.name), standing.offset, came)

    def _now(self) -> Standing:
        """What stands at this instant, for everybody."""
        with self._lock:
            if self._standing.mark != self._files.mark:
                self._standing = self._opened()
            try:
                self._catch_up(self._standing)
            except FileNotFoundError:
                self._standing = self._opened()
            return self._standing

    def _opened(self) -> Standing:
        """The generation that counts. Another may come to count between two looks: then we look again."""
        while True:
            mark, name = self._files.mark, self._files.current
            try:
                standing = Standing(name, mark, self._files.piece(name))
                self._catch_up(standing)
            except FileNotFoundError:
                if self._files.current == name:
                    raise
                continue
            return standing

    def _catch_up(self, standing: Standing) -> None:
        path = self._files.changes(standing.name)
        if path.stat().st_size > standing.offset:
            came, standing.offset = changes.since(path, standing.offset)
            if came:
                standing.take(came)


def _single(pieces: Iterable[Piece], opened: Opened, searcher: Searcher) -> Piece | None:
    """A piece of the records that are opened singly, where their own scopes do not let as much be done."""
    columns = Columns()
    ways = (FIND, opened.find - opened.read), (READ, opened.read)
    for (may, keys), piece in product(ways, pieces):
        for key in keys:
            columns.add_record(piece, key, may, unless=searcher.allow)
    return build(columns) if columns.first else None
