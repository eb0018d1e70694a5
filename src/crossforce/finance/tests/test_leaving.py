"""What leaving costs, what joining costs, and what buying the service costs instead."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.resolve import CannotShare, NoExit
from crossforce.agreements.tests.strategies import DIRECTORY, documents
from crossforce.finance.choices import ExitItem, ExitShare
from crossforce.finance.rules.holdings import Asset, Contract, Holdings, Post, buy_in
from crossforce.finance.rules.leaving import exit_price, exit_prices
from crossforce.finance.rules.services import (
    CannotPrice,
    Posts,
    Tariff,
    at_full_cost,
    fallback,
    value_in_kind,
)
from crossforce.finance.tests.agreed import AVON, GLOS, WILTS, costed, joint, shares
from crossforce.kernel.civil import day_of
from crossforce.kernel.rulepacks import load

NOTICE = date(2016, 5, 1)
LEAVES = date(2018, 4, 1)
"""A year's notice from May 2016 takes effect at the end of March 2018."""
HELD = Holdings(
    contracts=[
        Contract("vehicles", "Vehicle lease", 36_500, date(2018, 7, 10)),
        Contract("radio", "Radio network", 365_000, date(2020, 4, 1), break_pence=900),
        Contract("over", "A contract that is over", 10_000, date(2017, 1, 1)),
    ],
    assets=[Asset("hangar", "Hangar", date(2014, 4, 2), 8_000, 8, ExitShare.EQUAL)],
    posts=[
        Post("sergeant", "Shift sergeant", date(2015, 1, 1), None, 3_000),
        Post("gone", "A post that has ended", date(2015, 1, 1), date(2016, 1, 1), 5_000),
        Post("own", "The leaver's own clerk", date(2015, 1, 1), None, 70, ExitShare.WHOLE),
    ],
)


class TestHoldings:
    def test_are_worth_what_is_left_of_them(self) -> None:
        found = {each.code: each.pence for each in HELD.at(LEAVES)}
        assert found == {
            "vehicles": 10_000, "radio": 900, "hangar": 4_000, "sergeant": 3_000, "own": 70,
        }  # fmt: skip

    def test_are_worth_nothing_before_and_after_their_life(self) -> None:
        hangar = HELD.assets[0]
        assert [hangar.at(date(year, 4, 2)) for year in (2013, 2014, 2030)] == [0, 8_000, 0]
        with pytest.raises(ValueError, match="a year at least"):
            Asset("x", "x", LEAVES, 1, 0)


class TestExitPrice:
    def test_is_the_sum_of_dated_lines(self) -> None:
        found = exit_price(joint(), GLOS, NOTICE, DIRECTORY, HELD)
        assert found.leave.leaves_on == LEAVES
        assert [(line.code, line.total_pence, line.pence) for line in found.lines] == [
            ("notice", 153, 64),
            ("unavoidable-costs", 600, 600),
            ("radio", 900, 300),
            ("vehicles", 10_000, 3_333),
            ("own", 70, 70),
            ("sergeant", 3_000, 1_000),
            ("fixed-charge", 100, 33),
            ("asset-entitlement", -50, -17),
        ]
        assert found.pence == sum(line.pence for line in found.lines) == 5_383

    def test_counts_no_second_figure_for_what_the_agreement_states(self) -> None:
        found = exit_price(joint(), GLOS, NOTICE, DIRECTORY, HELD)
        assert [(line.code, line.item) for line in found.set_aside] == [
            ("hangar", ExitItem.ASSET)
        ]

    def test_says_which_costs_are_not_known(self) -> None:
        terms = costed('method = "equal"')
        found = exit_price(terms, GLOS, NOTICE, DIRECTORY, Holdings())
        assert found.unknown == ("roads-policing: the yearly cost is not known in pence",)

    def test_is_refused_for_one_who_takes_no_part_or_has_no_way_out(self) -> None:
        with pytest.raises(CannotShare):
            exit_price(joint(), "dorset", NOTICE, DIRECTORY, HELD)
        with pytest.raises(NoExit):
            exit_price(joint(), AVON, date(2010, 1, 1), DIRECTORY, HELD)

    def test_of_each_says_why_where_it_cannot_be_said(self) -> None:
        found = exit_prices(joint(), NOTICE, DIRECTORY, HELD)
        assert set(found.known) == {AVON, WILTS, GLOS}
        assert found.unknown == {}
        left = resolve.after_leaving(
            joint(), {WILTS: resolve.leave_date(joint(), date(2015, 1, 1)).leaves_at}
        )
        assert (
            "wiltshire does not take part"
            in exit_prices(left, date(2016, 1, 1), DIRECTORY, HELD).unknown[WILTS]
        )

    @given(st.data())
    @settings(max_examples=30)
    def test_is_borne_by_all_to_the_penny(self, data: st.DataObject) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        notice = day_of(terms.valid.starts_at) + timedelta(days=data.draw(st.integers(0, 700)))
        found = exit_prices(terms, notice, DIRECTORY, HELD)
        for force, price in found.known.items():
            settled = resolve.settlement(terms, force, price.leave.last_day, DIRECTORY)
            stated = {line.item: line.pence for line in settled.lines}
            for line in (*price.lines, *price.set_aside):
                assert sum(line.parts.values()) == line.total_pence
                assert line.parts.get(force, 0) == line.pence
            fixed = [line for line in price.lines if line.code == line.item.value]
            assert sum(line.pence for line in fixed if line.code != "notice") == settled.pence
            assert {line.code for line in fixed} - {"notice"} == set(stated)


