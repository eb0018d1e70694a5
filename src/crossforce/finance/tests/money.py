"""Any cost by any method, with any modifiers, beside what it comes to when it is reckoned another way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import count
from random import Random

from hypothesis import strategies as st

from crossforce.agreements.terms import CostShareRule
from crossforce.finance.choices import Account, Rhythm, Sort, Spread
from crossforce.finance.rules import journals
from crossforce.finance.rules.invoices import Claim
from crossforce.finance.rules.positions import Plan, Position, Sum
from crossforce.finance.rules.sharing import gross_of_year, instalments, totals
from crossforce.finance.rules.standing import Standing, standing_shares
from crossforce.finance.rules.years import Part
from crossforce.finance.tests.agreed import (
    AVON,
    GLOS,
    JOINS,
    ROADS,
    WILTS,
    YEAR,
    Figures,
    costed,
)

TWO, THREE = (AVON, WILTS), (AVON, GLOS, WILTS)
SINCE = date(2014, 10, 1)
"""The clause begins, after one of equal shares."""
SECOND_YEAR = date(2015, 10, 1)
ON_FIGURES = (
    "net-revenue-budget", "officer-fte", "total-fte", "population", "police-grant",
    "costs-lie-where-they-fall",
)  # fmt: skip
METHODS = ("equal", "fixed", "demand", "counted", "tariff", "hybrid", *ON_FIGURES)
Shares = Mapping[str, Fraction]


class Known(Figures):
    """One figure for every force, whatever is asked for; what is counted is the same."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        super().__init__({})
        self.weights = weights

    def figure(self, driver: str, force: str, on: date) -> int | None:
        return self.weights[force]

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        return {force: self.weights[force] for force in forces}


@dataclass(frozen=True, slots=True)
class Case:
    """A clause, a budget that is shared by it, and lines that are posted to that."""

    method: str
    weights: dict[str, int]
    equal_part: Fraction
    floor: Fraction | None
    cap: Fraction | None
    years: int
    pence: int
    lead: str
    rhythm: Rhythm
    spread: Spread
    agreed_in_kind: dict[str, int]
    lines: tuple[Sum, ...]
    charged: tuple[int, ...]

    def standing(self) -> tuple[Standing, ...]:
        """What the clauses say of the year."""
        return standing_shares(costed(clauses(self)), ROADS, YEAR, Known(self.weights))

    def plan(self, standing: tuple[Standing, ...]) -> Plan:
        """The budget, opened."""
        return Plan(
            ROADS, YEAR, self.pence, self.lead, self.rhythm, self.spread, standing,
            self.agreed_in_kind,
        )  # fmt: skip


def clauses(case: Case) -> str:
    """Equal shares until the clause begins; where shares are a table, another when somebody joins."""
    head = ['method = "equal"', f"until = {SINCE}", "[[clause.term]]", 'type = "COST_SHARE"']
    own = [
        f'method = "{"demand" if case.method == "counted" else case.method}"',
        f"from = {SINCE}",
    ]
    table = ", ".join(f"{force} = {weight}" for force, weight in case.weights.items())
    tail: list[str] = []
    if case.method in ("demand", "tariff"):
        own.append(f"demand = {{ {table} }}")
    if case.method == "tariff":
        own.append("tariff_pence = 250")
    if case.method == "counted":
        own.append('driver = "duty-hours-received"')
    if case.method == "fixed":
        own += [f"until = {JOINS}", _fixed(plainly(case, TWO))]
        tail = ["[[clause.term]]", 'type = "COST_SHARE"', 'method = "fixed"', f"from = {JOINS}"]
        tail += [_fixed(plainly(case, THREE)), *_floor(case)]
    if case.method == "hybrid":
        for weight, method in ((case.equal_part, "equal"), (1 - case.equal_part, "population")):
            tail += [
                "[[clause.term.component]]",
                f'weight = "{weight}"',
                f'method = "{method}"',
            ]
    own += _floor(case)
    own += [f'cap = "{case.cap}"'] if case.cap is not None else []
    own += [f"transition_years = {case.years}"] if case.years else []
    return "\n".join([*head, *own, *tail])


