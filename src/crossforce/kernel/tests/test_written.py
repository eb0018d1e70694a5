"""Numbers as people write them: a comma stands between thousands only."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.written import NotANumber, number, pence


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
