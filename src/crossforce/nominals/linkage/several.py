"""Two records weighed where one says several things of a kind: by the nearest two sayings of each bundle.

What both say first weighs as ever. Of what they say besides the nearest two count where they speak for one person, and by chance
two of so many agree so many times as often: that is taken off. Where somebody lives is chosen together with all that it tells less of.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import nearest, working
from crossforce.nominals.linkage.columns import WHERE, Column, bundles
from crossforce.nominals.linkage.others import Others

AT_ONCE: Final = 100_000
FIRST: Final = -1
"""What a record says first of a bundle, where its other sayings are places from 0 on."""
Rows = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Sayings:
    """Other sayings as the loops take them: their codes, bundles and places; the bundle of each column, and that of where."""

    codes: Any
    bundle: Any
    begin: Any
    of: Any
    where: int

    @classmethod
    def laid(cls, others: Others, columns: tuple[Column, ...]) -> "Sayings":
        of = bundles(columns)
        where = [int(of[c]) for c, each in enumerate(columns) if each.role in WHERE]
        return cls(others.codes, others.bundle, others.begin, of, where[0] if where else -1)

    @property
    def loops(self) -> tuple[Any, ...]:
        """Behind them 0 and -1: a number that is written into a loop would have it compiled once more."""
        return (self.codes, self.bundle, self.begin, self.of, self.where, 0, FIRST)

    def several(self, rows: Any) -> npt.NDArray[np.bool_]:
        """Whether each of these records says anything besides."""
        found: npt.NDArray[np.bool_] = self.begin[rows + 1] > self.begin[rows]
        return found


@dataclass(frozen=True)
class Chosen:
    """For each pair the codes of the two nearest, and by bundle among how many they were found (1: the first of each)."""

    left: Any
    right: Any
    among: npt.NDArray[np.int64]


def weigh(scorer: Any, sayings: Sayings, left: Any, right: Any, floor: float) -> Any:
    """The weight of these pairs; what cannot reach the floor weighs something below it."""
    parts = [
        (scorer, sayings, left[i : i + AT_ONCE], right[i : i + AT_ONCE], floor, None)
        for i in range(0, max(len(left), 1), AT_ONCE)
    ]
    return np.concatenate(working.shared(_weighed, parts))


def chosen(scorer: Any, sayings: Sayings, left: Any, right: Any) -> Chosen:
    """The sayings by which these pairs are weighed."""
    width = int(sayings.of.max()) + 1
    picks = np.empty((len(left), 2, width), np.int64)
    _weighed(scorer, sayings, left, right, -np.inf, picks)
    sides = []
    for side, rows in enumerate((left, right)):
        codes = scorer.codes[rows].copy()
        for bundle in range(width):
            pick = picks[:, side, bundle]
            other, mine = np.flatnonzero(pick >= 0), np.flatnonzero(sayings.of == bundle)
            codes[np.ix_(other, mine)] = sayings.codes[np.ix_(pick[other], mine)]
        sides.append(codes)
    among = np.ones((len(left), width), np.int64)
    for bundle in range(width):
        counts = [_how_many(sayings, rows, bundle) for rows in (left, right)]
        is_first = (picks[:, :, bundle] < 0).all(axis=1)
        among[:, bundle] = np.where(is_first, 1, counts[0] * counts[1])
    return Chosen(sides[0], sides[1], among)


def _how_many(sayings: Sayings, rows: Any, bundle: int) -> Any:
    """How many sayings of a bundle each record has, the first included."""
    before = np.concatenate([[0], np.cumsum(sayings.bundle == bundle)])
    return before[sayings.begin[rows + 1]] - before[sayings.begin[rows]] + 1


def _weighed(
    scorer: Any, sayings: Sayings, left: Any, right: Any, floor: float, picks: Any
) -> Any:
    found, width = np.empty(len(left)), int(sayings.of.max()) + 1
    codes, loops = _fixed(scorer.codes), _fixed(sayings.loops)
    given = (codes, loops, scorer.parts, scorer.rest, scorer.table)
    left, right = (_fixed(np.ascontiguousarray(rows, np.int64)) for rows in (left, right))
    picks = np.empty((0, 2, width), np.int64) if picks is None else picks
    room = (np.empty((2, scorer.codes.shape[1]), np.int32), np.empty((2, width)))
    nearest.each(
        *given, left, right, floor, *room, np.empty((2, 2, width), np.int64), picks, found
    )
    return found


def _fixed(given: Any) -> Any:
    """Arrays that nobody writes to, wherever they come from: the loops are compiled once for all of them."""
    if isinstance(given, tuple):
        return tuple(map(_fixed, given))
    if not isinstance(given, np.ndarray):
        return given
    found = given.view(np.ndarray)
    found.flags.writeable = False
    return found
