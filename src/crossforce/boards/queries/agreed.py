"""What signed agreements say of boards: their terms on a day, and which body governs what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final, TypeGuard

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.agreements.choices import Origin
from crossforce.agreements.resolve import GoverningAnswer
from crossforce.agreements.terms import ApprovalRule, CompiledTerms
from crossforce.boards.rules import offices, practice
from crossforce.boards.rules.offices import Offices
from crossforce.boards.rules.practice import Practice
from crossforce.kernel import civil, clock, rulepacks
from crossforce.kernel.refusals import Missing, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory
from crossforce.people.api import Actor

DAYS: Final = 64
"""For so many days is remembered what the rule packs of boards say on each."""


class NoSuchAgreement(Missing):
    """There is no such agreement, or none that you may know of."""


class NotStanding(NotUnderstood):
    """That agreement is not in force on that day. Choose another day, or another agreement."""


@dataclass(frozen=True, slots=True)
class Governing:
    """Who governs one function of an agreement, by its terms as of the instant `at`.

    `is_undated`: nobody signed it here and it names no first day, so that it seems to begin when it
    was brought in.
    """

    agreement: str
    function: str
    answer: GoverningAnswer
    terms: CompiledTerms
    is_undated: bool
    at: datetime


def moment(on: date) -> datetime:
    """The instant by which a day is judged: today by now, any other by how it begins.

    An agreement that is loaded or signed at noon governs from noon.
    """
    now = clock.now()
    return now if civil.day_of(now) == on else civil.instant(on)


def named(actor: Actor, at: datetime) -> tuple[list[str], list[str]]:
    """The functions and the kinds of decision that agreements in force name, as far as the actor may know."""
    found = agreements.in_force(at, list(agreements.titles(actor)))
    functions = {code for each in found for code in each.terms.functions}
    kinds = {rule.decision for each in found for _, rule in each.terms.of(ApprovalRule)}
    return sorted(functions), sorted(kinds)


def standing(actor: Actor, reference: str, at: datetime) -> agreements.InForce:
    """The agreement as it stands at the instant. Raises NoSuchAgreement, NotStanding."""
    if not agreements.visible(actor).filter(reference=reference).exists():
        raise NoSuchAgreement
    found = agreements.in_force(at, [reference])
    if not found:
        raise NotStanding
    return found[0]


def binding(actor: Actor, reference: str, at: datetime) -> tuple[agreements.InForce, datetime]:
    """By what is judged at the instant, and as of when: before the first day of what all have signed, as of then.

    Raises NoSuchAgreement, NotStanding.
    """
    try:
        return standing(actor, reference, at), at
    except NotStanding:
        found = beginnings(at, [reference]).get(reference)
        if found is None:
            raise
        return found


def beginnings(
    at: datetime, references: Collection[str]
) -> dict[str, tuple[agreements.InForce, datetime]]:
    """Those of these agreements that all have signed and that are yet to begin, as from the first day of each."""
    return _beginning(at, references, agreements.standing(at, references))


def governing(actor: Actor, on: date, references: Iterable[str]) -> list[Governing]:
    """Who governs every function of these agreements on the day, as far as the actor may know of them."""
    at = moment(on)
    found = agreements.in_force(at, known(actor, references))
    directory = organisations.directory()
    return [one for each in found for one in by_terms(each, at, directory)]


def governing_and_beginning(
    actor: Actor, on: date, references: Iterable[str], directory: Directory
) -> tuple[list[Governing], list[Governing]]:
    """The same, and who governs from the first day of each that is signed and yet to begin; asked together."""
    at, mine = moment(on), known(actor, references)
    standing = agreements.standing(at, mine)
    now = [each for each in standing if counts(each)]
    soon = _beginning(at, mine, standing).values()
    return (
        [one for each in now for one in by_terms(each, at, directory)],
        [one for each, first in soon for one in by_terms(each, first, directory)],
    )


def counts(found: agreements.InForce | None) -> TypeGuard[agreements.InForce]:
    """Whether it stands, and is not suspended."""
    return found is not None and found.state is not agreements.State.SUSPENDED


def _beginning(
    at: datetime, references: Collection[str], standing: Iterable[agreements.InForce]
) -> dict[str, tuple[agreements.InForce, datetime]]:
    """By reference, of those that do not stand at the instant, each as of the first day ahead from which it counts."""
    there = {each.reference for each in standing}
    wanted = [each for each in references if each not in there]
    turning = agreements.turning_days(at, wanted) if wanted else {}
    asked: defaultdict[datetime, list[str]] = defaultdict(list)
    for reference, days in turning.items():
        for first in map(civil.instant, days):
            if first > at:
                asked[first].append(reference)
    found: dict[str, tuple[agreements.InForce, datetime]] = {}
    for first, then in sorted(agreements.standing_on(asked).items() if asked else ()):
        for each in filter(counts, then):
            found.setdefault(each.reference, (each, first))
    return {name: found[name] for name in wanted if name in found}


def by_its_terms(found: Governing, on: date) -> Governing:
    """Who governs the same function on another day by the same terms, known on that day or not."""
    at, directory = moment(on), organisations.directory()
    answer = resolve.governing_body(found.terms, found.function, at, directory)
    return replace(found, answer=answer, at=at)


def known(actor: Actor, references: Iterable[str]) -> list[str]:
    """Those of these agreements that the actor may know of."""
    rows = agreements.visible(actor).filter(reference__in=list(references))
    return list(rows.values_list("reference", flat=True))


def by_terms(
    each: agreements.InForce, at: datetime, directory: Directory
) -> Iterator[Governing]:
    """Who governs each of its functions at the instant, as the agreement stands."""
    is_undated = each.origin is not Origin.DRAFTED and each.document.from_ is None
    for function in each.terms.functions:
        answer = resolve.governing_body(each.terms, function, at, directory)
        yield Governing(each.reference, function, answer, each.terms, is_undated, at)


@lru_cache(maxsize=DAYS)
def known_offices(on: date) -> Offices:
    """The offices of the rule pack on the day."""
    return offices.offices(rulepacks.load("board-offices"), on)


@lru_cache(maxsize=DAYS)
def known_practice(on: date) -> Practice:
    """The practice of the rule pack on the day."""
    return practice.practice(rulepacks.load("board-practice"), on)
