"""Sets of pairs have one tally exactly when they are equal, whatever their order."""

from hypothesis import given
from hypothesis import strategies as st

from crossforce.assurance.queries import tallies

Pair = tuple[bytes, bytes]
FEW = st.sampled_from([bytes([n]) * 16 for n in range(3)])
PAIRS = st.lists(st.tuples(FEW, st.builds(lambda a, b: a + b, FEW, FEW)), max_size=8)


def tally(key: bytes, pairs: list[Pair]) -> list[int]:
    identifiers, hashes = (
        (b"".join(side) for side in zip(*pairs, strict=True)) if pairs else (b"", b"")
    )
    return list(map(int, tallies.Tallies(key).of(identifiers, hashes)))


@given(PAIRS, PAIRS)
def test_is_equal_exactly_for_equal_sets(one: list[Pair], other: list[Pair]) -> None:
    key = tallies.new_key()
    assert (tally(key, one) == tally(key, other)) == (sorted(one) == sorted(other))


@given(PAIRS, PAIRS)
def test_adds_up(one: list[Pair], other: list[Pair]) -> None:
    key = tallies.new_key()
    parts = zip(tally(key, one), tally(key, other), strict=True)
    assert [sum(each) % (1 << 64) for each in parts] == tally(key, one + other)


def test_another_key_gives_another_tally() -> None:
    pairs = [(bytes(16), bytes(32))]
    assert tally(tallies.new_key(), pairs) != tally(tallies.new_key(), pairs)