def _floor(case: Case) -> list[str]:
    return [f'floor = "{case.floor}"'] if case.floor is not None else []


def _fixed(shares: Shares) -> str:
    table = ", ".join(f'{force} = "{share}"' for force, share in shares.items())
    return f"shares = {{ {table} }}"


def plainly(case: Case, forces: tuple[str, ...]) -> dict[str, Fraction]:
    """By the method alone."""
    whole = sum(case.weights[force] for force in forces)
    alike = Fraction(1, len(forces))
    part = {"equal": Fraction(1), "hybrid": case.equal_part}.get(case.method, Fraction(0))
    return {f: part * alike + (1 - part) * Fraction(case.weights[f], whole) for f in forces}


def of_two(case: Case, year: int) -> Fraction:
    """What the first of two bears in a year of the clause: floor, then phasing, then cap, by hand."""
    least = case.floor or Fraction(0)
    wanted = min(max(plainly(case, TWO)[AVON], least), 1 - least)
    half = found = Fraction(1, 2)
    for each in range(1, year + 1):
        step = Fraction(min(each, case.years), case.years) if case.years else Fraction(1)
        moved = half + (wanted - half) * step - found
        most = Fraction(1) if case.cap is None else case.cap
        found += min(max(moved, -most), most)
    return found


def require_shares(case: Case, standing: tuple[Standing, ...]) -> None:
    """Before somebody joins, as reckoned by hand; from then on by the method, no less than the floor."""
    for each in standing:
        assert sum(each.shares.values()) == 1
        if each.starts_on < JOINS:
            assert each.shares[AVON] == of_two(case, 1 if each.starts_on < SECOND_YEAR else 2)
            continue
        plain = plainly(case, THREE)
        least = case.floor or Fraction(0)
        assert min(each.shares.values()) >= least
        if min(plain.values()) >= least:
            assert each.shares == plain


def exactly(case: Case, standing: tuple[Standing, ...]) -> dict[str, Fraction]:
    """Each force's part of the year: day by day, a day of a month weighing as the spread says."""
    found = dict.fromkeys(THREE, Fraction(0))
    for month in YEAR.parts(Rhythm.MONTH):
        day = Fraction(1) if case.spread is Spread.BY_DAYS else Fraction(1, month.days)
        for each in standing:
            days = month.days_shared(each.starts_on, each.ends_on)
            for force, share in each.shares.items():
                found[force] += share * days * day
    whole = sum(found.values())
    return {force: part / whole for force, part in found.items()}


def require_pennies(case: Case, plan: Plan) -> Position:
    """The budget and its instalments, to the penny; then all that is posted, charged and trued up."""
    gross, part = gross_of_year(plan.cost), exactly(case, plan.standing)
    assert sum(gross.values()) == case.pence
    assert all(abs(gross[force] - case.pence * part[force]) < 1 for force in THREE)
    due = instalments(plan.cost, plan.rhythm)
    given = case.agreed_in_kind
    assert totals(due) == {force: gross[force] - given.get(force, 0) for force in gross}
    position = Position(plan, case.lines)
    parts = YEAR.parts(plan.rhythm)
    for number in case.charged:
        position = charged(position, position.due_by(parts[number % len(parts)]))
        require_charged_so_far(position, parts[number % len(parts)])
    position = charged(position, position.owed)
    assert not position.owed
    assert not any(position.true_up.balances().values())
    return position


def require_charged_so_far(position: Position, part: Part) -> None:
    """What each other force was charged is what has fallen due."""
    wanted = dict.fromkeys(position.plan.cost.parties, 0)
    for each in instalments(position.plan.cost, position.plan.rhythm):
        wanted[each.party] += each.due if each.part.ends_on <= part.ends_on else 0
    wanted.pop(position.plan.lead, None)
    was = position.of(Sort.CHARGE)
    assert all(was.get(force, 0) == pence for force, pence in wanted.items())


def charged(position: Position, due: Mapping[str, int]) -> Position:
    more = tuple(Sum(Sort.CHARGE, force, pence) for force, pence in due.items())
    return Position(position.plan, position.sums + more)


