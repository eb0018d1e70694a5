"""Words that are taken for each other by ear, and words that are not."""

import pytest

from crossforce.nominals.searching import shortforms, sounds


@pytest.mark.parametrize(
    "words",
    [
        ("catherine", "kathryn"), ("shaughnessy", "shawnessy"), ("philips", "fillips"), ("mohammed", "muhammad"),
        ("thompson", "tomson"), ("macdonald", "mcdonald"), ("stephen", "steven"), ("geoffrey", "jeffrey"),
        ("nicholls", "nichols"), ("knight", "night"), ("wright", "rite"), ("schmidt", "shmit"),
    ],
)  # fmt: skip
def test_one_sound(words: tuple[str, str]) -> None:
    assert sounds.number(words[0]) == sounds.number(words[1]) > 0


@pytest.mark.parametrize("words", [("smith", "jones"), ("lee", "low"), ("bailey", "billy")])
def test_two_sounds(words: tuple[str, str]) -> None:
    assert sounds.key(words[0]) != sounds.key(words[1])


def test_short_forms_stand_for_each_other_both_ways() -> None:
    assert "bob" in shortforms.others("robert")
    assert "robert" in shortforms.others("bob")
    assert "bob" not in shortforms.others("bob")
    assert shortforms.others("zebedee") == frozenset()
