from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.money import allocate, in_parts, in_pounds

weights = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=43).filter(
    any
)


def shares_of(some: list[int]) -> dict[str, Fraction]:
    return {f"force-{place:02d}": Fraction(each, sum(some)) for place, each in enumerate(some)}


class TestAllocate:
    @given(st.integers(min_value=-(10**12), max_value=10**12), weights)
    def test_gives_out_every_penny(self, pence: int, some: list[int]) -> None:
        assert sum(allocate(pence, shares_of(some)).values()) == pence

    @given(st.integers(min_value=0, max_value=10**12), weights)
    def test_is_within_a_penny_of_the_exact_share(self, pence: int, some: list[int]) -> None:
        shares = shares_of(some)
        parts = allocate(pence, shares)
        assert all(abs(parts[key] - pence * shares[key]) < 1 for key in shares)

    def test_gives_the_odd_penny_to_the_earlier_party(self) -> None:
        third = Fraction(1, 3)
        assert allocate(100, {"wiltshire": third, "dorset": third, "gwent": third}) == {
            "wiltshire": 34,
            "dorset": 33,
            "gwent": 33,
        }

    @pytest.mark.parametrize(
        "shares", [{"a": Fraction(99, 100)}, {"a": Fraction(2), "b": Fraction(-1)}]
    )
    def test_refuses_shares_that_are_not_a_whole(self, shares: dict[str, Fraction]) -> None:
        with pytest.raises(ValueError, match="sum to exactly 1"):
            allocate(100, shares)


@given(weights)
def test_shares_that_are_read_add_up(some: list[int]) -> None:
    told = in_parts(shares_of(some)).values()
    if any(each.endswith("%") for each in told):
        assert sum(Decimal(each.removesuffix("%")) for each in told) == 100
    else:
        assert sum(Fraction(each) for each in told) == 1


def test_shares_are_read_as_fractions_only_where_all_are_simple() -> None:
    assert in_parts({"a": Fraction(1, 3), "b": Fraction(2, 3)}) == {"a": "1/3", "b": "2/3"}
    third = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 6), "d": Fraction(1, 6)}
    eighths = {"a": Fraction(1, 16), "b": Fraction(1, 16), "c": Fraction(7, 8)}
    assert in_parts(third)["c"] == "1/6"
    assert in_parts(eighths) == {"a": "6.25%", "b": "6.25%", "c": "87.50%"}
    odd = {"a": Fraction(2, 21), "b": Fraction(2, 21), "c": Fraction(17, 21)}
    assert in_parts(odd) == {"a": "9.53%", "b": "9.52%", "c": "80.95%"}


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "£0"), (123_456, "£1,234.56"), (-5, "-£0.05"), (1_600_000_000, "£16,000,000")],
)
def test_pounds_read_as_they_are_spoken(pence: int, words: str) -> None:
    assert in_pounds(pence) == words
