"""Who pays what part of a cost on a day: method, then phasing, then cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from crossforce.agreements.resolve.answers import (
    Charges,
    ShareAnswer,
    UnknownCost,
    YearlyCosts,
    cite,
)
from crossforce.agreements.resolve.methods import (
    DRIVER_NAMES,
    CannotShare,
    Drivers,
    Shares,
    by_methods,
    capped,
    expected,
    phased,
    vintage,
)
from crossforce.agreements.resolve.participation import taking_part
from crossforce.agreements.terms import BEGINNING, CompiledTerms, CostShareRule, Term
from crossforce.kernel.civil import day_of, instant
from crossforce.kernel.money import allocate

_LONGEST = 30
"""Years of a cap that are worked through; a share that has moved so long has arrived."""
_PENCE = 100
"""Of a pound: figures of money are stated in pounds."""


@dataclass(frozen=True, slots=True)
class _Pot:
    """One shared cost: the term, and what is needed to work it out."""

    terms: CompiledTerms
    term: Term
    rule: CostShareRule
    drivers: Drivers
    before: Mapping[str, Fraction] | None

    def forces(self, on: date) -> tuple[str, ...]:
        return taking_part(self.terms, self.rule.functions, instant(on))

    @property
    def begins(self) -> date | None:
        start = self.term.valid.starts_at
        return None if start == BEGINNING else day_of(start)


def shares(
    terms: CompiledTerms,
    function: str,
    on: date,
    drivers: Drivers,
    before: Mapping[str, Fraction] | None = None,
) -> ShareAnswer:
    """What part each force pays of the cost that this function belongs to, summing to exactly 1.

    A COST_SHARE term shares one cost among all that take part in any function it names. `before`
    are the shares of an earlier agreement, for phasing and cap to start from; without them the
    preceding term for the same function counts, and without that the new shares hold at once.
    Raises CannotShare.
    """
    for term, rule in terms.in_force(CostShareRule, instant(on)):
        if function in rule.functions:
            return _answer(_Pot(terms, term, rule, drivers, before), on)
    raise CannotShare(f"no clause shares the cost of {function} on {on}")


def charges(
    terms: CompiledTerms,
    on: date,
    drivers: Drivers,
    costs: Mapping[str, int] | None = None,
    before: Mapping[str, Fraction] | None = None,
) -> YearlyCosts:
    """What each force would pay a year for every shared cost of the agreement, to the penny.

    `costs` gives a term's yearly cost in pence by the term's id, in place of the one written. What
    cannot be said, for want of a cost or of a figure to share it by, is listed with the reason.
    """
    known, unknown = [], []
    for term, rule in terms.in_force(CostShareRule, instant(on)):
        pot = _Pot(terms, term, rule, drivers, before)
        pence = (costs or {}).get(term.id, _yearly(pot, on))
        try:
            answer = _answer(pot, on)
        except CannotShare as error:
            unknown.append(UnknownCost(rule.functions, str(error), cite(term, str(error))))
            continue
        if pence is None:
            reason = "the yearly cost is not known in pence"
            unknown.append(UnknownCost(rule.functions, reason, answer.why))
        else:
            known.append(_charges(pot, answer, pence))
    return YearlyCosts(tuple(known), tuple(unknown))


def _answer(pot: _Pot, on: date) -> ShareAnswer:
    worked = _worked(pot, on)
    words = f"shared by {pot.rule.method}"
    if pot.rule.floor is not None:
        words += f", each at least {pot.rule.floor}"
    if pot.rule.cap is not None:
        words += f", moving by {pot.rule.cap} a year at most"
    if pot.rule.transition_years:
        words += f", phased in over {pot.rule.transition_years} years"
    return ShareAnswer(worked, pot.rule.functions, cite(pot.term, words))


def _worked(pot: _Pot, on: date) -> Shares:
    """The shares of the year that `on` lies in, counted from the day the term begins."""
    begins = pot.begins
    moves = pot.rule.cap is not None or pot.rule.transition_years > 0
    if begins is None or not moves:
        return by_methods(pot.rule, pot.forces(on), on, pot.drivers)
    year = _years_between(begins, on) + 1
    start = _earlier(pot, begins)
    current = start
    first = 1 if pot.rule.cap is not None else year
    for each in range(max(first, year - _LONGEST), year + 1):
        day = on if each == year else _anniversary(begins, each - 1)
        current = _year(pot, day, each, start, current)
    return dict(current) if current is not None else {}


def _year(
    pot: _Pot,
    day: date,
    year: int,
    start: Mapping[str, Fraction] | None,
    last: Mapping[str, Fraction] | None,
) -> Shares:
    """One year's shares. A year in which others take part than before starts afresh."""
    forces = pot.forces(day)
    worked = by_methods(pot.rule, forces, day, pot.drivers)
    steps = pot.rule.transition_years
    if steps and start is not None and set(start) == set(forces):
        worked = phased(worked, start, Fraction(min(year, steps), steps))
    if pot.rule.cap is not None and last is not None and set(last) == set(forces):
        worked = capped(worked, last, pot.rule.cap)
    return worked


