"""How a cost is shared through one year: by whom, on which days, in which parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from crossforce.agreements import resolve
from crossforce.agreements.resolve import Citation, Drivers
from crossforce.agreements.terms import CompiledTerms, CostShareRule, ParticipationRule
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel.civil import day_of, instant
from crossforce.kernel.refusals import Conflict

Shares = Mapping[str, Fraction]


class NobodyPays(Conflict):
    """No clause shares the cost of the function on any day of the year; the message says of which."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The shares that hold on the days from `starts_on` until before `ends_on`, and the clause why."""

    starts_on: date
    ends_on: date
    shares: Shares
    why: Citation | None = None

    def __post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise ValueError("a standing share ends after it starts")
        if sum(self.shares.values(), Fraction(0)) != 1 or min(self.shares.values()) < 0:
            raise ValueError("shares are not negative and sum to exactly 1")

    @property
    def days(self) -> int:
        """How many days these shares hold."""
        return (self.ends_on - self.starts_on).days


def standing_shares(
    terms: CompiledTerms,
    function: str,
    year: FinancialYear,
    drivers: Drivers,
    before: Shares | None = None,
) -> tuple[Standing, ...]:
    """The shares of a function's cost through the year, asked anew of the agreement's clauses for
    each day on which they can change: somebody joins or leaves, a clause begins or ends, a step of
    phasing is due. Days on which nobody takes part are left out.

    Raises NobodyPays, and CannotShare where a figure is missing.
    """
    found: list[Standing] = []
    for first, last in pairwise(days_of_change(terms, function, year)):
        if not _is_shared(terms, function, first):
            continue
        answer = resolve.shares(terms, function, first, drivers, before)
        last_found = found[-1] if found else None
        if last_found and last_found.ends_on == first and last_found.shares == answer.shares:
            found.pop()
            first = last_found.starts_on
        found.append(Standing(first, last, answer.shares, answer.why))
    if not found:
        raise NobodyPays(
            f"No clause of “{terms.reference}” shares the cost of “{function}” in {year}. Sign one that"
            " does, or draft the budget of another year."
        )
    return tuple(found)


def parties_of(standing: Sequence[Standing]) -> tuple[str, ...]:
    """Who pays on any of the days, in the fixed order by which ties of a penny are broken."""
    return tuple(sorted({party for each in standing for party in each.shares}))


def _is_shared(terms: CompiledTerms, function: str, on: date) -> bool:
    return any(
        function in rule.functions and resolve.taking_part(terms, rule.functions, instant(on))
        for _, rule in terms.in_force(CostShareRule, instant(on))
    )


def days_of_change(terms: CompiledTerms, function: str, year: FinancialYear) -> list[date]:
    """The days of the year, its first and the day after its last among them, on which the shares of
    the function's cost can change."""
    whole = year.whole
    days = {whole.starts_on, whole.ends_on}
    days.update(
        day for day in _edges(terms, function, year) if whole.starts_on < day < whole.ends_on
    )
    return sorted(days)


def _edges(terms: CompiledTerms, function: str, year: FinancialYear) -> Iterator[date]:
    functions = {function}
    for term, rule in terms.of(CostShareRule):
        if function not in rule.functions:
            continue
        functions.update(rule.functions)
        start = term.valid.starts_at
        yield day_of(start)
        if term.valid.ends_at is not None:
            yield day_of(term.valid.ends_at)
        yield from _anniversaries(day_of(start), year)
    for term, part in terms.of(ParticipationRule):
        if part.function in functions:
            yield day_of(term.valid.starts_at)
            if term.valid.ends_at is not None:
                yield day_of(term.valid.ends_at)


def _anniversaries(begins: date, year: FinancialYear) -> Iterator[date]:
    """The days of the year on which a further year of the clause begins."""
    for each in (year.begins, year.begins + 1):
        if begins.month == 2 and begins.day == 29:
            yield date(each, 3, 1)
            yield date(each, 2, 28)
        else:
            yield begins.replace(year=each)
