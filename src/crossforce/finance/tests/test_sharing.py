"""A year's cost to the penny: whoever shares it, by whatever method, from whatever day."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.agreements.preview import context
from crossforce.agreements.preview.measuring import Stated, Statements
from crossforce.agreements.resolve import CannotShare, charges
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.finance.choices import Rhythm, Spread
from crossforce.finance.rules.sharing import (
    SharedCost,
    due_of_year,
    gross_of_year,
    instalments,
    shares_of_year,
    totals,
)
from crossforce.finance.rules.snapshots import Recorder
from crossforce.finance.rules.standing import NobodyPays, Standing, standing_shares
from crossforce.finance.rules.years import FinancialYear, financial_year
from crossforce.finance.tests.agreed import (
    AVON,
    GLOS,
    JOINS,
    ROADS,
    WILTS,
    YEAR,
    Figures,
    costed,
    costs,
    joint,
)

HALF = Fraction(1, 2)
THIRD = Fraction(1, 3)
EVERY = Figures(
    {
        driver: {AVON: {2012: 31, 2015: 29}, WILTS: {2012: 10}, GLOS: {2012: 11, 2016: 90}}
        for driver in (
            "net-revenue-budget", "officer-fte", "total-fte", "population", "police-grant",
            "own-cost",
        )
    }
)  # fmt: skip
TABLE = f"{AVON} = 7, {WILTS} = 3, {GLOS} = 1"
METHODS = [
    'method = "equal"',
    'method = "net-revenue-budget"',
    'method = "officer-fte"\nyear = 2013',
    'method = "total-fte"',
    'method = "population"',
    'method = "police-grant"',
    'method = "costs-lie-where-they-fall"',
    f'method = "demand"\ndemand = {{ {TABLE} }}',
    f'method = "tariff"\ntariff_pence = 250\ndemand = {{ {TABLE} }}',
    (
        f'method = "fixed"\nshares = {{ {AVON} = "0.7", {WILTS} = "0.3" }}\nuntil = 2015-12-01\n'
        '[[clause.term]]\ntype = "COST_SHARE"\nmethod = "fixed"\nfrom = 2015-12-01\n'
        f'shares = {{ {AVON} = "0.5", {WILTS} = "0.3", {GLOS} = "0.2" }}'
    ),
    (
        'method = "hybrid"\n[[clause.term.component]]\nweight = "0.4"\nmethod = "equal"\n'
        '[[clause.term.component]]\nweight = "3/5"\nmethod = "population"'
    ),
]
STATED = {
    'method = "demand"': "demand",
    'method = "tariff"\ntariff_pence = 250': "demand",
    'method = "costs-lie-where-they-fall"': "own-cost",
    'method = "net-revenue-budget"': "net-revenue-budget",
}
"""Methods by which each force's own figures count, and which."""
MODIFIERS = ["", '\nfloor = "0.3"', '\ncap = "0.01"', "\ntransition_years = 3"]


class TestYears:
    def test_have_quarters_and_months_that_are_the_year(self) -> None:
        year = financial_year(date(2016, 3, 31))
        assert (str(year), year.whole.days) == ("2015/16", 366)
        for rhythm, count in (("month", 12), ("quarter", 4), ("year", 1)):
            parts = year.parts(Rhythm(rhythm))
            assert len(parts) == count
            assert sum(part.days for part in parts) == 366
            assert (parts[0].starts_on, parts[-1].ends_on) == (
                date(2015, 4, 1),
                date(2016, 4, 1),
            )

    def test_are_named_as_in_the_accounts(self) -> None:
        assert str(FinancialYear(1999)) == "1999/00"
        assert YEAR.parts(Rhythm.QUARTER)[0].label == "2015/16 Q1"
        assert YEAR.parts(Rhythm.MONTH)[-1].label == "2016-03"


