"""Which board governs on which days: computed from who takes part, and moving on the very day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crossforce.agreements.resolve import GoverningAnswer, governing_body
from crossforce.agreements.terms import (
    BEGINNING,
    CompiledTerms,
    GovernanceRule,
    ParticipationRule,
)
from crossforce.kernel.civil import day_of, instant
from crossforce.kernel.periods import Period
from crossforce.organisations.directory import Directory


@dataclass(frozen=True, slots=True)
class Governed:
    """Who governs a function through `[starts_on, ends_on)`."""

    starts_on: date
    ends_on: date
    by: GoverningAnswer


def governed(
    terms: CompiledTerms, function: str, starts_on: date, ends_on: date, directory: Directory
) -> tuple[Governed, ...]:
    """Who governs the function through the days, stretch by stretch; a stretch ends when that changes.

    The first day on which another body governs is the first day of the next stretch: its meetings,
    papers and targets are that body's from then on.
    """
    days = sorted({starts_on, ends_on, *turning_days(terms, function, directory)})
    inside = [day for day in days if starts_on <= day <= ends_on]
    found: list[Governed] = []
    for first, last in pairwise(inside):
        answer = governing_body(terms, function, instant(first), directory)
        if found and _same(found[-1].by, answer):
            found[-1] = Governed(found[-1].starts_on, last, found[-1].by)
        else:
            found.append(Governed(first, last, answer))
    return tuple(found)


def _same(left: GoverningAnswer, right: GoverningAnswer) -> bool:
    parts = [
        (set(each.bodies), each.jointly, each.undecided, each.why.term)
        for each in (left, right)
    ]
    return parts[0] == parts[1]


def turning_days(terms: CompiledTerms, function: str, directory: Directory) -> Iterator[date]:
    """Every day on which something that governance is computed from begins or ends."""
    forces: set[str] = set()
    for term, taking in terms.of(ParticipationRule):
        if taking.function == function:
            forces.add(taking.force)
            yield from _edges(term.valid)
    for term, rule in terms.of(GovernanceRule):
        if function in rule.functions:
            forces.update(rule.welsh_forces)
            yield from _edges(term.valid)
            yield from _edges_of_body(rule.body or "", directory)
            for span in rule.welsh_bodies:
                yield from _edges(span.period)
    for force in forces:
        yield from _edges_of_policing(force, directory)


def _edges(period: Period) -> Iterator[date]:
    if period.starts_at != BEGINNING:
        yield day_of(period.starts_at)
    if period.ends_at is not None:
        yield day_of(period.ends_at)


def _edges_of_body(body: str, directory: Directory) -> Iterator[date]:
    """When the body or any that follows it begins, ends, or hands on."""
    found = directory.get(body)
    if found is None:
        return
    for day in (found.since, found.until):
        if day is not None:
            yield day.date
    for step in found.succeeded_by:
        yield from _edges_of_body(step.code, directory)


def _edges_of_policing(force: str, directory: Directory) -> Iterator[date]:
    if directory.get(force) is None:
        return
    for body in directory.policing_bodies(force):
        for day in (body.since, body.until):
            if day is not None:
                yield day.date