def require_books(case: Case, position: Position) -> None:
    """Every force ends with its share of what was really spent and given, paid for to the penny."""
    found = journals.balances(_entries(position))
    cost = position.total(Sort.ACTUAL) + position.total(Sort.IN_KIND)
    part, given = exactly(case, position.plan.standing), position.of(Sort.IN_KIND)
    borne = {f: found.get((f, Account.SHARED_COST, ""), 0) for f in THREE}
    assert sum(borne.values()) == cost
    assert sum(found.values()) == 0
    for force in THREE:
        assert abs(borne[force] - cost * part[force]) < 1
        owed = sum(pence for key, pence in found.items() if key[0] == force and key[2])
        cash = found.get((force, Account.CASH, ""), 0)
        assert cash + owed == given.get(force, 0) - borne[force]
    assert sum(pence for key, pence in found.items() if key[2]) == 0


def _entries(position: Position) -> list[journals.Entry]:
    number, lead, on = count(), position.plan.lead, YEAR.whole.starts_on
    found = []
    for each in position.sums:
        name = str(next(number))
        if each.sort is Sort.ACTUAL:
            found.append(journals.spent(name, on, each.party, each.pence, "w"))
        elif each.sort is Sort.IN_KIND:
            found.append(journals.given_in_kind(name, on, {each.party: each.pence}, "w"))
        elif each.party != lead:
            claim = Claim(lead, each.party, each.pence, name, "w")
            found.append(journals.charged(name, on, [claim], "w"))
    return found


def require_all(case: Case) -> None:
    """Everything that always holds of money."""
    standing = case.standing()
    require_shares(case, standing)
    require_books(case, require_pennies(case, case.plan(standing)))


@st.composite
def cases(draw: st.DrawFn, method: str = "") -> Case:
    """Any of them, or of one method; the forces' weights may be very unlike."""
    weight = st.integers(1, 10**6)
    small = st.fractions(Fraction(1, 200), Fraction(1, 3), max_denominator=200)
    forces, pence = st.sampled_from(THREE), st.integers(-(10**9), 10**9)
    posted = st.builds(Sum, st.sampled_from([Sort.ACTUAL, Sort.IN_KIND]), forces, pence)
    return Case(
        method=method or draw(st.sampled_from(METHODS)),
        weights={force: draw(weight) for force in THREE},
        equal_part=draw(st.sampled_from([Fraction(n, 10) for n in range(1, 10)])),
        floor=draw(st.none() | small),
        cap=draw(st.none() | small),
        years=draw(st.integers(0, 5)),
        pence=draw(st.integers(0, 10**11)),
        lead=draw(forces),
        rhythm=draw(st.sampled_from(Rhythm)),
        spread=draw(st.sampled_from(Spread)),
        agreed_in_kind=draw(st.dictionaries(forces, st.integers(1, 10**8), max_size=3)),
        lines=tuple(draw(st.lists(posted, max_size=6))),
        charged=tuple(draw(st.lists(st.integers(0, 11), max_size=3))),
    )


def at_hand(seed: int) -> Case:
    """One that is always the same, with something of everything."""
    draw = Random(seed)
    sorts = (Sort.ACTUAL, Sort.IN_KIND)
    amount = partial(draw.randint, -(10**7), 10**7)
    return Case(
        method=METHODS[seed % len(METHODS)],
        weights={force: draw.randint(1, 10**4) for force in THREE},
        equal_part=Fraction(draw.randint(1, 9), 10),
        floor=draw.choice([None, Fraction(1, 3), Fraction(1, 10)]),
        cap=draw.choice([None, Fraction(1, 100), Fraction(1, 7)]),
        years=draw.randint(0, 4),
        pence=draw.randint(1, 10**10),
        lead=draw.choice(THREE),
        rhythm=draw.choice(list(Rhythm)),
        spread=draw.choice(list(Spread)),
        agreed_in_kind={force: draw.randint(1, 10**6) for force in TWO},
        lines=tuple(Sum(sort, force, amount()) for sort in sorts for force in THREE),
        charged=(draw.randint(0, 3), draw.randint(4, 11)),
    )
