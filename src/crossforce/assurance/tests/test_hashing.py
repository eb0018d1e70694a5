"""Many hashed at once are what each is by itself, whatever their number and lengths."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from crossforce.assurance.queries import hashing
from crossforce.transparency import entry, tree

ENTRIES = st.lists(st.binary(max_size=300), max_size=40)
ROWS = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


@given(ENTRIES)
def test_leaves_are_what_the_library_makes_of_each(entries: list[bytes]) -> None:
    assert hashing.leaves(entries) == b"".join(map(entry.leaf_hash, entries))


def test_every_length_is_padded_as_the_standard_says() -> None:
    entries = [bytes([n & 255]) * n for n in [*range(700), 1 << 16, 1 << 20, (1 << 20) + 1]]
    assert hashing.leaves(entries) == b"".join(map(entry.leaf_hash, entries))
    for each in entries[:70]:
        assert hashing.leaves([each]) == sha256(b"\0" + each).digest()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=40))
def test_joined_entries_come_apart_as_they_were_or_not_at_all(entries: list[bytes]) -> None:
    found = hashing.joined_leaves(b"\0".join(entries), len(entries))
    if any(b"\0" in each for each in entries):
        assert found is None
    else:
        assert found == hashing.leaves(entries)


@given(ROWS, st.integers(0, 1000))
def test_subtrees_are_those_of_the_library(leaves: list[bytes], first: int) -> None:
    assert tree.subtrees(first, leaves, hashing.parents) == tree.subtrees(first, leaves)
