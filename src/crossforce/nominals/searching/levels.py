"""How far what was asked agrees with what is held, and how likely each is when both speak of one person.

The likelihoods are of Bayes' rule: how probable is it that somebody who means this record asks in these words? They
are settled here, once, from what is known of keyed names and dates, and are fitted to no collection of records.
"""

from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """Of one word of a name. Higher is not better: see `LIKELIHOOD`."""

    NONE = 0
    MISSING = 1
    EXACT = 2
    WILD = 3
    INITIAL = 4
    PART = 5
    BEGINS = 6
    SHORT = 7
    SOUND = 8
    ONE = 9
    TWO = 10
    MIDDLE = 11


class Day(IntEnum):
    """Of a date of birth. The first group is of a whole date that was asked, the second of a part or a range."""

    NONE = 0
    MISSING = 1
    EXACT = 2
    SWAPPED = 3
    DAY = 4
    MONTH = 5
    YEAR_NEAR = 6
    YEAR = 7
    SAME_YEAR = 8
    PARTLY = 9
    WITHIN = 10
    BESIDE = 11
    OUTSIDE = 12


LEVELS: Final = len(Level)
DAYS: Final = len(Day)

BETTER_FIRST: Final = (
    *(Level.EXACT, Level.WILD, Level.INITIAL, Level.PART),
    *(Level.BEGINS, Level.SHORT, Level.SOUND, Level.ONE, Level.TWO),
)
"""A word that agrees in several ways counts as the first of these."""

LIKELIHOOD: Final = {
    Level.EXACT: 0.9,
    Level.WILD: 0.9,
    Level.INITIAL: 0.3,
    Level.PART: 0.3,
    Level.BEGINS: 0.8,
    Level.SHORT: 0.03,
    Level.SOUND: 0.01,
    Level.ONE: 0.0002,
    Level.TWO: 0.000_003,
    Level.MIDDLE: 0.04,
}
"""Of these very letters being asked, when the record is meant. A slip may come out as any of hundreds of words."""

LEAST_BITS: Final = {
    Level.SHORT: -1.0,
    Level.SOUND: -1.0,
    Level.ONE: -1.5,
    Level.TWO: -3.0,
    Level.MIDDLE: -1.0,
}
"""A word that is near never counts for less than this, however common what was asked is."""
OTHER_BITS: Final = -5.0
"""Another word altogether: a name changed, or another person."""
SWAPPED_BITS: Final = -4.0
"""Forename and surname the wrong way round."""
OTHER_MIDDLE_BITS: Final = -2.5
"""Another middle name: they are forgotten, left out and put in the wrong order."""

DAY_LIKELIHOOD: Final = {
    Day.EXACT: 0.88,
    Day.SWAPPED: 0.01,
    Day.DAY: 0.03 / 30,
    Day.MONTH: 0.015 / 11,
    Day.YEAR_NEAR: 0.02 / 6,
    Day.YEAR: 0.01 / 90,
    Day.SAME_YEAR: 0.01 / 365,
    Day.PARTLY: 0.9 / 365,
}
SMOOTHING: Final = 10_000
"""Rows that speak for nobody, added to those of an index, so that a small one does not take every name for common."""
UNSEEN: Final = 0.01
"""Rows that a word is taken to have when no row has it, nor any near it: nobody is called that."""
ONE_DAY: Final = 1 / 22_000
"""How probable the date is that was asked, of anybody at all."""
WITHIN_LIKELIHOOD: Final = 0.9
BESIDE_BITS: Final = -3.5
"""Up to two years beside the range that was asked, against being in it."""
OTHER_DAY_BITS: Final = -5.5

CLOSE: Final = frozenset(
    {Day.EXACT, Day.SWAPPED, Day.DAY, Day.MONTH, Day.YEAR_NEAR, Day.PARTLY}
)
"""Days on which one name that agrees is enough."""
DATED: Final = CLOSE | {Day.YEAR, Day.SAME_YEAR, Day.WITHIN}
"""Days on which a surname that agrees to the letter is enough."""

STEP: Final = 8
"""Weights are whole numbers of eighths of a bit: sums are exact, and rarity is told only so finely."""
