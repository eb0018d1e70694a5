"""Words on a drawn map lie over nothing, and are left out where there is no room."""

from hypothesis import given
from hypothesis import strategies as st

from crossforce.duty.rules import labels
from crossforce.duty.rules.labels import BELOW, LEFT, RIGHT, Box, Label, Spot

WHOLE = Box(0, 0, 700, 700)
SPOTS = st.lists(
    st.builds(Spot, st.integers(10, 690), st.integers(10, 690), st.just("TF10 and 1 more")),
    max_size=12,
)


def box(spot: Spot, label: Label) -> Box:
    return dict(labels._places(spot))[label]


def test_the_next_side_is_taken_where_one_is_not_free() -> None:
    spots = [Spot(300, 300, "TF10 and 1 more"), Spot(360, 302, "TF27 and 1 more")]
    assert labels.labels(spots, WHOLE) == [LEFT, RIGHT]
    assert labels.labels(
        [Spot(100, 300, "TF10 and 1 more"), spots[0]._replace(x=160)], WHOLE
    ) == [
        BELOW,
        RIGHT,
    ]


def test_where_there_is_no_room_nothing_is_written() -> None:
    assert labels.labels([Spot(20, 20, "TF10")], Box(0, 0, 30, 30)) == [None]


@given(SPOTS)
def test_none_lies_over_another_or_over_a_mark(spots: list[Spot]) -> None:
    found = labels.labels(spots, WHOLE)
    boxes = [
        (n, box(spot, label))
        for n, (spot, label) in enumerate(zip(spots, found, strict=True))
        if label
    ]
    for n, one in boxes:
        assert WHOLE.holds(one)
        assert not any(one.meets(other) for m, other in boxes if m != n)
        reach = labels.MARK
        others = [each for m, each in enumerate(spots) if m != n]
        assert not any(
            one.meets(Box(x - reach, y - reach, x + reach, y + reach)) for x, y, _ in others
        )
