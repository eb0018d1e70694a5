"""Gaps of two periods that follow each other are those of the whole, where the same is known of both."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crossforce.duty.rules import board
from crossforce.duty.rules.board import Gap, Span, Wanted

BEGINS = datetime(2026, 11, 21, 9, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=24)
UNITS = ("one", "two")
COVER = [
    Wanted("one", "", "1234567", time(7), time(7), 2),
    Wanted("one", "dogs", "6", time(12), time(18), 1),
    Wanted("two", "", "67", time(22), time(6), 3),
]
hours = st.integers(-3, 30).map(lambda n: BEGINS + timedelta(hours=n))
SPANS = st.lists(
    st.builds(
        Span,
        starts_at=hours,
        ends_at=hours,
        unit=st.sampled_from(UNITS),
        function=st.sampled_from(("", "dogs")),
        people=st.integers(1, 3),
    ),
    max_size=8,
)


@given(SPANS, st.integers(1, 23))
def test_the_parts_are_the_whole(spans: list[Span], cut: int) -> None:
    duties = [each for each in spans if each.starts_at < each.ends_at]
    at = BEGINS + timedelta(hours=cut)
    before, after = (
        board.gaps(COVER, duties, *period) for period in ((BEGINS, at), (at, ENDS))
    )
    assert board.following(before, after, UNITS) == board.gaps(COVER, duties, BEGINS, ENDS)


def test_a_unit_that_is_told_of_no_longer_may_go_on() -> None:
    gap = Gap("one", "", BEGINS, ENDS, 1, 2, is_open=True)
    assert board.following([gap], [], ["two"]) == [gap]
    assert board.following([gap], [], UNITS) == [replace(gap, is_open=False)]
