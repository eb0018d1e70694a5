"""The compiled measures of likeness answer as the libraries that they stand in for."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from crossforce.nominals.linkage import alike, grading, laying

TEXTS = st.text("abcdeé12", max_size=12).map(lambda text: text.replace("é", "f"))


def laid(left: str, right: str) -> tuple[np.ndarray, int, int, int, int]:
    text = np.frombuffer((left + right + " ").encode(), np.uint8)
    return text, 0, len(left), len(left), len(right)


@given(TEXTS, TEXTS)
@example("martha", "marhta")
@example("dwayne", "duane")
def test_jaro_winkler_is_the_library_s(left: str, right: str) -> None:
    found = alike.jaro_winkler(*laid(left, right))
    if left and right:
        assert abs(found - JaroWinkler.similarity(left, right)) < 1e-12
    else:
        assert found == 0


@given(TEXTS, TEXTS)
def test_one_slip_is_a_distance_of_one_at_most(left: str, right: str) -> None:
    assert alike.one_slip(*laid(left, right)) == (OSA.distance(left, right) <= 1)


@given(TEXTS, TEXTS)
def test_edits_are_the_library_s(left: str, right: str) -> None:
    assert alike.edits(*laid(left, right)) == Levenshtein.distance(left, right)


@given(TEXTS, TEXTS, st.floats(0.7, 1.0))
def test_what_is_ruled_out_beforehand_never_reaches_the_bound(
    left: str, right: str, bound: float
) -> None:
    text, _, la, _, lb = laid(left, right)
    letters = laying.letters_of(text, np.array([0, la, la + lb]))
    if not grading.can_be_alike(letters[0], letters[1], la, lb, bound):
        assert JaroWinkler.similarity(left, right) < bound or not (left and right)
