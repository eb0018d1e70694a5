"""The facts of one document in the form that rules ask for them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar, cast

from crossforce.agreements.check.rule import Path
from crossforce.agreements.check.spans import ALWAYS, Span, elementary, within
from crossforce.agreements.document import AgreementDocument, Clause, Function, Party, Unit
from crossforce.agreements.document import terms as kinds
from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.agreements.document.values import Dated

TermT = TypeVar("TermT", bound=Dated, covariant=True)
RowT = TypeVar("RowT")
FunctionTermT = TypeVar(
    "FunctionTermT", kinds.Lead, kinds.CostShare, kinds.Governance, kinds.Controller
)

COUNTED = frozenset({"in", "partial", "as-tasked"})
"""Statuses by which a force takes part; planned, exploring and linked forces do not yet."""


@dataclass(frozen=True, slots=True)
class Taking:
    """One force's part in one function over one span."""

    function: str
    force: str
    status: ParticipationStatus
    disciplines: tuple[str, ...]
    span: Span
    path: Path

    @property
    def counts(self) -> bool:
        """Whether the force takes part by it."""
        return self.status in COUNTED


@dataclass(frozen=True, slots=True)
class Placed(Generic[TermT]):
    """A term with its clause, its place and the days it holds."""

    term: TermT
    clause: Clause
    path: Path
    span: Span


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A row of the party table with the days it holds."""

    party: Party
    path: Path
    span: Span


class Facts:
    """One document, taken apart once."""

    def __init__(self, document: AgreementDocument) -> None:
        self.document = document
        self.span = within(document, ALWAYS) or ALWAYS

    @cached_property
    def functions(self) -> dict[str, Function]:
        """Functions by code; of two with one code, the first."""
        return _by(self.document.function, lambda each: each.code)

    @cached_property
    def places(self) -> dict[str, Path]:
        """Where each function stands in the document."""
        rows = reversed(list(enumerate(self.document.function)))
        return {each.code: ("function", n) for n, each in rows}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by code; of two with one code, the first."""
        return _by(self.document.unit, lambda each: each.code)

    def line_of(self, unit: str | None) -> tuple[str, ...]:
        """The unit and every unit that it is part of."""
        line: list[str] = []
        while unit and unit not in line:
            line.append(unit)
            unit = self.units[unit].part_of if unit in self.units else None
        return tuple(line)

    def functions_of(self, unit: str) -> tuple[str, ...]:
        """The functions of a unit: its own, else those of the unit it is part of, else all."""
        for code in self.line_of(unit):
            if code in self.units and self.units[code].functions:
                return self.units[code].functions
        return tuple(self.functions)

    def staff_of(self, unit: str | None, taking: tuple[str, ...]) -> tuple[str, ...]:
        """Whose staff are in a unit when these forces take part in its work."""
        named = self.units[unit].staffed_by if unit in self.units else ()
        if unit is None or not named:
            return taking
        rows = (row for code in self.functions_of(unit) for row in self.counted.get(code, ()))
        ever = {row.force for row in rows}
        return tuple(force for force in named if force in taking or force not in ever)

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Clauses by number; of two with one number, the first."""
        return _by(self.document.clause, lambda each: each.number)

    @cached_property
    def parties(self) -> tuple[PartyRow, ...]:
        """Every party row that holds on some day."""
        rows = ((n, row, within(row, self.span)) for n, row in enumerate(self.document.party))
        return tuple(PartyRow(row, ("party", n), span) for n, row, span in rows if span)

    @cached_property
    def takings(self) -> tuple[Taking, ...]:
        """Every force's part in every function, as written."""
        return tuple(self._takings())

    def _takings(self) -> Iterator[Taking]:
        for n, function in enumerate(self.document.function):
            outer = within(function, self.span)
            for m, row in enumerate(function.participation):
                span = within(row, outer) if outer else None
                path: Path = ("function", n, "participation", m)
                for force in row.forces if span else ():
                    assert span is not None
                    yield Taking(function.code, force, row.status, row.disciplines, span, path)

    @cached_property
    def counted(self) -> dict[str, tuple[Taking, ...]]:
        """The takings that count, by function."""
        found: dict[str, list[Taking]] = defaultdict(list)
        for taking in self.takings:
            if taking.counts:
                found[taking.function].append(taking)
        return {code: tuple(rows) for code, rows in found.items()}

    @cached_property
    def forces(self) -> tuple[str, ...]:
        """Every force that takes part in anything at any time, in order of writing."""
        return tuple(dict.fromkeys(each.force for each in self.takings if each.counts))

    @cached_property
    def terms(self) -> tuple[Placed[Dated], ...]:
        """Every term that holds on some day, in order of writing."""
        return tuple(self._terms())

    def _terms(self) -> Iterator[Placed[Dated]]:
        for n, clause in enumerate(self.document.clause):
            for m, term in enumerate(clause.term):
                span = within(term, self.span)
                if span:
                    yield Placed(term, clause, ("clause", n, "term", m), span)

    @cached_property
    def _sorted(self) -> dict[type[Dated], list[Placed[Dated]]]:
        found: dict[type[Dated], list[Placed[Dated]]] = defaultdict(list)
        for placed in self.terms:
            found[type(placed.term)].append(placed)
        return found

    def of(self, kind: type[TermT]) -> Iterator[Placed[TermT]]:
        """The terms of one type."""
        yield from cast("list[Placed[TermT]]", self._sorted.get(kind, []))

    def about(self, kind: type[FunctionTermT], function: str) -> list[Placed[FunctionTermT]]:
        """The terms of one type that speak of a function; those that name none speak of all."""
        named = cast("list[Placed[FunctionTermT]]", self._sorted.get(kind, []))
        return [p for p in named if not p.term.functions or function in p.term.functions]

    def active(self, function: str) -> list[Span]:
        """The days on which any force takes part in the function."""
        return [each.span for each in self.counted.get(function, ())]

    def taking_part(self, function: str, during: Span) -> tuple[str, ...]:
        """The forces that take part in the function on every day of an elementary span."""
        rows = self.counted.get(function, ())
        return tuple(
            dict.fromkeys(row.force for row in rows if row.span.contains(during.start))
        )

    def taking_part_in_any(self, functions: Iterable[str], during: Span) -> tuple[str, ...]:
        """The forces that take part in any of the functions in an elementary span."""
        found = (force for code in functions for force in self.taking_part(code, during))
        return tuple(dict.fromkeys(found))

    def work_of(self, functions: Iterable[str]) -> set[tuple[str, Span]]:
        """Who takes part in any of the functions when."""
        rows = (row for code in functions for row in self.counted.get(code, ()))
        return {(row.force, row.span) for row in rows}

    def life_of(self, unit: str) -> Span | None:
        """The days on which a unit of the agreement stands."""
        return within(self.units[unit], self.span)

    def stages(self, function: str, during: Span) -> Iterator[Span]:
        """Pieces of a span in which forces take part in a function, the same in each piece."""
        active = self.active(function)
        for piece in elementary(active, during):
            if any(span.contains(piece.start) for span in active):
                yield piece


def overlapping(
    terms: Iterable[Placed[TermT]],
) -> Iterator[tuple[Placed[TermT], Placed[TermT]]]:
    """Each term that begins before an earlier one has ended, after the one that ends last."""
    last: Placed[TermT] | None = None
    for each in sorted(terms, key=lambda placed: placed.span):
        if last and each.span.start < last.span.end:
            yield last, each
        if last is None or each.span.end > last.span.end:
            last = each


def _by(rows: Iterable[RowT], key: Callable[[RowT], str]) -> dict[str, RowT]:
    found: dict[str, RowT] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return found