class TestStanding:
    def test_changes_on_the_day_somebody_joins(self) -> None:
        before, after = standing_shares(joint(), ROADS, YEAR, DIRECTORY)
        assert (before.starts_on, before.ends_on) == (date(2015, 4, 1), JOINS)
        assert (after.starts_on, after.ends_on) == (JOINS, date(2016, 4, 1))
        assert before.shares == {AVON: HALF, WILTS: HALF}
        assert after.shares == {AVON: THIRD, WILTS: THIRD, GLOS: THIRD}
        assert before.why is not None
        assert before.why.clause == "5"

    def test_changes_when_a_step_of_phasing_is_due(self) -> None:
        terms = costed(
            'method = "equal"\nuntil = 2014-10-01\n[[clause.term]]\ntype = "COST_SHARE"\n'
            f'method = "fixed"\nshares = {{ {AVON} = "0.9", {WILTS} = "0.1" }}\n'
            "from = 2014-10-01\nuntil = 2015-12-01\ntransition_years = 4"
        )
        found = standing_shares(terms, ROADS, YEAR, DIRECTORY)
        assert [(each.starts_on, each.shares[AVON]) for each in found] == [
            (date(2015, 4, 1), Fraction(3, 5)),
            (date(2015, 10, 1), Fraction(7, 10)),
        ]

    def test_leaves_out_the_days_before_anybody_takes_part(self) -> None:
        [found] = standing_shares(
            costed('method = "equal"\nfrom = 2015-09-01\nuntil = 2015-11-01'),
            ROADS, YEAR, DIRECTORY,
        )  # fmt: skip
        assert (found.starts_on, found.ends_on) == (date(2015, 9, 1), date(2015, 11, 1))

    def test_is_refused_when_no_clause_shares_the_cost(self) -> None:
        with pytest.raises(NobodyPays, match="dogs"):
            standing_shares(joint(), "dogs", YEAR, DIRECTORY)
        with pytest.raises(NobodyPays):
            standing_shares(joint(), ROADS, FinancialYear(2010), DIRECTORY)

    def test_is_refused_without_the_figures(self) -> None:
        with pytest.raises(CannotShare, match="gloucestershire"):
            standing_shares(
                costed('method = "population"'), ROADS, YEAR,
                Figures({"population": {AVON: {2012: 3}, WILTS: {2012: 2}}}),
            )  # fmt: skip

    @pytest.mark.parametrize("bad", [{"a": HALF}, {"a": Fraction(3, 2), "b": -HALF}])
    def test_is_never_unsound(self, bad: dict[str, Fraction]) -> None:
        with pytest.raises(ValueError, match="exactly 1"):
            Standing(date(2015, 4, 1), date(2015, 5, 1), bad)
        with pytest.raises(ValueError, match="ends after"):
            Standing(date(2015, 4, 1), date(2015, 4, 1), {"a": Fraction(1)})


class TestMethods:
    @pytest.mark.parametrize("modifier", MODIFIERS)
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("pence", [0, 1, 100_000_007, -999])
    def test_give_every_penny_to_somebody(self, method: str, modifier: str, pence: int) -> None:
        first, *rest = method.split("\n")
        terms = costed("\n".join([first + modifier, *rest]))
        standing = standing_shares(terms, ROADS, YEAR, EVERY)
        cost = SharedCost(ROADS, YEAR, pence, standing, {WILTS: 33})
        assert sum(shares_of_year(cost).values()) == 1
        assert sum(gross_of_year(cost).values()) == pence
        assert sum(due_of_year(cost).values()) == cost.cash_pence
        assert totals(instalments(cost, Rhythm.QUARTER)) == due_of_year(cost)

    @pytest.mark.parametrize("method", METHODS)
    def test_agree_with_what_the_agreement_charges_when_nobody_joins(self, method: str) -> None:
        year, terms = FinancialYear(2014), costed(method)
        standing = standing_shares(terms, ROADS, year, EVERY)
        for known in charges(terms, date(2014, 4, 1), EVERY).known:
            assert shares_of_year(SharedCost(ROADS, year, 1, standing)) == known.shares


class Said(Statements):
    """What the three forces state of one driver, for a year."""

    def __init__(self, driver: str, values: dict[str, Decimal], year: int) -> None:
        super().__init__()
        for force, value in values.items():
            own = Stated(driver, force, date(year, 4, 1), value, "Budget book")
            self._held[driver, force, ""] = [own]


