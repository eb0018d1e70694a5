"""When boards meet: once in each period, on a working day, papers out before."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.boards.choices import Cycle
from crossforce.boards.rules.cycles import (
    MONTHS,
    NotARhythm,
    Planned,
    Rhythm,
    meetings,
    next_meeting,
)
from crossforce.boards.rules.days import WorkingDays
from crossforce.kernel.holidays import bank_holidays

DAYS = WorkingDays()
TIMED = [cycle for cycle in Cycle if cycle is not Cycle.AS_NEEDED]


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    cycle = draw(st.sampled_from(TIMED))
    month = draw(st.integers(1, MONTHS.get(cycle, 1)))
    return Rhythm(cycle, draw(st.integers(0, 4)), draw(st.integers(1, 5)), month)


starts = st.dates(date(2008, 1, 1), date(2035, 1, 1))
own_days_off = st.sets(st.integers(0, 400), max_size=120)


class TestMeetings:
    @given(rhythms(), starts, st.integers(30, 800), own_days_off)
    def test_are_never_on_a_closed_day_and_never_two_in_a_period(
        self, rhythm: Rhythm, first: date, length: int, off: set[int]
    ) -> None:
        closed = {first + timedelta(days=n): "recess" for n in off}
        days = WorkingDays(closed)
        found = meetings(rhythm, first, first + timedelta(days=length), days, 5)
        assert all(days.works(each.on) for each in found)
        for before, after in pairwise(found):
            assert before.on < before.ends_on <= after.starts_on <= after.on

    @given(rhythms(), starts)
    def test_are_one_in_every_whole_period(self, rhythm: Rhythm, first: date) -> None:
        found = meetings(rhythm, first, first + timedelta(days=1500), DAYS, 5)
        for before, after in pairwise(found):
            assert before.ends_on == after.starts_on

    @given(rhythms(), starts, st.integers(1, 15))
    def test_have_their_papers_that_many_working_days_before(
        self, rhythm: Rhythm, first: date, papers: int
    ) -> None:
        for each in meetings(rhythm, first, first + timedelta(days=400), DAYS, papers):
            assert DAYS.between(each.papers_due_on, each.on) == papers

    @given(rhythms(), starts)
    def test_are_the_same_however_the_stretch_is_cut(self, rhythm: Rhythm, first: date) -> None:
        middle, last = first + timedelta(days=200), first + timedelta(days=500)
        whole = meetings(rhythm, first, last, DAYS, 5)
        parts = meetings(rhythm, first, middle, DAYS, 5) + meetings(
            rhythm, middle, last, DAYS, 5
        )
        assert whole == parts

    @pytest.mark.parametrize(
        ("rhythm", "starts_on", "on", "moved"),
        [
            (Rhythm(Cycle.MONTHLY, 0, 1), date(2026, 5, 1), date(2026, 5, 5), "May Day"),
            (Rhythm(Cycle.MONTHLY, 4, 5), date(2026, 12, 1), date(2026, 12, 29), "Christmas"),
            (Rhythm(Cycle.WEEKLY, 4), date(2026, 3, 30), date(2026, 4, 2), "Good Friday"),
            (Rhythm(Cycle.QUARTERLY, 1, 2, 3), date(2026, 4, 1), date(2026, 6, 9), ""),
            (Rhythm(Cycle.YEARLY, 2, 1, 1), date(2026, 4, 1), date(2026, 4, 1), ""),
            (Rhythm(Cycle.HALF_YEARLY, 2, 5, 6), date(2026, 4, 1), date(2026, 9, 30), ""),
        ],
    )
    def test_are_where_a_secretary_would_put_them(
        self, rhythm: Rhythm, starts_on: date, on: date, moved: str
    ) -> None:
        first = meetings(rhythm, starts_on, date(2027, 4, 1), DAYS, 5)[0]
        assert first.on == on
        assert moved in first.moved
        assert bool(first.moved) == bool(moved)

    def test_do_not_come_of_themselves_where_a_board_meets_as_needed(self) -> None:
        rhythm = Rhythm(Cycle.AS_NEEDED)
        assert meetings(rhythm, date(2026, 1, 1), date(2027, 1, 1), DAYS, 5) == ()
        assert next_meeting(rhythm, date(2026, 1, 1), DAYS, 5) is None

    def test_are_left_out_of_a_period_that_is_closed_throughout(self) -> None:
        recess = {date(2026, 8, 1) + timedelta(days=n): "recess" for n in range(31)}
        found = meetings(
            Rhythm(Cycle.MONTHLY), date(2026, 7, 1), date(2026, 10, 1), WorkingDays(recess), 5
        )
        assert [each.on.month for each in found] == [7, 9]


class TestNextMeeting:
    @given(rhythms(), starts)
    def test_is_the_first_after_the_day(self, rhythm: Rhythm, day: date) -> None:
        found = next_meeting(rhythm, day, DAYS, 5)
        assert isinstance(found, Planned)
        assert found.on > day
        assert meetings(rhythm, day + timedelta(days=1), found.on, DAYS, 5) == ()


class TestRhythm:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"weekday": 5},
            {"week": 0},
            {"week": 6},
            {"month": 2},
        ],
    )
    def test_refuses_a_day_that_the_cycle_has_not(self, wrong: dict[str, int]) -> None:
        with pytest.raises(NotARhythm):
            Rhythm(Cycle.MONTHLY, **wrong)


class TestWorkingDays:
    def test_know_days_proclaimed_for_one_occasion(self) -> None:
        assert not DAYS.works(date(2022, 9, 19))
        assert not DAYS.works(date(2023, 5, 8))
        assert date(2020, 5, 8) in bank_holidays(2020)

    @given(starts, st.integers(0, 40))
    def test_count_back_what_they_counted_forth(self, day: date, count: int) -> None:
        assert DAYS.between(day, DAYS.after(day, count)) == count
        assert DAYS.between(DAYS.before(day, count), day) == (
            count if DAYS.works(day) else max(0, count - 1)
        )
