"""Two sides compared through time: at every instant something begins or ends, and nowhere else."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Generic, TypeVar

from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.shapes import Kind
from crossforce.agreements.terms import BEGINNING, CompiledTerms
from crossforce.agreements.terms.rules import Compiled
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Run(Generic[ValueT]):
    """A time in which neither side changes."""

    start: datetime
    end: datetime | None
    before: ValueT
    after: ValueT

    @property
    def differs(self) -> bool:
        return self.before != self.after

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def starts_on(self) -> date | None:
        return None if self.start == BEGINNING else day_of(self.start)

    @property
    def ends_on(self) -> date | None:
        return day_of(self.end) if self.end else None


def edges(
    context: PreviewContext, *rules: type[Compiled], more: Iterable[datetime | None] = ()
) -> tuple[datetime, ...]:
    """Every instant from the beginning of the draft at which a term of these kinds begins or ends."""
    found: set[datetime | None] = set(more)
    for terms in context.sides:
        if terms is not None:
            found |= set(_edges(terms, rules))
    later = {each for each in found if each is not None and each > context.since}
    return (context.since, *sorted(later))


def _edges(
    terms: CompiledTerms, rules: tuple[type[Compiled], ...]
) -> Iterator[datetime | None]:
    yield from (terms.valid.starts_at, terms.valid.ends_at)
    for term in terms.terms:
        if isinstance(term.rule, rules):
            yield from (term.valid.starts_at, term.valid.ends_at)


def runs(
    instants: tuple[datetime, ...],
    ask: Callable[[datetime], tuple[ValueT, ValueT]],
) -> list[Run[ValueT]]:
    """The answers of both sides through time, as few runs as possible."""
    found: list[Run[ValueT]] = []
    for start, end in pairwise([*instants, None]):
        assert start is not None
        before, after = ask(start)
        last = found[-1] if found else None
        if last and (last.before, last.after) == (before, after):
            found[-1] = Run(last.start, end, before, after)
        else:
            found.append(Run(start, end, before, after))
    return found


def kind_of(before: object, after: object) -> Kind:
    """What has happened to a value that may be absent on either side."""
    if before == after:
        return "same"
    if not before:
        return "added"
    return "changed" if after else "removed"
