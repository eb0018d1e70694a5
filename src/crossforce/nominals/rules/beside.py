"""Two records side by side: what each says of a thing, and whether they agree in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Mark(StrEnum):
    """How two records stand to each other in one thing."""

    AGREES = "Agrees"
    DIFFERS = "Differs"
    ONE = "Only one says"


SIGNS: Final = {Mark.AGREES: "=", Mark.DIFFERS: "≠", Mark.ONE: "–"}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a holder says, from where, as of when and how sure."""

    about: str
    words: str
    asserted: str = ""
    as_of: str = ""
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What both say of one thing."""

    about: str
    one: Sequence[Said]
    other: Sequence[Said]
    mark: Mark

    @property
    def sign(self) -> str:
        return SIGNS[self.mark]


def lines(one: Iterable[Said], other: Iterable[Said]) -> list[Line]:
    """By each thing that either says, in the order in which they say it; they agree where any one saying is the same."""
    sides = [list(one), list(other)]
    abouts = dict.fromkeys(each.about for side in sides for each in side)
    found = []
    for about in abouts:
        left, right = ([each for each in side if each.about == about] for side in sides)
        found.append(Line(about, left, right, _mark(left, right)))
    return found


def _mark(left: Sequence[Said], right: Sequence[Said]) -> Mark:
    if not left or not right:
        return Mark.ONE
    same = {_plain(each.words) for each in left} & {_plain(each.words) for each in right}
    return Mark.AGREES if same else Mark.DIFFERS


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