class TestStated:
    @given(
        st.sampled_from(sorted(STATED)),
        st.lists(
            st.decimals(Decimal("0.01"), 10**12, places=2, allow_nan=False),
            min_size=3,
            max_size=3,
        ),
        st.integers(-(10**10), 10**10),
        st.sampled_from(Rhythm),
    )
    def test_shares_by_them_alone_to_the_penny_and_again_once_they_are_kept(
        self, method: str, figures: list[Decimal], pence: int, rhythm: Rhythm
    ) -> None:
        year, terms = FinancialYear(2016), costed(method)
        values = dict(zip((AVON, WILTS, GLOS), figures, strict=True))
        said = Said(STATED[method], values, year.begins)
        live = Recorder(context.Figures(DIRECTORY, {}, date(2016, 4, 1), statements=said))
        standing = standing_shares(terms, ROADS, year, live)
        cost = SharedCost(ROADS, year, pence, standing)
        whole = Fraction(sum(figures))
        assert shares_of_year(cost) == {
            force: Fraction(value) / whole for force, value in values.items()
        }
        assert sum(gross_of_year(cost).values()) == pence
        assert totals(instalments(cost, rhythm)) == due_of_year(cost)
        assert standing_shares(terms, ROADS, year, live.snapshot()) == standing


class TestInstalments:
    def test_who_joins_in_december_pays_for_the_days_from_then_on(self) -> None:
        standing = standing_shares(joint(), ROADS, YEAR, DIRECTORY)
        cost = SharedCost(ROADS, YEAR, 36_600, standing, spread=Spread.BY_DAYS)
        assert gross_of_year(cost)[GLOS] == 122 * 100 // 3 + 1
        by_part = [each.due for each in instalments(cost, Rhythm.QUARTER) if each.party == GLOS]
        assert by_part[:2] == [0, 0]
        assert by_part[2:] == [1033, 3034]

    def test_quarters_are_alike_or_by_their_days(self) -> None:
        standing = (Standing(YEAR.whole.starts_on, YEAR.whole.ends_on, {"a": Fraction(1)}),)
        alike = instalments(SharedCost("dogs", YEAR, 36_600, standing), Rhythm.QUARTER)
        by_days = SharedCost("dogs", YEAR, 36_600, standing, spread=Spread.BY_DAYS)
        assert [each.due for each in alike] == [9150] * 4
        assert [each.due for each in instalments(by_days, Rhythm.QUARTER)] == [
            9100, 9200, 9200, 9100,
        ]  # fmt: skip

    def test_less_is_due_of_who_gives_in_kind(self) -> None:
        standing = (Standing(YEAR.whole.starts_on, YEAR.whole.ends_on, {"a": HALF, "b": HALF}),)
        cost = SharedCost("dogs", YEAR, 1000, standing, {"b": 800})
        assert due_of_year(cost) == {"a": 500, "b": -300}
        assert cost.cash_pence == 200

    @given(costs(), st.sampled_from(Rhythm))
    def test_sum_to_the_part_to_the_party_and_to_the_year(
        self, cost: SharedCost, rhythm: Rhythm
    ) -> None:
        found = instalments(cost, rhythm)
        assert sum(each.gross for each in found) == cost.pence
        assert totals(found) == due_of_year(cost)
        months: dict[str, int] = defaultdict(int)
        for each in instalments(cost, Rhythm.MONTH):
            months[each.party] += each.gross
        assert dict(months) == gross_of_year(cost)

    @given(costs())
    def test_months_make_the_quarters(self, cost: SharedCost) -> None:
        months = [each.due for each in instalments(cost, Rhythm.MONTH)]
        width = len(cost.parties)
        quarters = [
            sum(months[(3 * quarter + month) * width + party] for month in range(3))
            for quarter in range(4)
            for party in range(width)
        ]
        assert quarters == [each.due for each in instalments(cost, Rhythm.QUARTER)]

    @given(costs())
    def test_of_who_takes_no_part_yet_is_at_most_a_stray_penny(self, cost: SharedCost) -> None:
        found = instalments(cost, Rhythm.MONTH)
        for part, group in groupby(found, key=lambda each: each.part):
            taking = {
                party
                for each in cost.standing
                if part.days_shared(each.starts_on, each.ends_on)
                for party, share in each.shares.items()
                if share
            }
            assert all(abs(each.gross) <= 1 for each in group if each.party not in taking)
