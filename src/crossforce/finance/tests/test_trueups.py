"""The end of a year, and what turns out after it has been closed."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.finance.choices import RestOfYear, Rhythm
from crossforce.finance.rules.forecasts import CannotForecast, Month, budgeted, forecast
from crossforce.finance.rules.sharing import SharedCost, due_of_year
from crossforce.finance.rules.standing import Standing
from crossforce.finance.rules.trueups import correction, true_up
from crossforce.finance.tests.agreed import YEAR, costs

PAID = st.dictionaries(st.sampled_from("abcdefg"), st.integers(-(10**9), 10**9))
THIRDS = (
    Standing(YEAR.whole.starts_on, YEAR.whole.ends_on, dict.fromkeys("abc", Fraction(1, 3))),
)
MONTHS = YEAR.parts(Rhythm.MONTH)


class TestTrueUp:
    def test_is_the_share_of_the_actual_less_what_was_paid(self) -> None:
        found = true_up(
            SharedCost("dogs", YEAR, 1000, THIRDS, {"c": 100}), {"a": 300, "b": 350}
        )
        assert found.balances() == {"a": 34, "b": -17, "c": 233}

    def test_gives_back_what_one_without_a_share_has_paid(self) -> None:
        found = true_up(SharedCost("dogs", YEAR, 900, THIRDS), {"left": 40})
        assert found.balances()["left"] == -40

    @given(costs(), PAID)
    def test_sums_to_what_was_spent_less_what_was_paid(
        self, actual: SharedCost, paid: dict[str, int]
    ) -> None:
        found = true_up(actual, paid)
        assert sum(found.balances().values()) == actual.cash_pence - sum(paid.values())

    @given(costs(), PAID)
    def test_of_a_true_up_is_nothing(self, actual: SharedCost, paid: dict[str, int]) -> None:
        first = true_up(actual, paid)
        settled = Counter(paid)
        settled.update(first.balances())
        assert set(true_up(actual, settled).balances().values()) <= {0}
        assert first.paid() == {party: settled[party] for party in first.paid()}

    @given(costs())
    def test_of_who_paid_what_was_due_is_nothing(self, actual: SharedCost) -> None:
        assert not any(true_up(actual, due_of_year(actual)).balances().values())


class TestCorrection:
    @given(costs(), PAID, st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=4))
    def test_of_corrections_adds_up_to_the_true_up_of_what_is_known_last(
        self, actual: SharedCost, paid: dict[str, int], later: list[int]
    ) -> None:
        closed = true_up(actual, paid)
        settled = Counter(closed.balances())
        for pence in later:
            corrected = correction(closed, pence)
            settled.update(corrected.differences)
            closed = corrected.now
        last = true_up(replace(actual, pence=later[-1]), paid)
        assert dict(settled) == last.balances()

    def test_leaves_the_closed_year_as_it_was(self) -> None:
        closed = true_up(SharedCost("dogs", YEAR, 900, THIRDS), {"a": 900})
        found = correction(closed, 930)
        assert found.closed is closed
        assert found.differences == {"a": 10, "b": 10, "c": 10}

    def test_takes_what_turns_out_to_have_been_given_in_kind(self) -> None:
        closed = true_up(SharedCost("dogs", YEAR, 900, THIRDS), {})
        assert correction(closed, 900, {"b": 50}).differences == {"a": 0, "b": -50, "c": 0}


class TestForecast:
    SPENT = (120, 130, 110)

    def months(self, *actual: int, budget: int = 1200) -> tuple[Month, ...]:
        return tuple(
            replace(each, actual=actual[n] if n < len(actual) else None)
            for n, each in enumerate(budgeted(budget, MONTHS))
        )

    @pytest.mark.parametrize(
        ("rule", "outturn"),
        [
            (RestOfYear.AS_BUDGETED, 360 + 900),
            (RestOfYear.AS_SO_FAR, 360 + 1080),
            (RestOfYear.AS_BUDGET_WENT, 360 + 1080),
        ],
    )
    def test_goes_by_its_rule(self, rule: RestOfYear, outturn: int) -> None:
        found = forecast(self.months(*self.SPENT), rule)
        assert (found.so_far, found.outturn) == (360, outturn)
        assert found.over_budget == outturn - 1200
        assert len(found.rest) == 9

    def test_takes_stated_figures(self) -> None:
        found = forecast(self.months(*self.SPENT), RestOfYear.STATED, [5] * 9)
        assert found.outturn == 405

    def test_is_the_budget_before_anything_is_spent(self) -> None:
        assert forecast(self.months(), RestOfYear.AS_BUDGETED).over_budget == 0

    @given(
        st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12),
        st.integers(-(10**9), 10**9),
    )
    def test_is_the_actual_when_the_year_is_over(self, actual: list[int], budget: int) -> None:
        for rule in (RestOfYear.AS_BUDGETED, RestOfYear.STATED, RestOfYear.AS_SO_FAR):
            assert forecast(self.months(*actual, budget=budget), rule).outturn == sum(actual)

    @pytest.mark.parametrize(
        ("actual", "budget", "rule", "says"),
        [
            ((), 12, RestOfYear.AS_SO_FAR, "nothing is closed"),
            ((), 12, RestOfYear.AS_BUDGET_WENT, "nothing is closed"),
            ((1,), 0, RestOfYear.AS_BUDGET_WENT, "nothing to compare"),
            ((1,), 12, RestOfYear.STATED, "0 figures are stated for 11"),
        ],
    )
    def test_is_refused_rather_than_guessed(
        self, actual: tuple[int, ...], budget: int, rule: RestOfYear, says: str
    ) -> None:
        with pytest.raises(CannotForecast, match=says):
            forecast(self.months(*actual, budget=budget), rule)

    def test_is_refused_when_a_month_is_missing(self) -> None:
        first, *rest = self.months(1, 2)
        with pytest.raises(CannotForecast, match="no actual"):
            forecast([replace(first, actual=None), *rest], RestOfYear.AS_BUDGETED)