class TestBuyIn:
    ASSETS = (Asset("hangar", "Hangar", date(2014, 4, 2), 9_000, 8),)

    def test_pays_those_who_bought(self) -> None:
        before = dict.fromkeys((AVON, WILTS), Fraction(1, 2))
        after = dict.fromkeys((AVON, GLOS, WILTS), Fraction(1, 3))
        found = buy_in(self.ASSETS, date(2014, 4, 2), before, after)
        assert found == {AVON: -1_500, GLOS: 3_000, WILTS: -1_500}

    @given(shares(), shares(), st.integers(0, 4_000))
    def test_is_nothing_together(
        self, before: dict[str, Fraction], after: dict[str, Fraction], days: int
    ) -> None:
        on = date(2014, 4, 2) + timedelta(days=days)
        assert sum(buy_in(self.ASSETS, on, before, after).values()) == 0


class TestFallback:
    TARIFFS = (
        Tariff("dogs", "hour", 4_000, "clause 9"),
        Tariff("search", "search", 25_000, "clause 9"),
    )

    def test_is_what_is_used_at_the_tariff(self) -> None:
        months = load("finance-practice").value("exit.fallback-months", NOTICE)
        found = fallback(GLOS, self.TARIFFS, {"dogs": 100, "search": 3}, months, 300_000)
        assert [(line.units, line.pence) for line in found.lines] == [
            (150, 600_000),
            (5, 125_000),
        ]
        assert (found.pence, found.instead_of_pence, found.dearer_by) == (
            725_000,
            450_000,
            275_000,
        )

    def test_has_no_line_for_what_is_not_used(self) -> None:
        assert fallback(GLOS, self.TARIFFS, {"dogs": 0}, 18, 0).lines == ()

    def test_is_refused_without_a_price(self) -> None:
        with pytest.raises(CannotPrice, match="boats"):
            fallback(GLOS, self.TARIFFS, {"boats": 1}, 18, 0)

    def test_takes_the_full_cost_where_no_tariff_is_agreed(self) -> None:
        assert at_full_cost("dogs", "hour", 1_000, 3).pence == 334
        with pytest.raises(CannotPrice, match="nobody used dogs"):
            at_full_cost("dogs", "hour", 1_000, 0)


class TestValueInKind:
    def test_is_posts_at_the_standard_rate_for_their_days(self) -> None:
        posts = [Posts("constable", Fraction(3, 2), 365), Posts("sergeant", Fraction(1), 73)]
        rates = {"constable": 5_000_000, "sergeant": 6_000_000}
        assert value_in_kind(posts, rates, 365) == 7_500_000 + 1_200_000

    def test_is_refused_without_a_rate(self) -> None:
        with pytest.raises(CannotPrice, match="inspector"):
            value_in_kind([Posts("inspector", Fraction(1), 365)], {}, 365)
