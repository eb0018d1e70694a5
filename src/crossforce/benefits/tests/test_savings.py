"""Savings programmes, the same saving in every area, and posts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.benefits.choices import Confidence, Counting, Light, Recurrence
from crossforce.benefits.rules.areas import Area, every_area, years_judged
from crossforce.benefits.rules.savings import (
    Saving,
    YearTarget,
    cash_in_year,
    counted_forecast,
    mixed,
    new_in_year,
    programme,
)
from crossforce.benefits.rules.savings_light import SoFar, light, so_far
from crossforce.benefits.rules.workforce import WorkforceImpact, breach
from crossforce.benefits.tests.profiles import PRACTICE
from crossforce.kernel.civil import financial_year

DAYS = st.dates(date(2009, 1, 1), date(2015, 12, 31))
SAVINGS = st.builds(
    Saving,
    st.uuids().map(str),
    st.sampled_from(("hampshire", "thames-valley")),
    st.integers(0, 10**11),
    DAYS,
    st.sampled_from(Recurrence),
    st.none(),
    st.none() | st.sampled_from(Confidence),
)
MILLION = 100_000_000
YEARS = range(2008, 2018)


class TestSaving:
    def test_half_way_through_a_year_is_half(self) -> None:
        half = Saving("1", "hampshire", 365_00, date(2011, 10, 1))
        worth = [cash_in_year(half, year) for year in (2010, 2011, 2012)]
        assert worth == [0, 182_50, 365_00]  # a leap year: 183 of 366 days

    @given(SAVINGS)
    def test_what_is_new_adds_up_to_what_is_saved_in_the_year(self, saving: Saving) -> None:
        if saving.recurrence is Recurrence.RECURRENT:
            total = 0
            for year in YEARS:
                total += new_in_year(saving, year)
                assert total == cash_in_year(saving, year)
        else:
            worth = {year: cash_in_year(saving, year) for year in YEARS}
            assert worth.pop(financial_year(saving.starts_on)) == saving.full_year
            assert not any(worth.values())

    @given(SAVINGS, DAYS)
    def test_what_ends_and_goes_on_under_another_name_is_the_same(
        self, saving: Saving, day: date
    ) -> None:
        if saving.recurrence is Recurrence.ONE_OFF or day <= saving.starts_on:
            return
        first = Saving("a", saving.force, saving.full_year, saving.starts_on, ends_on=day)
        then = Saving("b", saving.force, saving.full_year, day)
        for year in YEARS:
            assert cash_in_year(first, year) + cash_in_year(then, year) == cash_in_year(
                saving, year
            )


class TestProgramme:
    TARGETS = tuple(YearTarget("thames-valley", 2011 + n, 13 * MILLION) for n in range(4))

    def test_cumulates_and_says_the_gap(self) -> None:
        savings = [
            Saving("restructure", "thames-valley", 10 * MILLION, date(2011, 4, 1)),
            Saving(
                "estates",
                "thames-valley",
                2 * MILLION,
                date(2012, 4, 1),
                confidence=Confidence.MEDIUM,
            ),
        ]
        lines = programme(self.TARGETS, savings, PRACTICE.confidence)
        assert [line.gap for line in lines] == [
            3 * MILLION,
            3 * MILLION - 120_000_000,
            3 * MILLION - 120_000_000,
            3 * MILLION - 120_000_000,
        ]
        last = lines[-1]
        assert last.target_so_far == 52 * MILLION
        assert last.realised_so_far == 40 * MILLION
        assert last.gap_so_far == 12 * MILLION - 360_000_000

    def test_counts_what_is_new_where_the_target_is_of_that(self) -> None:
        savings = [Saving("restructure", "thames-valley", 10 * MILLION, date(2011, 4, 1))]
        new = [replace(each, counting=Counting.NEW) for each in self.TARGETS]
        lines = programme(new, savings, PRACTICE.confidence)
        assert [line.realised for line in lines] == [10 * MILLION, 0, 0, 0]
        assert list(mixed(new)) == list(mixed(self.TARGETS)) == []

    def test_says_which_force_counts_now_this_and_now_that(self) -> None:
        targets = [replace(self.TARGETS[0], counting=Counting.NEW), *self.TARGETS[1:]]
        (said,) = mixed([*targets, YearTarget("hampshire", 2011, 1)])
        assert said.startswith("The targets of thames-valley count cash in some years")
        savings = [Saving("restructure", "thames-valley", 10 * MILLION, date(2010, 4, 1))]
        lines = programme(targets, savings, PRACTICE.confidence)
        assert [line.realised for line in lines] == [0, *[10 * MILLION] * 3]

    def test_a_force_has_one_target_in_a_year(self) -> None:
        with pytest.raises(ValueError, match="add the two together"):
            programme((*self.TARGETS, self.TARGETS[0]), [], PRACTICE.confidence)

    @given(st.lists(SAVINGS, max_size=8), st.sampled_from(Counting))
    def test_the_lines_are_the_sums_of_their_savings(
        self, savings: list[Saving], counting: Counting
    ) -> None:
        targets = [
            YearTarget(force, year, 5 * MILLION, counting)
            for force in ("hampshire", "thames-valley")
            for year in YEARS
        ]
        of = cash_in_year if counting is Counting.CASH else new_in_year
        lines = programme(targets, savings, PRACTICE.confidence)
        for line in lines:
            own = [each for each in savings if each.force == line.force]
            sure = [each for each in own if each.confidence is None]
            assert line.realised == sum(of(each, line.year) for each in sure)
            assert line.realised + line.forecast == sum(of(each, line.year) for each in own)
            assert abs(line.counted) <= abs(line.forecast)
            upto = [
                each for each in lines if each.force == line.force and each.year <= line.year
            ]
            assert line.gap_so_far == sum(each.gap for each in upto)

    def test_a_forecast_counts_as_far_as_it_is_sure(self) -> None:
        assert counted_forecast(101, Fraction(1, 2)) == 50
        assert counted_forecast(1000, PRACTICE.confidence[Confidence.HIGH]) == 900


AREAS = st.lists(
    st.builds(
        Area,
        st.text(min_size=1, max_size=5),
        st.integers(0, 10**9),
        st.integers(-(10**6), 10**8),
    ),
    max_size=6,
)


class TestEveryArea:
    def test_fails_when_one_fails_and_names_it(self) -> None:
        areas = [Area("custody", 1000_00, 49_99), Area("estates", 1000_00, 900_00)]
        found = every_area(areas, PRACTICE.every_area)
        assert not found.is_met
        assert found.failing == (areas[0],)
        assert found.signal.words == (
            "Every business area saves at least 5 % of its baseline, all at once:"
            " custody 4.9 % (£49.99 of £1,000)"
        )

    def test_is_met_at_the_very_figure(self) -> None:
        assert every_area([Area("custody", 1000, 50)], PRACTICE.every_area).is_met

    def test_nobody_can_tell_without_a_baseline(self) -> None:
        found = every_area([Area("custody", 0, 50)], PRACTICE.every_area)
        assert "custody has no baseline" in found.signal.words
        assert every_area([], PRACTICE.every_area).signal.light is Light.NONE

    def test_is_judged_by_the_years_that_have_a_target_and_have_begun(self) -> None:
        assert years_judged([2027, 2008, 2026, 2008], 2026) == (2008, 2026)
        assert years_judged([2027], 2026) == ()
        assert years_judged([], 2026) == (2026,)

    @given(AREAS)
    def test_names_exactly_those_below(self, areas: Sequence[Area]) -> None:
        found = every_area(areas, Fraction(1, 20))
        low = [each for each in areas if each.baseline <= 0 or each.saved * 20 < each.baseline]
        assert list(found.failing) == low
        assert found.is_met == (bool(areas) and not low)


class TestWorkforce:
    @pytest.mark.parametrize(
        ("impact", "says"),
        [
            (WorkforceImpact("hampshire", 10, 6, 4), ""),
            (WorkforceImpact("hampshire", 10, 6, 3, 1), "has lost 1 posts"),
            (
                WorkforceImpact("hampshire", 10, 6),
                "4 posts at risk of which nothing is settled",
            ),
        ],
    )
    def test_no_job_losses(self, impact: WorkforceImpact, says: str) -> None:
        assert says in breach(impact, 0)
        assert bool(says) == bool(breach(impact, 0))


class TestLightOfAProgramme:
    @pytest.mark.parametrize(
        ("come", "expected"),
        [(100, Light.GREEN), (95, Light.GREEN), (94, Light.AMBER), (10, Light.RED)],
    )
    def test_follows_from_the_years_that_have_begun(self, come: int, expected: Light) -> None:
        target = YearTarget("hampshire", 2008, 100), YearTarget("hampshire", 2009, 900)
        saved = Saving("1", "hampshire", come, date(2008, 4, 1), Recurrence.ONE_OFF)
        found = so_far(programme(target, [saved], PRACTICE.confidence), 2008)
        assert found == SoFar(1000, come, 100, come)
        assert light(found, PRACTICE).light is expected
        assert light(so_far([], 2008), PRACTICE).light is Light.NONE
