"""Two agreements side by side: nobody is under two chief officers by them."""

from collections.abc import Iterator
from itertools import product

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.facts import Facts
from crossforce.agreements.check.overlaps import itself, shared_with
from crossforce.agreements.check.proof import Command, Person, about_place, deciding
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import Span, elementary
from crossforce.agreements.document.terms import DirectionControl

TWO = Rule(
    "overlap.two-commands",
    "Two agreements do not put the same people under two chief officers at once.",
    "Let one agreement say who directs and controls them, or end the term in the other.",
)

RULES = (TWO,)

Place = tuple[str | None, str | None]


def find(case: Case) -> Iterator[Problem]:
    """People whom this agreement and one in force put under different chief officers."""
    mine = list(case.facts.of(DirectionControl))
    found: dict[tuple[str, Path, Path], Problem] = {}
    for reference, place, homes in _meetings(case) if mine else ():
        other = case.standing.facts[reference]
        for one, another, whom in _clashes(case.facts, other, place, homes):
            found.setdefault(
                (reference, one.path, another.path),
                _problem(case, reference, one, another, whom),
            )
    yield from found.values()


def _meetings(case: Case) -> Iterator[tuple[str, Place, list[str]]]:
    """The functions and units in which people of both agreements are the same."""
    for reference, shared in shared_with(case).items():
        for code, row in shared.functions.items():
            yield reference, (None, code), list(row)
    for unit in case.facts.units:
        for reference, other in case.standing.commanding(unit):
            if reference not in itself(case):
                both = [force for force in case.facts.forces if force in other.forces]
                yield reference, (unit, None), both


def _clashes(
    mine: Facts, other: Facts, place: Place, homes: list[str]
) -> Iterator[tuple[Command, Command, Person]]:
    here = [each for each in mine.of(DirectionControl) if about_place(mine, each, *place)]
    there = [each for each in other.of(DirectionControl) if about_place(other, each, *place)]
    roles = {role for each in (*here, *there) for role in each.term.of.roles}
    days = mine.span.meet(other.span)
    if not (here and there and days):
        return
    for piece in elementary([each.span for each in (*here, *there)], days):
        for home, role in product(homes, (None, *sorted(roles))):
            person = Person(home, *place, role, True, None, None, piece)
            one, another = _decides(here, person, piece), _decides(there, person, piece)
            if one and another and _rule(one) != _rule(another):
                yield one, another, person


def _decides(terms: list[Command], person: Person, piece: Span) -> Command | None:
    now = [each for each in terms if each.span.contains(piece.start)]
    return next(iter(deciding(now, person)), None)


def _rule(placed: Command) -> tuple[str, str | None, str]:
    return placed.term.rule, placed.term.chief, placed.term.otherwise


_CHIEFS = {
    "home-chief": "their own chief officer",
    "chief-of-area-deployed": "the chief officer of the area they are deployed in",
    "lead-chief": "the chief officer of the lead force",
    "requesting-chief": "the chief officer who asked for them",
}


def _chief(case: Case, placed: Command) -> str:
    named = case.name(placed.term.chief) if placed.term.chief else "a named chief officer"
    return _CHIEFS.get(placed.term.rule, named)


def _problem(
    case: Case, reference: str, mine: Command, other: Command, whom: Person
) -> Problem:
    where = (
        f"in {case.unit(whom.unit)}"
        if whom.unit
        else f"on {case.function(whom.function or '')}"
    )
    says = (
        f"This clause puts members of {case.name(whom.home)} {where} under {_chief(case, mine)}; "
        f"clause {other.clause.number} of {case.agreement(reference)} puts them under "
        f"{_chief(case, other)}, {whom.days}."
    )
    return TWO.broken(mine.path, says, clause=mine.clause.number)
