"""Realised against profile, and the lights that follow from it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.benefits.choices import Adds, BenefitClass, Better, Light, Span, Trend
from crossforce.benefits.rules.lights import (
    light,
    per_cent,
)
from crossforce.benefits.rules.profile import Measure, Profile, amount, figure
from crossforce.benefits.rules.realising import (
    NotMeasurable,
    Reading,
    gain,
    realisation,
    trend,
)
from crossforce.benefits.tests.profiles import (
    PRACTICE,
    answering,
    cases,
    quarter,
    readings,
    saving,
)

ON = date(2027, 4, 1)
DAYS = st.dates(date(2026, 4, 1), date(2029, 1, 1))


class TestRealisation:
    def test_sums_what_adds_up(self) -> None:
        found = realisation(
            saving(100, 200, 300), readings(90, 210), quarter(2).ends_on, PRACTICE
        )
        assert [step.planned_so_far for step in found.steps] == [100, 300, 600]
        assert [step.realised_so_far for step in found.steps] == [90, 300, None]
        assert [found.planned, found.realised, found.promised] == [300, 300, 600]

    def test_takes_a_level_as_it_stands(self) -> None:
        found = realisation(answering(18, 15), readings(19, 16), ON, PRACTICE)
        assert [step.planned_so_far for step in found.steps] == [2, 5]
        assert [step.realised_so_far for step in found.steps] == [1, 4]

    def test_scales_a_baseline_that_adds_up_to_the_length_of_the_period(self) -> None:
        profile = answering(1)
        measure, baseline = profile.measure, profile.baseline
        assert measure is not None
        assert baseline is not None
        flow = type(measure)("calls", "calls", Better.LOWER, Adds.UP)
        year = type(baseline)(Fraction(365), baseline.span, "counted")
        assert gain(flow, year, quarter(1), Fraction(80)) == 91 - 80

    def test_counts_the_promise_of_a_period_without_a_reading_and_nothing_realised(
        self,
    ) -> None:
        found = realisation(saving(100, 100), readings(None, 100), ON, PRACTICE)
        assert found.unreported == (quarter(1),)
        assert [found.planned, found.realised] == [200, 100]

    def test_gives_time_to_report(self) -> None:
        profile, due = saving(100), quarter(1).ends_on
        assert not realisation(profile, [], due, PRACTICE).unreported
        late = date(due.year, due.month + 2, due.day)
        assert realisation(profile, [], late, PRACTICE).unreported == (quarter(1),)

    def test_tells_of_readings_of_no_period_and_counts_none_of_them(self) -> None:
        stray = Reading(Span(date(2026, 4, 1), date(2026, 5, 1)), Fraction(5), "by hand")
        found = realisation(saving(100), [stray], date(2026, 6, 1), PRACTICE)
        assert found.strays == (stray,)
        assert found.latest is None
        assert found.realised == 0

    def test_is_refused_without_a_baseline(self) -> None:
        with pytest.raises(NotMeasurable, match="no baseline"):
            realisation(saving(baseline=None), [], ON, PRACTICE)
        with pytest.raises(NotMeasurable, match="no measure"):
            realisation(saving(measure=None), [], ON, PRACTICE)

    @given(cases(), DAYS)
    def test_what_is_realised_is_the_sum_of_its_periods(
        self, case: tuple[Profile, list[Reading]], on: date
    ) -> None:
        profile, read = case
        found = realisation(profile, read, on, PRACTICE)
        assert profile.measure is not None
        if profile.measure.adds is Adds.UP:
            assert found.realised == sum(step.realised or 0 for step in found.steps)
            assert found.promised == sum(step.planned for step in found.steps)

    @given(cases(), DAYS)
    def test_each_period_is_its_gain_over_the_baseline(
        self, case: tuple[Profile, list[Reading]], on: date
    ) -> None:
        profile, read = case
        found = realisation(profile, read, on, PRACTICE)
        assert profile.measure is not None
        assert profile.baseline is not None
        sign = -1 if profile.benefit_class is BenefitClass.DISBENEFIT else 1
        value_of = {each.span: each.value for each in read}
        for step, target in zip(found.steps, profile.targets, strict=True):
            alone = gain(profile.measure, profile.baseline, step.span, target.value)
            assert step.planned == sign * alone
            if step.realised is not None:
                came = gain(profile.measure, profile.baseline, step.span, value_of[step.span])
                assert step.realised == sign * came

    @given(cases(), DAYS)
    def test_the_order_of_readings_changes_nothing(
        self, case: tuple[Profile, list[Reading]], on: date
    ) -> None:
        profile, read = case
        mixed = list(reversed(read))
        assert realisation(profile, read, on, PRACTICE) == realisation(
            profile, mixed, on, PRACTICE
        )

    @given(cases(), DAYS)
    def test_later_days_only_add_to_what_is_unreported(
        self, case: tuple[Profile, list[Reading]], on: date
    ) -> None:
        profile, read = case
        now = realisation(profile, read, on, PRACTICE).unreported
        later = realisation(profile, read, date(2030, 1, 1), PRACTICE).unreported
        assert set(now) <= set(later)


class TestLight:
    @pytest.mark.parametrize(
        ("realised", "says"),
        [
            (1000, Light.GREEN),
            (950, Light.GREEN),
            (949, Light.AMBER),
            (800, Light.AMBER),
            (799, Light.RED),
            (-5, Light.RED),
        ],
    )
    def test_follows_the_share_of_the_profile(self, realised: int, says: Light) -> None:
        profile = saving(1000, 1000)
        found = light(profile, realisation(profile, readings(realised), ON, PRACTICE), PRACTICE)
        assert found.light is (Light.AMBER if says is Light.GREEN else says)
        early = realisation(profile, readings(realised), quarter(1).ends_on, PRACTICE)
        assert light(profile, early, PRACTICE).light is says

    @pytest.mark.parametrize(
        ("lost", "says"),
        [
            (90, Light.BLUE),
            (105, Light.GREEN),
            (106, Light.AMBER),
            (120, Light.AMBER),
            (121, Light.RED),
        ],
    )
    def test_of_a_disbenefit_follows_the_loss(self, lost: int, says: Light) -> None:
        profile = answering(120, benefit_class=BenefitClass.DISBENEFIT)
        found = realisation(profile, readings(20 + lost), quarter(1).ends_on, PRACTICE)
        assert light(profile, found, PRACTICE).light is says

    def test_is_blue_when_all_has_come(self) -> None:
        profile = saving(100, 100)
        done = realisation(profile, readings(90, 110), quarter(2).ends_on, PRACTICE)
        assert light(profile, done, PRACTICE).light is Light.BLUE
        nearly = realisation(profile, readings(90, 109), quarter(2).ends_on, PRACTICE)
        assert light(profile, nearly, PRACTICE).light is Light.GREEN

    def test_says_its_rule_and_its_figures(self) -> None:
        profile = saving(1000, 1000)
        found = light(
            profile, realisation(profile, readings(900), quarter(1).ends_on, PRACTICE), PRACTICE
        )
        assert found.words == (
            "Green from 95 % of the profile, amber from 80 %, else red:"
            " £9 of £10 (90 %) up to 30 June 2026"
        )

    def test_is_none_before_anything_is_reported_and_amber_when_it_is_due(self) -> None:
        profile = saving(100)
        early = light(
            profile, realisation(profile, [], quarter(1).starts_on, PRACTICE), PRACTICE
        )
        assert early.light is Light.NONE
        late = light(profile, realisation(profile, [], ON, PRACTICE), PRACTICE)
        assert late.light is Light.AMBER
        assert "missing 1 April 2026 to 30 June 2026" in late.words

    def test_without_a_promise_is_green_unless_worse(self) -> None:
        profile, on = answering(20, 15), quarter(1).ends_on
        for minutes, says in ((20, Light.GREEN), (21, Light.RED)):
            found = realisation(profile, readings(minutes), on, PRACTICE)
            assert light(profile, found, PRACTICE).light is says
        loss = answering(20, 25, benefit_class=BenefitClass.DISBENEFIT)
        for minutes, says in ((20, Light.GREEN), (21, Light.RED)):
            found = realisation(loss, readings(minutes), on, PRACTICE)
            assert light(loss, found, PRACTICE).light is says

    def test_of_a_qualitative_benefit_is_none(self) -> None:
        profile = saving(benefit_class=BenefitClass.QUALITATIVE)
        found = realisation(profile, readings(100), ON, PRACTICE)
        assert light(profile, found, PRACTICE).light is Light.NONE

    @given(cases(), DAYS)
    def test_follows_from_its_rule(self, case: tuple[Profile, list[Reading]], on: date) -> None:
        profile, read = case
        found = light(profile, realisation(profile, read, on, PRACTICE), PRACTICE)
        assert found.light is told_otherwise(profile, read, on)
        assert found.rule

    def test_follows_from_its_rule_at_every_edge(self) -> None:
        assert len(EDGES) > 500
        for profile, read, on in EDGES:
            found = light(profile, realisation(profile, read, on, PRACTICE), PRACTICE)
            assert found.light is told_otherwise(profile, read, on), (profile, read, on)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"green_from": Fraction(9499, 10_000)},
            {"green_from": Fraction(9501, 10_000)},
            {"amber_from": Fraction(7999, 10_000)},
            {"amber_from": Fraction(8001, 10_000)},
            {"loss_green_to": Fraction(10499, 10_000)},
            {"loss_green_to": Fraction(10501, 10_000)},
            {"loss_amber_to": Fraction(11999, 10_000)},
            {"loss_amber_to": Fraction(12001, 10_000)},
            {"unreported_after": 44},
            {"unreported_after": 46},
        ],
    )
    def test_a_rule_that_is_off_by_a_little_is_found(self, wrong: dict[str, Any]) -> None:
        """The edges tell every threshold from the one beside it."""
        other = replace(PRACTICE, **wrong)
        assert any(
            light(profile, realisation(profile, read, on, other), other).light
            is not told_otherwise(profile, read, on)
            for profile, read, on in EDGES
        )


def edges() -> Iterator[tuple[Profile, list[Reading], date]]:
    """Figures at, just below and just above each threshold, and days on either side of the grace."""
    whole = 1_000_000
    thresholds = (
        0,
        whole * 80 // 100,
        whole * 95 // 100,
        whole,
        whole * 105 // 100,
        whole * 6 // 5,
    )
    values = sorted(
        {each + by for each in thresholds for by in (-50, -1, 0, 1, 50)} - {-50, -1}
    )
    for benefit_class, adds, targets in product(
        (BenefitClass.CASH_RELEASING, BenefitClass.QUANTIFIABLE, BenefitClass.DISBENEFIT),
        Adds,
        ((whole,), (whole, 2 * whole)),
    ):
        better = Better.LOWER if benefit_class is BenefitClass.DISBENEFIT else Better.HIGHER
        profile = saving(
            *targets, benefit_class=benefit_class, measure=Measure("m", "each", better, adds)
        )
        for value, late in product(values, (44, 45, 46)):
            yield profile, readings(value), quarter(len(targets)).ends_on + timedelta(days=late)
    for late in (44, 45):
        yield saving(100), [], quarter(1).ends_on + timedelta(days=late)


def told_otherwise(profile: Profile, read: list[Reading], on: date) -> Light:
    """The light, worked out from the wording of the rule and in whole numbers alone."""
    assert profile.measure is not None
    assert profile.baseline is not None
    is_level = profile.measure.adds is Adds.LEVEL
    is_loss = profile.benefit_class is BenefitClass.DISBENEFIT
    value_of = {each.span: each.value for each in read}

    def better_by(span: Span, value: Fraction) -> Fraction:
        assert profile.measure is not None
        assert profile.baseline is not None
        stood = profile.baseline.value
        if not is_level:
            stood = stood / 365 * (span.ends_on - span.starts_on).days
        up = value - stood
        return up if (profile.measure.better is Better.HIGHER) != is_loss else -up

    missing = [
        t.span
        for t in profile.targets
        if t.span not in value_of and (on - t.span.ends_on).days >= 45
    ]
    last = max(value_of, default=None)
    if last is None:
        return Light.AMBER if missing else Light.NONE
    due = [t for t in profile.targets if t.span <= last]
    if is_level:
        due = due[-1:]
    planned = sum(better_by(t.span, t.value) for t in due)
    come = sum(better_by(t.span, value_of[t.span]) for t in due if t.span in value_of)
    ahead = planned - come if is_loss else come - planned
    if planned <= 0:
        judged = Light.GREEN if ahead >= 0 else Light.RED
    elif is_loss:
        judged = _band(come * 100 <= planned * 105, come * 100 <= planned * 120)
    else:
        judged = _band(come * 100 >= planned * 95, come * 100 >= planned * 80)
    if judged is Light.GREEN and last == profile.targets[-1].span and ahead >= 0:
        judged = Light.BLUE
    return Light.AMBER if missing and judged is not Light.RED else judged


def _band(is_green: bool, is_amber: bool) -> Light:
    return Light.GREEN if is_green else Light.AMBER if is_amber else Light.RED


EDGES = tuple(edges())


class TestTrend:
    @pytest.mark.parametrize(
        ("second", "says"), [(100, Trend.BETTER), (80, Trend.STEADY), (50, Trend.WORSE)]
    )
    def test_compares_with_the_period_before(self, second: int, says: Trend) -> None:
        found = realisation(saving(100, 100), readings(80, second), ON, PRACTICE)
        assert trend(found, PRACTICE) is says

    def test_of_a_loss_less_is_better(self) -> None:
        profile = answering(30, 30, benefit_class=BenefitClass.DISBENEFIT)
        found = realisation(profile, readings(30, 25), ON, PRACTICE)
        assert trend(found, PRACTICE, is_loss=True) is Trend.BETTER

    def test_is_unknown_after_one_reading(self) -> None:
        found = realisation(saving(100, 100), readings(80), ON, PRACTICE)
        assert trend(found, PRACTICE) is Trend.UNKNOWN


class TestWords:
    def test_a_share_below_a_threshold_never_reads_as_if_at_it(self) -> None:
        assert per_cent(Fraction(94999, 100000)) == "94.9 %"
        assert per_cent(Fraction(95, 100)) == "95 %"

    def test_figures_are_short(self) -> None:
        assert [figure(Fraction(each)) for each in (1000, "0.5", "1234.567", 0)] == [
            "1,000",
            "0.5",
            "1,234.57",
            "0",
        ]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (Fraction(11, 30), "officers", "0.4 officers"),
        (Fraction(12), "officers", "12 officers"),
        (Fraction(251, 20), "FTE posts", "12.6 FTE posts"),
        (Fraction(11, 30), "hours", "0.37 hours"),
        (Fraction(1, 25), "assaults per officer", "0.04 assaults per officer"),
        (Fraction(1, 25), "days lost/FTE", "0.04 days lost/FTE"),
        (Fraction(11, 30), "officers per shift", "0.4 officers per shift"),
        (Fraction(199), "pence", "£1.99"),
    ],
)
def test_people_are_told_to_a_tenth(value: Fraction, unit: str, said: str) -> None:
    assert amount(value, unit) == said
