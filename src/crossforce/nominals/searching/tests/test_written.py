"""Days of birth in words, as far as they are known."""

import pytest

from crossforce.nominals.searching import written


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("1997-09-12", "12 September 1997"),
        ("1997-09", "September 1997"),
        ("1997", "1997"),
        ("", ""),
        ("about 1997", "about 1997"),
        ("1997-13-01", "1997-13-01"),
    ],
)
def test_a_day_is_said_as_far_as_it_is_known(said: str, words: str) -> None:
    assert written.text(said) == words


def test_a_day_of_any_year_has_none() -> None:
    assert written.day(512) == "12 May"
