"""What all go on paying while a notice runs, shared on each day by those who take part on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from crossforce.agreements import resolve
from crossforce.agreements.resolve import Charges, Drivers, LeaveAnswer, UnknownCost
from crossforce.agreements.terms import CompiledTerms, CostShareRule
from crossforce.finance.rules.holdings import DAYS
from crossforce.finance.rules.standing import days_of_change
from crossforce.finance.rules.years import financial_year
from crossforce.kernel.civil import instant
from crossforce.kernel.money import allocate, in_pounds


@dataclass(frozen=True, slots=True)
class Opened:
    """What a budget that was opened may cost in its year, and what it is called."""

    pence: int
    title: str


Budgets = Mapping[tuple[str, int], Opened]
"""Those of an agreement, by a function that they share and the year in which they begin."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the days of a notice cost all together, and what each of them pays of it."""

    words: str
    parts: Mapping[str, int]
    assumed: str | None
    unknown: tuple[str, ...]

    @property
    def pence(self) -> int:
        """The parts together."""
        return sum(self.parts.values())


def costs_on(terms: CompiledTerms, on: date, opened: Budgets) -> dict[str, int]:
    """The yearly cost by an opened budget of the day's year, by the term that shares it."""
    return {term: each.pence for term, each in _opened_on(terms, on, opened)}


def notice(
    terms: CompiledTerms, leave: LeaveAnswer, drivers: Drivers, opened: Budgets
) -> Notice:
    """What all pay from the notice until the leave: each stretch of days by its own shares, at the sum
    of the budget that is opened for its year, or at the clause's where there is none."""
    pots: dict[str, _Pot] = {}
    unknown: dict[str, None] = {}
    for first, last in pairwise(_days(terms, leave)):
        costs = costs_on(terms, first, opened)
        found = resolve.charges(terms, first, drivers, costs)
        for each in found.known:
            pot = pots.setdefault(each.functions[0], _Pot())
            pot.add(first, (last - first).days, each)
            if each.why.term not in costs:
                pot.assumed = pot.assumed or each.cost_assumed
        unknown.update(dict.fromkeys(_untold(each) for each in found.unknown))
    parts: dict[str, int] = {}
    for pot in pots.values():
        for party, pence in pot.parts().items():
            parts[party] = parts.get(party, 0) + pence
    assumed = next((pot.assumed for pot in pots.values() if pot.assumed), None)
    return Notice(_words(terms, leave, pots, opened), parts, assumed, tuple(unknown))


@dataclass(slots=True)
class _Pot:
    """One shared cost over all stretches: pence times days, of which 365 make a yearly sum."""

    borne: dict[str, Fraction] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    shares: dict[str, Fraction] = field(default_factory=dict)
    changes: list[date] = field(default_factory=list)
    cost: int = 0
    assumed: str | None = None

    def add(self, first: date, days: int, charges: Charges) -> None:
        """The cost and what is given in kind on so many days."""
        self.cost += charges.cost_pence * days
        if self.shares and self.shares != charges.shares:
            self.changes.append(first)
        self.shares = dict(charges.shares)
        for party, share in charges.shares.items():
            borne = share * charges.cost_pence * days
            self.borne[party] = self.borne.get(party, Fraction(0)) + borne
            given = charges.in_kind.get(party, 0) * days
            self.given[party] = self.given.get(party, 0) + given

    def parts(self) -> dict[str, int]:
        """To the penny, less what is given in kind."""
        weights = {party: borne / self.cost for party, borne in self.borne.items() if self.cost}
        gross = allocate(self.cost // DAYS, weights) if weights else {}
        return {
            party: gross.get(party, 0) - given // DAYS for party, given in self.given.items()
        }


def _days(terms: CompiledTerms, leave: LeaveAnswer) -> list[date]:
    """The first day, every day on which shares or sums can change, and the first day outside."""
    first, last = leave.notice_on, leave.leaves_on
    years, year = [], financial_year(first)
    while year.whole.starts_on < last:
        years.append(year)
        year = financial_year(year.whole.ends_on)
    functions = {rule.functions[0] for _, rule in terms.of(CostShareRule)}
    found = {
        day
        for each in years
        for function in functions
        for day in days_of_change(terms, function, each)
    }
    return sorted({first, last} | {day for day in found if first < day < last})


def _opened_on(terms: CompiledTerms, on: date, opened: Budgets) -> Iterator[tuple[str, Opened]]:
    year = financial_year(on).begins
    for term, rule in terms.in_force(CostShareRule, instant(on)):
        known = (opened.get((function, year)) for function in rule.functions)
        if found := next((each for each in known if each), None):
            yield term.id, found


def _words(
    terms: CompiledTerms, leave: LeaveAnswer, pots: Mapping[str, _Pot], opened: Budgets
) -> str:
    days = (leave.leaves_on - leave.notice_on).days
    said = [
        f"notice from {leave.notice_on} to {leave.last_day}: {days} days at the charges agreed"
    ]
    used = {
        each: None
        for day in _days(terms, leave)[:-1]
        for _, each in _opened_on(terms, day, opened)
    }
    said += [
        f"by the open budget “{each.title}”, {in_pounds(each.pence)} a year" for each in used
    ]
    if used:
        said.append("by the clause where no budget is open")
    changes = sorted({day for pot in pots.values() for day in pot.changes})
    said += [f"shared anew from {day}" for day in changes]
    return "; ".join(said)


def _untold(each: UnknownCost) -> str:
    return f"{', '.join(each.functions)}: {each.reason}"
