"""A year's cost divided among those who share it, part by part of the year, to the penny."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm

from crossforce.finance.choices import Rhythm, Spread
from crossforce.finance.rules.standing import NobodyPays, Standing, parties_of
from crossforce.finance.rules.years import FinancialYear, Part
from crossforce.kernel.money import allocate

Pence = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SharedCost:
    """What one function costs in a year, the shares that hold in it, and what is given in kind.

    `pence` includes the value of what is given in kind: the cash needed is `pence` less that.
    """

    function: str
    year: FinancialYear
    pence: int
    standing: tuple[Standing, ...]
    in_kind: Pence = field(default_factory=dict)
    spread: Spread = Spread.ALIKE

    @property
    def parties(self) -> tuple[str, ...]:
        """Who shares it, in the fixed order that breaks ties."""
        return tuple(sorted({*parties_of(self.standing), *self.in_kind}))

    @property
    def cash_pence(self) -> int:
        """What must come in cash from all together."""
        return self.pence - sum(self.in_kind.values())


@dataclass(frozen=True, slots=True)
class Instalment:
    """What one party pays of one function in one part of the year: `due` = `gross` - `in_kind`."""

    function: str
    party: str
    part: Part
    gross: int
    in_kind: int

    @property
    def due(self) -> int:
        """What is paid in cash; negative when the party gives more in kind than it owes."""
        return self.gross - self.in_kind


def shares_of_year(cost: SharedCost) -> dict[str, Fraction]:
    """Each party's share of the whole year: its shares weighted by the days on which they hold.

    Who joins during the year pays for the days from then on. Raises NobodyPays.
    """
    borne = dict.fromkeys(parties_of(cost.standing), 0)
    unit = _unit(cost)
    for each in cost.standing:
        weight = _place(cost, each.ends_on, unit) - _place(cost, each.starts_on, unit)
        for party, number in _whole_numbers(each.shares, cost).items() if weight else ():
            borne[party] += weight * number
    total = sum(borne.values())
    if total == 0:
        raise _nobody(cost)
    return {party: Fraction(each, total) for party, each in borne.items()}


def gross_of_year(cost: SharedCost) -> dict[str, int]:
    """The year's cost divided to the penny, before what is given in kind. Raises NobodyPays."""
    return {**dict.fromkeys(cost.parties, 0), **allocate(cost.pence, shares_of_year(cost))}


def due_of_year(cost: SharedCost) -> dict[str, int]:
    """What each party owes in cash for the year. Raises NobodyPays."""
    gross = gross_of_year(cost)
    return {party: gross[party] - cost.in_kind.get(party, 0) for party in gross}


def instalments(cost: SharedCost, rhythm: Rhythm) -> tuple[Instalment, ...]:
    """What each party pays when, to the penny.

    Worked out on the running total, so that the parties of every part sum to what that part costs
    and the parts of every party to its year, whatever the pennies. Raises NobodyPays.
    """
    parts = cost.year.parts(rhythm)
    running = _running(cost, rhythm)
    gross = [
        {**dict.fromkeys(cost.parties, 0), **_divided(_so_far(cost.pence, done), by)}
        for done, by in running
    ]
    given = [
        {party: _so_far(cost.in_kind.get(party, 0), done) for party in cost.parties}
        for done, _ in running
    ]
    return tuple(
        Instalment(
            cost.function,
            party,
            part,
            gross[n + 1][party] - gross[n][party],
            given[n + 1][party] - given[n][party],
        )
        for n, part in enumerate(parts)
        for party in cost.parties
    )


def totals(instalments: Sequence[Instalment]) -> dict[str, int]:
    """What each party pays in cash over all of these."""
    found: dict[str, int] = {}
    for each in instalments:
        found[each.party] = found.get(each.party, 0) + each.due
    return found


def _nobody(cost: SharedCost) -> NobodyPays:
    return NobodyPays(
        f"Nobody shares the cost of “{cost.function}” on any day of {cost.year}. Work the shares out anew,"
        " or sign a clause that shares it."
    )


def _unit(cost: SharedCost) -> int:
    """What a month weighs: alike, a number that the days of every month divide."""
    if cost.spread is Spread.BY_DAYS:
        return 1
    return lcm(*(month.days for month in cost.year.parts(Rhythm.MONTH)))


def _place(cost: SharedCost, on: date, unit: int) -> int:
    """How much of the year lies before a day, by the weights of its months."""
    whole = cost.year.whole
    inside = min(max(on, whole.starts_on), whole.ends_on)
    if cost.spread is Spread.BY_DAYS:
        return (inside - whole.starts_on).days
    if inside == whole.ends_on:
        return 12 * unit
    at = (inside.month - whole.starts_on.month) % 12
    return at * unit + (inside.day - 1) * (unit // cost.year.parts(Rhythm.MONTH)[at].days)


def _divided(pence: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    return allocate(pence, shares) if shares else {}


def _so_far(pence: int, done: Fraction) -> int:
    """The part of the amount that has fallen due, in whole pence; all of it at the end."""
    whole = abs(pence) * done.numerator // done.denominator
    return -whole if pence < 0 else whole


def _running(cost: SharedCost, rhythm: Rhythm) -> list[tuple[Fraction, dict[str, Fraction]]]:
    """Before the year and after each of its parts: how much of the cost has fallen due, and in
    which shares all of that is borne."""
    months = cost.year.parts(Rhythm.MONTH)
    unit = _unit(cost)
    held = [_whole_numbers(each.shares, cost) for each in cost.standing]
    borne = dict.fromkeys(parties_of(cost.standing), 0)
    points = [(0, dict(borne))]
    for month in months:
        weight = unit if cost.spread is Spread.BY_DAYS else unit // month.days
        for each, numbers in zip(cost.standing, held, strict=True):
            days = weight * month.days_shared(each.starts_on, each.ends_on)
            for party, number in numbers.items() if days else ():
                borne[party] += days * number
        points.append((sum(borne.values()), dict(borne)))
    total = points[-1][0]
    if total == 0:
        raise _nobody(cost)
    step = len(months) // len(cost.year.parts(rhythm))
    return [
        (
            Fraction(done, total),
            {party: Fraction(each, done) for party, each in by.items()} if done else {},
        )
        for done, by in points[::step]
    ]


def _whole_numbers(shares: Mapping[str, Fraction], cost: SharedCost) -> dict[str, int]:
    """The shares as numbers of one unit that is the same for the whole year: exact, and quick."""
    parts = lcm(*(s.denominator for each in cost.standing for s in each.shares.values()))
    return {
        party: share.numerator * (parts // share.denominator) for party, share in shares.items()
    }
