"""Direction and control, proved: every person the terms can tell apart, gone through.

A person is a home force, a unit or none, a function or none, a role, on joint duty or not, deployed
in the area of a force, at the request of a force or none, in an elementary span of days. Of the terms
that are about a person the most particular decide, as they do when the question is asked of the
agreement in force; if those differ, the person is under two chief officers.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import product

from crossforce.agreements import catalogues
from crossforce.agreements.check.case import Case
from crossforce.agreements.check.facts import Facts, Placed
from crossforce.agreements.check.spans import Span, elementary
from crossforce.agreements.document.terms import DirectionControl
from crossforce.agreements.wording import Names

Command = Placed[DirectionControl]


@dataclass(frozen=True, slots=True)
class Person:
    """One kind of person at one time, as far as terms can tell people apart."""

    home: str
    unit: str | None
    function: str | None
    role: str | None
    on_duty: bool
    area: str | None
    asked_by: str | None
    days: Span


@dataclass(frozen=True, slots=True)
class Ruling:
    """The terms that decide for a person, each with the chief officer whom it gives."""

    person: Person
    given: tuple[tuple[Command, str | None], ...]

    @property
    def clash(self) -> tuple[tuple[Command, str | None], tuple[Command, str | None]] | None:
        """Two of the terms that give different chief officers."""
        first = self.given[0]
        return next(((first, each) for each in self.given[1:] if each[1] != first[1]), None)


def rulings(case: Case, commands: list[Command]) -> Iterator[Ruling]:
    """Every person whom some term is about, with what the terms give."""
    seen: set[Hashable] = set()
    for unit, function in _places(case):
        here = [each for each in commands if about_place(case.facts, each, unit, function)]
        alike = _likeness(case, unit, function, here)
        if not here or alike in seen:
            continue
        seen.add(alike)
        for days in _days(case, unit, function, here):
            now = [each for each in here if each.span.contains(days.start)]
            for person in _people(case, unit, function, days, now) if now else ():
                mine = deciding(now, person)
                if mine:
                    yield Ruling(person, tuple((e, chief_for(case, e, person)) for e in mine))


def _places(case: Case) -> Iterator[tuple[str | None, str | None]]:
    """Every function outside units, and every unit with each of its functions and with none."""
    for function in case.facts.functions:
        yield None, function
    for unit in case.facts.units:
        yield unit, None
        for function in case.facts.functions_of(unit):
            yield unit, function


def _likeness(
    case: Case, unit: str | None, function: str | None, here: list[Command]
) -> Hashable:
    """What the proof depends on at a place; of places that are alike, one is gone through."""
    facts = case.facts
    terms = frozenset(each.path for each in here)
    if unit is None:
        return (
            terms,
            None,
            frozenset(facts.work_of((function or "",))),
            _leads(case, (function,)),
        )
    codes = facts.functions_of(unit)
    staff = facts.units[unit].staffed_by, facts.life_of(unit), frozenset(facts.work_of(codes))
    return terms, staff, _leads(case, (function,)), _leads(case, codes)


def _leads(case: Case, functions: tuple[str | None, ...]) -> tuple[Hashable, ...]:
    return tuple(dict.fromkeys(tuple(case.leads(code)) for code in functions if code))


def about_place(facts: Facts, placed: Command, unit: str | None, function: str | None) -> bool:
    """Whether a term is about anyone in a unit, or in none, on a function, or on none."""
    of = placed.term.of
    if of.functions and function not in of.functions:
        return False
    return of.unit is None or of.unit in facts.line_of(unit)


def _days(
    case: Case, unit: str | None, function: str | None, here: list[Command]
) -> Iterator[Span]:
    if not here:
        return
    functions = _work(case, unit, function)
    edges = [span for code in functions for span in case.facts.active(code)]
    edges += [each.span for each in here]
    edges += [span for code in functions for _, span in case.leads(code)]
    life = case.facts.life_of(unit) if unit else case.facts.span
    yield from elementary(edges, life) if life else ()


def _work(case: Case, unit: str | None, function: str | None) -> tuple[str, ...]:
    named = (function,) if function else ()
    return named + (case.facts.functions_of(unit) if unit else ())


def _people(
    case: Case, unit: str | None, function: str | None, days: Span, now: list[Command]
) -> Iterator[Person]:
    rules = {each.term.rule for each in now}
    everyone = case.facts.taking_part_in_any(case.facts.functions, days)
    roles = (None, *sorted({role for each in now for role in each.term.of.roles}))
    duty = (True, False) if any(not each.term.on_joint_duty for each in now) else (True,)
    areas = (None, *everyone) if "chief-of-area-deployed" in rules else (None,)
    askers = (None, *everyone) if "requesting-chief" in rules else (None,)
    codes = case.facts.functions_of(unit) if unit else (function or "",)
    homes = case.facts.staff_of(unit, case.facts.taking_part_in_any(codes, days))
    for home, role, on_duty, area, asker in product(homes, roles, duty, areas, askers):
        yield Person(home, unit, function, role, on_duty, area, asker, days)


def deciding(now: list[Command], person: Person) -> list[Command]:
    """The most particular of the terms that are about a person; none, if none is."""
    about = [each for each in now if _about_person(each, person)]
    most = max((_conditions(each) for each in about), default=0)
    return [each for each in about if _conditions(each) == most]


def _about_person(placed: Command, person: Person) -> bool:
    of = placed.term.of
    if placed.term.on_joint_duty and not person.on_duty:
        return False
    return (not of.staff_of or person.home in of.staff_of) and (
        not of.roles or person.role in of.roles
    )


def _conditions(placed: Command) -> int:
    of = placed.term.of
    return sum(map(bool, (of.unit, of.functions, of.roles, of.staff_of)))


def chief_for(case: Case, placed: Command, person: Person) -> str | None:
    """The chief officer whom a term gives for a person it is about."""
    term = placed.term
    found: str | None = None
    if term.rule == "named-chief":
        found = term.chief
    elif term.rule == "lead-chief":
        found = _chief_of(case, leading(case, placed, person))
    elif term.rule == "requesting-chief":
        found = _chief_of(case, person.asked_by)
    elif term.rule == "chief-of-area-deployed":
        found = _chief_of(case, person.area)
    if found is None and term.rule != "home-chief" and term.otherwise == "named-chief":
        found = term.chief
    return found or case.chief_officer(person.home)


def _chief_of(case: Case, force: str | None) -> str | None:
    return case.chief_officer(force) if force else None


def leading(case: Case, placed: Command, person: Person) -> str | None:
    """The lead of the function at work, else of those that the term or the unit is for."""
    unit = case.facts.functions_of(person.unit) if person.unit else ()
    codes = placed.term.of.functions or unit or tuple(case.facts.functions)
    for code in ((person.function,) if person.function else ()) + codes:
        for force, span in case.leads(code):
            if span.contains(person.days.start):
                return force
    return None


def described(case: Case, person: Person) -> str:
    """The person in words."""
    role = Names(roles=catalogues.roles()).all_roles((person.role,)) if person.role else ""
    parts = [
        f"A member of {case.name(person.home)}",
        f"in the role of {role}" if person.role else "",
        f"in {case.unit(person.unit)}" if person.unit else "",
        f"on {case.function(person.function)}" if person.function else "",
        f"deployed in the area of {case.name(person.area)}" if person.area else "",
        f"at the request of {case.name(person.asked_by)}" if person.asked_by else "",
        "" if person.on_duty else "while not on joint duty",
    ]
    return " ".join(filter(None, parts))
