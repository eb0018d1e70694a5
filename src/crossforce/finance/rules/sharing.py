"""A year's cost divided among those who share it, part by part of the year, to the penny."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

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
    return _running(cost, Rhythm.YEAR)[-1][1]


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
    borne = list(
        accumulate(
            (_borne(cost, month) for month in months),
            lambda so_far, more: {party: so_far[party] + more[party] for party in so_far},
            initial=dict.fromkeys(parties_of(cost.standing), Fraction(0)),
        )
    )
    done = [sum(each.values(), Fraction(0)) for each in borne]
    if done[-1] == 0:
        raise NobodyPays(f"nobody shares the cost of {cost.function} on any day of {cost.year}")
    step = len(months) // len(cost.year.parts(rhythm))
    return [
        (
            done[n] / done[-1],
            {party: each / done[n] for party, each in borne[n].items()} if done[n] else {},
        )
        for n in range(0, len(borne), step)
    ]


def _borne(cost: SharedCost, month: Part) -> dict[str, Fraction]:
    """What each party bears of a month: in days, or in months that count alike."""
    unit = 1 if cost.spread is Spread.BY_DAYS else month.days
    found = dict.fromkeys(parties_of(cost.standing), Fraction(0))
    for each in cost.standing:
        part = Fraction(month.days_shared(each.starts_on, each.ends_on), unit)
        for party, share in each.shares.items() if part else ():
            found[party] += part * share
    return found
