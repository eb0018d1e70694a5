"""What levels weigh for a question: bits for or against, by Bayes' rule, from what the index held when it was built.

A level weighs the logarithm of two chances: that these letters are asked when this record is meant, over that they are
asked of anybody: as a forename, or as a surname, whichever way round the record then has it. Deletions and small changes leave the counts as they are until the next merge: what is added, changed
or taken away beyond a searcher's scopes moves nothing in the answer.
"""

from dataclasses import dataclass
from math import log2

import numpy as np

from crossforce.nominals.searching import levels
from crossforce.nominals.searching.agreeing import Agreeing, Asked, agreeing, nothing_asked
from crossforce.nominals.searching.arrays import Bytes, Weights
from crossforce.nominals.searching.births import Born
from crossforce.nominals.searching.days import day_levels
from crossforce.nominals.searching.levels import DAYS, LEVELS, STEP, Day, Level
from crossforce.nominals.searching.tables import Piece
from crossforce.nominals.searching.walking import Tables


@dataclass(frozen=True, slots=True)
class Question:
    """What an officer asks. What is None or empty was not asked; of the dates one that agrees is enough.

    With `whole` nobody answers but by forename and surname together, both held, neither a part of a name.
    """

    first: Asked | None = None
    middle: Asked | None = None
    last: Asked | None = None
    born: Born | None = None
    whole: bool = False

    @property
    def empty(self) -> bool:
        return not (self.first or self.last or self.born)

    @property
    def wholly(self) -> "Question | None":
        """Forename and surname of it alone, to the letter; None where it has not both whole.

        Nothing else of a record is told by its answer: no date, no middle name, no initial, no slip.
        """
        first, last = self.first, self.last
        if first is None or last is None or not (first.is_whole and last.is_whole):
            return None
        return Question(
            first=Asked(first.text, exactly=True),
            last=Asked(last.text, exactly=True),
            whole=True,
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the words and days of one piece agree with a question."""

    last: Agreeing
    first: Agreeing
    middle: Agreeing
    day: Bytes
    either: Bytes

    def give_back(self, piece: Piece) -> None:
        """Leave room for the next question."""
        self.either[self.last.codes] = 0
        self.either[self.first.codes] = 0
        piece.give_back(self.either)
        for near in (self.last, self.first, self.middle):
            near.give_back(piece)


def agreement(piece: Piece, question: Question) -> Agreement:
    """Compare the question with every word and day of a piece, once."""
    asked = (question.last, question.first, question.middle)
    last, first, middle = (
        agreeing(piece, word) if word else nothing_asked(piece) for word in asked
    )
    day = np.full(piece.arrays["days"].size, int(Day.MISSING), np.uint8)
    if born := question.born:
        day_levels(piece.arrays["days"], born.earliest, born.latest, born.month, born.day, day)
    either = piece.clean()
    either[last.codes] = either[first.codes] = 1
    if question.whole:
        last.levels[0] = first.levels[0] = Level.NONE
    return Agreement(last, first, middle, day, either)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weight of each level, the same for every piece."""

    names: Weights
    days: Weights

    def tables(self, found: Agreement, question: Question, allow: Bytes, haste: bool) -> Tables:
        """All that a walk needs to know of the question."""
        asked = (question.last, question.first, question.middle, question.born, question.whole)
        return Tables(
            last=found.last.levels,
            first=found.first.levels,
            middle=found.middle.levels,
            either=found.either,
            day=found.day,
            asked=np.array([bool(each) for each in asked], np.uint8),
            weights=self.names,
            day_weights=self.days,
            close=_CLOSE,
            dated=_DATED,
            allow=allow,
            most=np.array(
                [self.days.max() + max(self.names[4].max(), 0)][: int(haste)], np.int32
            ),
        )


def weighed(piece: Piece, found: Agreement, question: Question) -> Weighed:
    """Weights from the counts of the piece that holds nearly everything, as it was built."""
    names = np.zeros((5, LEVELS), np.int32)
    for row, asked, near, other in (
        (0, question.last, found.last, levels.OTHER_BITS),
        (1, question.first, found.first, levels.OTHER_BITS),
        (4, question.middle, found.middle, levels.OTHER_MIDDLE_BITS),
    ):
        if asked:
            masses = near.masses(piece)[0 if asked is question.last else 1].tolist()
            names[row] = _names(masses, piece.size, other)
    names[2], names[3] = names[1], names[0]
    names[3 if question.last else 2] += _steps(levels.SWAPPED_BITS)
    return Weighed(names, _days(piece, found.day, question.born))


def _names(masses: list[int], rows: int, other: float) -> list[int]:
    chance = _chance(masses, rows)
    weights = [0] * LEVELS
    weights[Level.NONE] = _steps(other)
    for level, likely in levels.LIKELIHOOD.items():
        bits = log2(likely / chance)
        weights[level] = _steps(max(bits, levels.LEAST_BITS.get(level, other)))
    return weights


def _chance(masses: list[int], rows: int) -> float:
    """That these letters are asked of anybody."""
    spoken = sum(masses[level] * likely for level, likely in levels.LIKELIHOOD.items())
    return (spoken + levels.UNSEEN) / (rows + levels.SMOOTHING)


def _days(piece: Piece, found: Bytes, born: Born | None) -> Weights:
    weights = np.zeros(DAYS, np.int32)
    if born is None:
        return weights
    weights[Day.NONE] = _steps(levels.OTHER_DAY_BITS)
    for level, likely in levels.DAY_LIKELIHOOD.items():
        weights[level] = _steps(log2(likely / levels.ONE_DAY))
    if born.whole:
        return weights
    counts = np.diff(piece.arrays["day_starts"])
    within = int(counts[found == Day.WITHIN].sum())
    chance = (within + 1) / (piece.size + levels.SMOOTHING)
    weights[Day.WITHIN] = _steps(log2(levels.WITHIN_LIKELIHOOD / chance))
    weights[Day.BESIDE] = weights[Day.WITHIN] + _steps(levels.BESIDE_BITS)
    return weights


def _steps(bits: float) -> int:
    return round(bits * STEP)


def _flags(days: frozenset[Day]) -> Bytes:
    return np.array([Day(day) in days for day in range(DAYS)], np.uint8)


_CLOSE: Bytes = _flags(levels.CLOSE)
_DATED: Bytes = _flags(levels.DATED)
