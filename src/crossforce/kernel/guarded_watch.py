"""What somebody does with guarded rows while acting: gathered as it happens, told once at the end.

Whoever keeps the log registers a watch. It is called when the outermost acting context of an actor
closes, still in its transaction, with one `Gathered` for every kind that was touched.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

Rows = dict[UUID, int | None]
"""Identifiers in the order in which they were touched, with their scopes; None is not known yet."""


@dataclass(slots=True)
class Gathered:
    """What was done with the rows of one kind. `counts` are figures worked out over rows unnamed.

    `grounds`: on what an action in these scopes rests, where whoever did it has asked for that already.
    `taken_out` names the file in which what was read leaves the platform, if it does.
    """

    model: type[models.Model]
    consulted: Rows = field(default_factory=dict)
    collected: Rows = field(default_factory=dict)
    altered: Rows = field(default_factory=dict)
    erased: Rows = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    pointers: Rows = field(default_factory=dict)
    handled: set[UUID] = field(default_factory=set)
    written: Rows = field(default_factory=dict)
    grounds: dict[tuple[str, tuple[int, ...]], Sequence[Any]] = field(default_factory=dict)
    taken_out: str = ""

    def saw(self, row: UUID, scope: int | None, *, is_locked: bool = False) -> None:
        """A row was read; not a consultation when it is locked, or was written just now."""
        if is_locked:
            self.handled.add(row)
        elif row not in self.handled and self.consulted.get(row) is None:
            self.consulted[row] = scope

    def saw_page(self, page: Sequence[tuple[UUID, int | None]]) -> None:
        """The same of many rows, with their scopes."""
        if self.handled or self.consulted:
            for row, scope in page:
                self.saw(row, scope)
        else:
            self.consulted.update(page)

    def wrote(self, how: Rows, rows: Sequence[tuple[UUID, int | None]]) -> None:
        """Rows were collected, altered or erased."""
        how.update(rows)
        self.written.update(rows)
        self.handled.update(row for row, _ in rows)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to tell."""
        return not any(
            (self.consulted, self.collected, self.altered, self.erased, self.counts)
        ) and (not self.pointers)


@dataclass(slots=True)
class Gathering:
    """All that one actor does, by kind."""

    actor: Any
    kinds: dict[str, Gathered] = field(default_factory=dict)
    taken_out: str = ""

    def of(self, model: Any) -> Gathered:
        """What was gathered for the model's kind."""
        found = self.kinds.get(model.record_kind)
        if found is None:
            found = self.kinds[model.record_kind] = Gathered(model)
        return found


Watch = Callable[[Any, Sequence[Gathered]], None]
_watch: list[Watch] = []
Written = Callable[[str, Rows], None]
_told_of_writing: list[Written] = []
_current: ContextVar[Gathering | None] = ContextVar("gathering", default=None)
_locking: ContextVar[bool] = ContextVar("locking", default=False)


def give_watch(watch: Watch) -> None:
    """Register what keeps the log; there is one."""
    _watch[:] = [watch]


def tell_of_writing(listener: Written) -> None:
    """Register what is told, by kind, of all rows that were written, whoever noted it in the log."""
    if listener not in _told_of_writing:
        _told_of_writing.append(listener)


def current() -> Gathering | None:
    """What is being gathered, or None while nobody acts."""
    return _current.get()


@contextmanager
def watched(actor: Any) -> Iterator[None]:
    """Gather what the actor does, and tell the watch at the end; within their own, nothing new begins."""
    before = _current.get()
    if before is not None and before.actor == actor:
        yield
        return
    gathering = Gathering(actor)
    token = _current.set(gathering)
    try:
        yield
        _tell(gathering)
    finally:
        _current.reset(token)


@contextmanager
def unwatched() -> Iterator[None]:
    """For the mechanism's own reads, which show nobody anything."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def locking(is_locking: bool) -> Iterator[None]:
    """While rows are read only to be changed."""
    token = _locking.set(is_locking)
    try:
        yield
    finally:
        _locking.reset(token)


def saw(row: Any) -> None:
    """A row of a guarded model was read, however it was reached."""
    gathering = _current.get()
    if gathering is not None:
        held = row.__dict__
        key = held.get(row._meta.pk.attname)
        if key is not None:
            of = gathering.of(type(row))
            of.saw(key, held.get("scope_id"), is_locked=_locking.get())


def takes_out(file: str) -> None:
    """What whoever acts reads now leaves the platform as a file, which this word names: a disclosure."""
    gathering = _current.get()
    if gathering is not None:
        gathering.taken_out = file


def undone() -> None:
    """What was written is taken back; what was read has been read."""
    gathering = _current.get()
    for of in gathering.kinds.values() if gathering else ():
        for done in (of.collected, of.altered, of.erased, of.written):
            done.clear()


@dataclass(frozen=True, slots=True)
class Look:
    """What was read of one kind: the rows, and figures over others."""

    model: type[models.Model]
    rows: Rows
    counts: Sequence[int]


def looks() -> dict[str, Look]:
    """What was read so far, by kind."""
    gathering = _current.get()
    kinds = gathering.kinds if gathering else {}
    return {
        kind: Look(of.model, dict(of.consulted), tuple(of.counts))
        for kind, of in kinds.items()
        if of.consulted or of.counts
    }


def shown(what: Mapping[str, Look]) -> None:
    """Whoever acts is shown what was read so already, by others who may see exactly the same."""
    gathering = _current.get()
    for look in what.values() if gathering else ():
        of = gathering.of(look.model)  # type: ignore[union-attr]
        of.consulted.update(look.rows)
        of.counts.extend(look.counts)


def not_shown(known: Mapping[str, frozenset[UUID]] | None = None) -> None:
    """Of what was read, nothing was shown; or all but those that the reader has before them already."""
    gathering = _current.get()
    for kind, of in gathering.kinds.items() if gathering else ():
        if known is None:
            of.consulted.clear()
            of.pointers.clear()
            of.counts.clear()
        for row in known.get(kind, ()) if known else ():
            of.consulted.pop(row, None)


def written_down(model: Any, rows: Sequence[UUID]) -> None:
    """An operation has told the ledger of these rows itself, and said more than the watch could."""
    gathering = _current.get()
    if gathering is not None:
        of = gathering.of(model)
        for row in rows:
            for done in (of.consulted, of.collected, of.altered, of.erased):
                done.pop(row, None)
            of.handled.add(row)


def _tell(gathering: Gathering) -> None:
    for kind, of in gathering.kinds.items():
        for listener in _told_of_writing if of.written else ():
            listener(kind, of.written)
    told = [each for each in gathering.kinds.values() if not each.is_empty]
    for each in told:
        each.taken_out = gathering.taken_out
    if told and _watch:
        with unwatched():
            _watch[0](gathering.actor, told)
