"""What signed agreements say of boards: their terms on a day, and which body governs what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

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
from crossforce.people.api import Actor


class NoSuchAgreement(Missing):
    """There is no such agreement, or none that you may know of."""


class NotStanding(NotUnderstood):
    """That agreement is not in force on that day. Choose another day, or another agreement."""


@dataclass(frozen=True, slots=True)
class Governing:
    """Who governs one function of an agreement on a day, by its terms.

    `is_undated`: nobody signed it here and it names no first day, so that it seems to begin when it
    was brought in.
    """

    agreement: str
    function: str
    answer: GoverningAnswer
    terms: CompiledTerms
    is_undated: bool


def moment(on: date) -> datetime:
    """The instant by which a day is judged: today by now, any other by how it begins.

    An agreement that is loaded or signed at noon governs from noon.
    """
    now = clock.now()
    return now if civil.day_of(now) == on else civil.instant(on)


def visible(actor: Actor) -> dict[str, str]:
    """The agreements that the actor may know of: title by reference."""
    rows = agreements.visible(actor).order_by("reference")
    return dict(rows.values_list("reference", "title_en"))


def named(actor: Actor, at: datetime) -> tuple[list[str], list[str]]:
    """The functions and the kinds of decision that agreements in force name, as far as the actor may know."""
    found = agreements.in_force(at, list(visible(actor)))
    functions = {code for each in found for code in each.terms.functions}
    kinds = {rule.decision for each in found for _, rule in each.terms.of(ApprovalRule)}
    return sorted(functions), sorted(kinds)


def terms_of(actor: Actor, reference: str, at: datetime) -> CompiledTerms:
    """The terms of an agreement as they stand at the instant. Raises NoSuchAgreement, NotStanding."""
    return standing(actor, reference, at).terms


def standing(actor: Actor, reference: str, at: datetime) -> agreements.InForce:
    """The agreement as it stands at the instant. Raises NoSuchAgreement, NotStanding."""
    if not agreements.visible(actor).filter(reference=reference).exists():
        raise NoSuchAgreement
    found = agreements.in_force(at, [reference])
    if not found:
        raise NotStanding
    return found[0]


def governing(actor: Actor, on: date, references: Iterable[str]) -> list[Governing]:
    """Who governs every function of these agreements on the day, as far as the actor may know of them."""
    at, directory = moment(on), organisations.directory()
    known = agreements.visible(actor).filter(reference__in=list(references))
    wanted = list(known.values_list("reference", flat=True))
    return [
        Governing(
            each.reference,
            function,
            resolve.governing_body(each.terms, function, at, directory),
            each.terms,
            each.origin is not Origin.DRAFTED and each.document.from_ is None,
        )
        for each in agreements.in_force(at, wanted)
        for function in each.terms.functions
    ]


def by_its_terms(found: Governing, on: date) -> Governing:
    """Who governs the same function on another day by the same terms, known on that day or not."""
    at, directory = moment(on), organisations.directory()
    answer = resolve.governing_body(found.terms, found.function, at, directory)
    return replace(found, answer=answer)


def known_offices(on: date) -> Offices:
    """The offices of the rule pack on the day."""
    return offices.offices(rulepacks.load("board-offices"), on)


def known_practice(on: date) -> Practice:
    """The practice of the rule pack on the day."""
    return practice.practice(rulepacks.load("board-practice"), on)
