"""The compiled measures of likeness answer as the libraries that they stand in for."""

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from crossforce.nominals.linkage import alike, grading, laying, marks
from crossforce.nominals.searching import compiled

TEXTS = st.text("abcdeé12", max_size=12).map(lambda text: text.replace("é", "f"))
DAYS = st.tuples(st.integers(1979, 1981), st.integers(1, 12), st.integers(1, 12)).map(
    lambda parts: "{:04}{:02}{:02}".format(*parts)
)


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


@alike.bare
def edits_within(text: Any, a: int, la: int, b: int, lb: int) -> int:
    return alike.edits(text, a, la, b, lb)


def test_edits_are_counted_within_a_bare_loop_that_is_compiled_first() -> None:
    text, *ranges = laid("0790", "0970")
    assert edits_within(text.astype(np.uint16), *ranges) == 2


@given(TEXTS, TEXTS)
@example("marhta", "martha")
def test_a_mark_never_says_less_than_jaro_winkler(left: str, right: str) -> None:
    text, _, la, _, lb = laid(left, right)
    starts = np.array([0, la, la + lb])
    letters, signs = laying.letters_of(text, starts), marks.marks_of(text, starts, marks.BEGUN)
    if left and right:
        most = marks.most_alike(*signs[:2], *letters[:2])
        assert most >= JaroWinkler.similarity(left, right)


@given(TEXTS, TEXTS)
@example("a", "ab")
@example("ab", "ba")
@example("12345678", "12345687")
def test_marks_of_whole_values_tell_a_slip(left: str, right: str) -> None:
    left, right = left[:8], right[:8]
    if left and right and left != right:
        text, a, la, b, lb = laid(left, right)
        signs = marks.marks_of(text, np.array([0, la, la + lb]), marks.WHOLE)
        assert marks.is_slip(signs[0], signs[1]) == (OSA.distance(left, right) <= 1)
        assert marks.postcode(signs[0], signs[1]) == grading.postcode(text, a, la, b, lb)


@given(DAYS, DAYS)
@example("19800112", "19801201")
@example("19800112", "19810112")
@example("19800112", "19800215")
def test_marks_of_dates_tell_what_their_figures_do(left: str, right: str) -> None:
    if left != right:
        text, a, la, b, lb = laid(left, right)
        signs = marks.marks_of(text, np.array([0, la, la + lb]), marks.WHOLE)
        assert marks.born(signs[0], signs[1]) == grading.born(text, a, la, b, lb)


def test_a_longer_value_has_no_mark() -> None:
    text = np.frombuffer(b"123456789 ", np.uint8)
    assert not marks.marks_of(text, np.array([0, 9]), marks.WHOLE)[0]


def test_machine_code_does_not_outlive_what_it_is_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    made = "from crossforce.nominals.linkage.alike import compiled\n"
    calls = "from called import number\n@compiled\ndef asked():\n    return number()\n"
    (tmp_path / "calls.py").write_text(made + calls)
    for number in (1, 2):
        called = f"@compiled\ndef number():\n    return {number}  # {'as before' * number}\n"
        (tmp_path / "called.py").write_text(made + called)
        compiled.beside.cache_clear()  # as in another process
        for name in ("called", "calls"):
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        assert importlib.import_module("calls").asked() == number
    for name in ("called", "calls"):
        del sys.modules[name]
