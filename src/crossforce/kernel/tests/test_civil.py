from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel import civil

modern = st.dates(min_value=date(1972, 1, 1), max_value=date(2037, 12, 30))


class TestInstant:
    def test_of_a_summer_day_is_an_hour_before_midnight_universal_time(self) -> None:
        assert civil.instant(date(2014, 7, 1)) == datetime(2014, 6, 30, 23, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
    )
    def test_knows_the_days_the_clocks_change(self, day: date, hours: int) -> None:
        length = civil.instant(civil.next_day(day)) - civil.instant(day)
        assert length == timedelta(hours=hours)

    @given(modern)
    def test_begins_the_day_it_is_the_start_of(self, day: date) -> None:
        assert civil.day_of(civil.instant(day)) == day
        assert civil.day_of(civil.instant(day) - timedelta(microseconds=1)) == day - timedelta(
            days=1
        )


class TestTimeOfDay:
    @pytest.mark.parametrize(
        ("hour", "says"), [(0, "01:30 BST"), (1, "01:30 GMT"), (2, "02:30"), (12, "12:30")]
    )
    def test_tells_the_two_hours_apart_that_the_clocks_repeat(
        self, hour: int, says: str
    ) -> None:
        assert civil.time_of_day(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) == says

    def test_is_plain_where_the_clocks_leave_an_hour_out(self) -> None:
        assert civil.time_of_day(datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) == "00:30"
        assert civil.time_of_day(datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == "02:30"


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "then"),
        [
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2023, 11, 30), 12, date(2024, 11, 30)),
            (date(2024, 3, 31), -1, date(2024, 2, 29)),
        ],
    )
    def test_keeps_the_day_or_takes_the_last(self, day: date, months: int, then: date) -> None:
        assert civil.add_months(day, months) == then


def test_the_financial_year_begins_on_the_first_of_april() -> None:
    assert civil.financial_year(date(2016, 3, 31)) == 2015
    assert civil.financial_year(date(2016, 4, 1)) == 2016
