"""Appraisal by the figures of the rule pack."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.finance.rules.appraisal import (
    Band,
    CannotAppraise,
    Flow,
    appraise,
    bands,
    beyond_doing_minimum,
    factor,
    optimism_bias,
    sensitivity,
)
from crossforce.kernel.rulepacks import load

PACK = load("finance-practice")
ON = date(2026, 4, 1)
STANDARD = bands(PACK, "standard", ON)
FLOWS = st.lists(
    st.builds(Flow, st.integers(0, 60), st.integers(0, 10**9), st.integers(0, 10**9)),
    max_size=6,
)


class TestFactor:
    @pytest.mark.parametrize(
        ("year", "worth"),
        [
            (0, "1.0000"),
            (1, "0.9662"),
            (10, "0.7089"),
            (30, "0.3563"),
            (31, "0.3459"),
            (50, "0.1973"),
        ],
    )
    def test_is_three_and_a_half_per_cent_and_three_after_thirty_years(
        self, year: int, worth: str
    ) -> None:
        assert f"{float(factor(year, STANDARD)):.4f}" == worth

    def test_is_lower_for_health(self) -> None:
        assert factor(1, bands(PACK, "health", ON)) == Fraction(1000, 1015)

    def test_is_refused_where_there_is_no_rate(self) -> None:
        with pytest.raises(CannotAppraise, match="year 6"):
            factor(6, [Band(Fraction(1, 10), 5)])
        with pytest.raises(CannotAppraise, match="spent"):
            factor(-1, STANDARD)
        with pytest.raises(CannotAppraise, match="art"):
            bands(PACK, "art", ON)


class TestAppraisal:
    CASE = (Flow(0, cost=100_000), Flow(1, benefit=103_500), Flow(2, benefit=107_122))

    def test_is_benefit_less_cost_at_present_value(self) -> None:
        found = appraise(self.CASE, STANDARD)
        assert found.npsv == 100_000
        assert found.bcr is not None
        assert round(found.bcr, 3) == 2

    def test_raises_costs_by_the_bias_and_benefits_by_nothing(self) -> None:
        found = appraise(self.CASE, STANDARD, optimism_bias(PACK, "standard-building", ON))
        assert found.cost == 124_000
        assert found.npsv == 76_000
        with pytest.raises(CannotAppraise, match="castle"):
            optimism_bias(PACK, "castle", ON)

    def test_has_no_ratio_without_a_cost(self) -> None:
        assert appraise([Flow(0, benefit=1)], STANDARD).bcr is None

    def test_is_repeated_under_other_uplifts(self) -> None:
        found = sensitivity(self.CASE, STANDARD, {"none": Fraction(0), "double": Fraction(1)})
        assert {name: each.npsv for name, each in found.items()} == {
            "none": 100_000,
            "double": 0,
        }

    @given(FLOWS, FLOWS)
    def test_beyond_doing_the_minimum_is_the_difference(
        self, option: list[Flow], minimum: list[Flow]
    ) -> None:
        found = appraise(beyond_doing_minimum(option, minimum), STANDARD)
        one, other = appraise(option, STANDARD), appraise(minimum, STANDARD)
        assert found.benefit - found.cost == one.benefit - one.cost - other.benefit + other.cost
        assert abs(found.npsv - (one.npsv - other.npsv)) <= 1
