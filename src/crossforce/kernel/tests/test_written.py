"""Numbers and days as people write them: a comma stands between thousands only, the day before the month."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.written import (
    NoSuchDay,
    NotADay,
    NotANumber,
    day,
    days_named,
    may_be_two_days,
    number,
    pence,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.5"),
        (" 1,234,567.50 ", "1234567.5"),
        ("£1,234", "1234"),
        ("-£ 1,234", "-1234"),
        ("(1,234.00)", "-1234"),
        ("1 234\u00a0567", "1234567"),
        ("+.5", "0.5"),
        ("7.", "7"),
    ],
)
def test_is_read_as_it_is_meant(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "1,5", "1,23,456", "1234,567", ",5", "1.5,000", "1,234 567", "1e5", "nan", "٣", "1_0",
     "--1", "(-1)", "(1", "9" * 41, "£", "."],
)  # fmt: skip
def test_what_could_be_meant_otherwise_is_refused(text: str) -> None:
    with pytest.raises(NotANumber, match="commas between thousands only"):
        number(text)


@given(st.integers(-(10**12), 10**12))
def test_what_is_written_with_commas_is_read_back(value: int) -> None:
    pounds, rest = divmod(abs(value), 100)
    assert pence(f"{'-' if value < 0 else ''}£{pounds:,}.{rest:02d}") == value


def test_parts_of_a_penny_are_no_sum() -> None:
    with pytest.raises(NotANumber):
        pence("1.005")


@pytest.mark.parametrize(
    "text",
    ["2026-04-03", "2026-4-3 00:00", "3/4/2026", "03.04.2026", " 3 April 2026", "3rd Apr 2026",
     "3rd of April, 2026", "3 Ebrill 2026", "3ydd o Ebrill 2026"],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written_here(text: str) -> None:
    assert day(text) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text", ["", "3/4/26", "3 ma 2026", "3 ju 2026", "7 July", "3 mei 2026"]
)
def test_what_is_no_whole_day_is_refused(text: str) -> None:
    with pytest.raises(NotADay, match="Write a whole day"):
        day(text)


@pytest.mark.parametrize("text", ["2026-02-29", "31/4/2026", "0 April 2026", "4/13/2026"])
def test_a_day_that_never_comes_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDay):
        day(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Programme Board, 3rd June 2026, decision 4", [date(2026, 6, 3)]),
        ("Bwrdd, 1af o Fehefin 2026; 2il Ionawr 2027", [date(2026, 6, 1), date(2027, 1, 2)]),
        ("2024-06-03, then 3/6/2026", [date(2024, 6, 3), date(2026, 6, 3)]),
        ("Minute 12, March 3rd, 2026", [date(2026, 3, 3)]),
        ("Board 3 2026; 31 April 2026; 12024-06-031", []),
    ],
)
def test_the_days_that_words_name_are_found(text: str, named: list[date]) -> None:
    assert list(days_named(text)) == named


@pytest.mark.parametrize(
    ("text", "is_open"), [("3/4/2026", True), ("4/4/2026", False), ("13/4/2026", False)]
)
def test_a_day_may_be_two(text: str, is_open: bool) -> None:
    assert may_be_two_days(text) is is_open
