from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.periods import Period, gaps, merged

START = datetime(2014, 4, 1, tzinfo=UTC)
days = st.integers(min_value=0, max_value=60)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    length = draw(st.none() | st.integers(min_value=1, max_value=20))
    return Period(day(start), None if length is None else day(start + length))


def covers(some: list[Period], at: datetime) -> bool:
    return any(period.contains(at) for period in some)


class TestPeriod:
    def test_holds_its_start_and_not_its_end(self) -> None:
        period = Period(day(1), day(2))
        assert period.contains(day(1))
        assert not period.contains(day(2))

    def test_refuses_an_end_at_its_start(self) -> None:
        with pytest.raises(ValueError, match="not after"):
            Period(day(1), day(1))

    def test_refuses_an_instant_without_time_zone(self) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            Period(datetime(2014, 4, 1))  # noqa: DTZ001 - the naive instant is the subject

    @given(periods(), periods(), days)
    def test_shares_exactly_the_instants_that_both_hold(
        self, left: Period, right: Period, number: int
    ) -> None:
        shared = left.intersection(right)
        both = left.contains(day(number)) and right.contains(day(number))
        assert both == (shared is not None and shared.contains(day(number)))


class TestMerged:
    @given(st.lists(periods(), max_size=8), days)
    def test_holds_the_same_instants(self, some: list[Period], number: int) -> None:
        assert covers(list(merged(some)), day(number)) == covers(some, day(number))

    @given(st.lists(periods(), max_size=8))
    def test_leaves_daylight_between_neighbours(self, some: list[Period]) -> None:
        result = list(merged(some))
        for earlier, later in pairwise(result):
            assert earlier.ends_at is not None
            assert earlier.ends_at < later.starts_at


class TestGaps:
    @given(st.lists(periods(), max_size=8), periods(), days)
    def test_are_what_no_period_covers(
        self, some: list[Period], within: Period, number: int
    ) -> None:
        bare = within.contains(day(number)) and not covers(some, day(number))
        assert covers(list(gaps(some, within)), day(number)) == bare