def _earlier(pot: _Pot, begins: date) -> Mapping[str, Fraction] | None:
    """The shares that held before this term: given, or of the term that came before it."""
    if pot.before is not None:
        return pot.before
    day = begins - timedelta(days=1)
    for term, rule in pot.terms.in_force(CostShareRule, instant(day)):
        if set(rule.functions) & set(pot.rule.functions):
            try:
                return _worked(_Pot(pot.terms, term, rule, pot.drivers, None), day)
            except CannotShare:
                return None
    return None


def _years_between(begins: date, on: date) -> int:
    return on.year - begins.year - ((on.month, on.day) < (begins.month, begins.day))


def _anniversary(begins: date, years: int) -> date:
    try:
        return begins.replace(year=begins.year + years)
    except ValueError:  # 29 February
        return begins.replace(year=begins.year + years, day=28)


def _yearly(pot: _Pot, on: date) -> int | None:
    """The yearly cost in pence: as written, or units at the tariff, or what each spent itself."""
    rule = pot.rule
    if rule.annual_pence is not None:
        return rule.annual_pence
    if rule.method == "tariff" and rule.tariff_pence is not None and rule.demand:
        return rule.tariff_pence * sum(rule.demand.get(force, 0) for force in pot.forces(on))
    if rule.method == "tariff" and rule.tariff_pence is not None:
        return _figured(pot, on, rule.tariff_pence)
    if rule.method == "costs-lie-where-they-fall":
        return _figured(pot, on, _PENCE)
    return None


def _figured(pot: _Pot, on: date, pence: int) -> int | None:
    """So many pence for each unit of the figures that the shares of the day come from, whole pence."""
    (part,) = pot.rule.components
    day, driver = vintage(part.year, on), DRIVER_NAMES[part.method]
    forces = pot.forces(on)
    expected(pot.drivers, driver, forces)
    found = [pot.drivers.figure(driver, force, day) for force in forces]
    known = [Fraction(each) for each in found if each is not None]
    return int(sum(known) * pence) if known and len(known) == len(found) else None


def _charges(pot: _Pot, answer: ShareAnswer, pence: int) -> Charges:
    gross = allocate(pence, answer.shares)
    given = dict.fromkeys(answer.shares, 0)
    for each in pot.rule.in_kind:
        if each.force in given:
            given[each.force] += each.annual_pence
    return Charges(
        functions=answer.functions,
        cost_pence=pence,
        shares=answer.shares,
        gross=gross,
        in_kind=given,
        due={force: gross[force] - given[force] for force in gross},
        cost_assumed=pot.rule.annual_assumed,
        why=answer.why,
    )
