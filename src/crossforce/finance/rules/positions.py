"""Where a budget stands: what was spent, given and charged so far, and what each party still owes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from crossforce.finance.choices import Rhythm, Sort, Spread
from crossforce.finance.rules.sharing import Pence, SharedCost, gross_of_year, instalments
from crossforce.finance.rules.standing import Standing
from crossforce.finance.rules.trueups import TrueUp, true_up
from crossforce.finance.rules.years import FinancialYear, Part


class Sum(NamedTuple):
    """What the lines of one sort come to for one force."""

    sort: Sort
    party: str
    pence: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A budget as it was opened: what it may cost, who spends, and in which shares it is borne."""

    function: str
    year: FinancialYear
    pence: int
    lead: str
    rhythm: Rhythm
    spread: Spread
    standing: tuple[Standing, ...]
    in_kind: Pence = field(default_factory=dict)

    @property
    def cost(self) -> SharedCost:
        """What is shared if it costs what it may."""
        return SharedCost(
            self.function, self.year, self.pence, self.standing, self.in_kind, self.spread
        )


@dataclass(frozen=True, slots=True)
class Position:
    """A budget and the sums of its lines."""

    plan: Plan
    sums: tuple[Sum, ...] = ()

    def of(self, sort: Sort) -> dict[str, int]:
        """What the lines of that sort come to, by force."""
        found: dict[str, int] = {}
        for each in self.sums:
            if each.sort is sort:
                found[each.party] = found.get(each.party, 0) + each.pence
        return found

    def total(self, sort: Sort) -> int:
        """The same of all forces together."""
        return sum(self.of(sort).values())

    @property
    def actual(self) -> SharedCost:
        """What was really spent, with what was really given in kind."""
        given = self.of(Sort.IN_KIND)
        spent = self.total(Sort.ACTUAL)
        return replace(self.plan.cost, pence=spent + sum(given.values()), in_kind=given)

    @property
    def paid(self) -> dict[str, int]:
        """What each party has borne so far: what it was charged and what it spent itself. The lead
        has spent the rest, so that all together have borne exactly what was spent."""
        charged, spent = self.of(Sort.CHARGE), self.of(Sort.ACTUAL)
        found = {
            party: charged.get(party, 0) + spent.get(party, 0)
            for party in sorted({*charged, *spent})
            if party != self.plan.lead
        }
        return {**found, self.plan.lead: self.total(Sort.ACTUAL) - sum(found.values())}

    @property
    def true_up(self) -> TrueUp:
        """What each party still owes of what was really spent, or gets back. Raises NobodyPays."""
        return true_up(self.actual, self.paid)

    @property
    def owed(self) -> dict[str, int]:
        """The balances of everybody but the lead, who pays and collects them."""
        return _others(self.true_up.balances(), self.plan.lead)

    def due_by(self, part: Part) -> dict[str, int]:
        """What everybody but the lead is to be charged, so that all that falls due until the end of
        that part of the year is charged: what was charged too much or too little is set right."""
        charged, due = self.of(Sort.CHARGE), dict.fromkeys(self.plan.cost.parties, 0)
        for each in instalments(self.plan.cost, self.plan.rhythm):
            if each.part.ends_on <= part.ends_on:
                due[each.party] += each.due
        wanted = {
            party: due.get(party, 0) - charged.get(party, 0) for party in {*due, *charged}
        }
        return _others(wanted, self.plan.lead)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one party bears of a budget, and where it stands."""

    party: str
    gross: int
    in_kind: int
    charged: int

    @property
    def due(self) -> int:
        """What it owes in cash for the year."""
        return self.gross - self.in_kind


def bearings(position: Position) -> tuple[Bearing, ...]:
    """The budget's year divided among its parties, beside what they were charged. Raises NobodyPays."""
    gross = gross_of_year(position.plan.cost)
    charged = position.of(Sort.CHARGE)
    return tuple(
        Bearing(party, pence, position.plan.in_kind.get(party, 0), charged.get(party, 0))
        for party, pence in gross.items()
    )


def given_in_kind(
    yearly: Iterable[tuple[str, int]], standing: Iterable[Standing], year: FinancialYear
) -> dict[str, int]:
    """What each force gives in kind in that year, by the days of it on which it shares the cost."""
    stretches = tuple(standing)
    found: dict[str, int] = {}
    for force, pence in yearly:
        days = sum(each.days for each in stretches if force in each.shares)
        found[force] = found.get(force, 0) + pence * days // year.whole.days
    return {force: pence for force, pence in found.items() if pence}


def clipped(
    standing: Iterable[Standing], starts_on: date, ends_on: date
) -> tuple[Standing, ...]:
    """The stretches as far as they lie in those days."""
    return tuple(
        replace(
            each, starts_on=max(each.starts_on, starts_on), ends_on=min(each.ends_on, ends_on)
        )
        for each in standing
        if max(each.starts_on, starts_on) < min(each.ends_on, ends_on)
    )


def _others(found: Mapping[str, int], lead: str) -> dict[str, int]:
    return {party: pence for party, pence in sorted(found.items()) if party != lead and pence}
