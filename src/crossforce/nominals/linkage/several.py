"""Two records weighed where one says several things of a kind: by the nearest two sayings of each bundle.

What both say first weighs as ever. Of what they say besides the nearest two count where they speak for one person, and by chance
two of so many agree so many times as often: that is taken off. Where somebody lives is chosen together with all that it tells less of.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import working
from crossforce.nominals.linkage.alike import bare
from crossforce.nominals.linkage.columns import WHERE, Column, bundles
from crossforce.nominals.linkage.grading import agreed, grade
from crossforce.nominals.linkage.others import Others

AT_ONCE: Final = 100_000
FLAT: Final = 1e-9
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
    _each(*given, left, right, floor, *room, np.empty((2, 2, width), np.int64), picks, found)
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


@bare
def _each(  # noqa: PLR0913 - a loop, with the pieces that it needs
    codes: Any, sayings: Any, parts: Any, rest: Any, table: Any, left: Any, right: Any, floor: float,
    two: Any, room: Any, at: Any, picks: Any, found: Any,
) -> None:  # fmt: skip
    for i in range(len(left)):
        found[i] = best(
            codes, sayings, parts, rest, table, left[i], right[i], floor, two, room, at
        )
        if len(picks):
            for q in range(at.shape[2]):
                picks[i, 0, q], picks[i, 1, q] = at[1, 0, q], at[1, 1, q]


@bare
def best(  # noqa: PLR0913 - one loop, with the pieces that it needs
    codes: Any, sayings: Any, parts: Any, rest: Any, table: Any, a: int, b: int, floor: float,
    two: Any, room: Any, at: Any,
) -> float:  # fmt: skip
    """The weight of two records by the nearest sayings, which `at[1]` keeps."""
    where, first, start, width = sayings[4], sayings[6], table[8], room.shape[1]
    bound = start
    for q in range(width):
        room[0, q] = most_of(codes, sayings, table, rest, a, b, q)
        room[1, q] = counted(sayings, a, q) * counted(sayings, b, q)
        bound += room[0, q]
        put(codes, sayings, two, 0, a, first, q)
        put(codes, sayings, two, 1, b, first, q)
    begun(at, 1)
    if bound < floor - FLAT:
        return float(bound)
    top, i = -np.inf, first
    while i >= first:
        j = first
        while j >= first:
            total = living(
                codes,
                sayings,
                parts,
                rest,
                table,
                a,
                b,
                i,
                j,
                max(floor, top),
                bound,
                two,
                room,
                at,
            )
            if total > top:
                top = total
                for n in range(width):
                    at[1, 0, n], at[1, 1, n] = at[0, 0, n], at[0, 1, n]
            j = following(sayings, b, j, where)
        i = following(sayings, a, i, where)
    return float(top)


@bare
def living(  # noqa: PLR0913 - what the loop needs
    codes: Any, sayings: Any, parts: Any, rest: Any, table: Any, a: int, b: int, i: int, j: int,
    least: float, bound: float, two: Any, room: Any, at: Any,
) -> float:  # fmt: skip
    """The weight of two records where they are said to live there, or what it is at most where that is too little."""
    where, same, q = sayings[4], sayings[5], sayings[5]
    begun(at, 0)
    total = table[8]
    open_ = bound - total
    if where >= 0:
        open_ -= room[0, where]
        at[0, 0, where], at[0, 1, where] = i, j
        put(codes, sayings, two, 0, a, i, where)
        put(codes, sayings, two, 1, b, j, where)
        same = same + agreed(two, parts, rest, 0, 1)
        home = told(two, sayings, parts, rest, table, same, where)
        if i >= 0 or j >= 0:
            home -= np.log2(room[1, where])
            if home <= 0.0:
                return -np.inf
        total += home
    while q < room.shape[1] and total + open_ >= least - FLAT:
        if q != where:
            open_ -= room[0, q]
            total += nearest(codes, sayings, parts, rest, table, a, b, q, same, two, room, at)
        q += 1
    return float(total + open_ if q < room.shape[1] else total)


@bare
def nearest(  # noqa: PLR0913 - what the loop needs
    codes: Any, sayings: Any, parts: Any, rest: Any, table: Any, a: int, b: int, q: int, same: int,
    two: Any, room: Any, at: Any,
) -> float:  # fmt: skip
    """What a bundle adds by its nearest two sayings; where nothing else speaks for one person, by the first two."""
    first = sayings[6]
    put(codes, sayings, two, 0, a, first, q)
    put(codes, sayings, two, 1, b, first, q)
    found = told(two, sayings, parts, rest, table, same, q)
    if room[1, q] > 1:
        less = np.log2(room[1, q])
        i = first
        while i >= first:
            j = following(sayings, b, first, q) if i < 0 else first
            while j >= first:
                put(codes, sayings, two, 0, a, i, q)
                put(codes, sayings, two, 1, b, j, q)
                bits = told(two, sayings, parts, rest, table, same, q) - less
                if bits > max(found, 0.0):
                    found = bits
                    at[0, 0, q], at[0, 1, q] = i, j
                j = following(sayings, b, j, q)
            i = following(sayings, a, i, q)
    return float(found)


@bare
def told(two: Any, sayings: Any, parts: Any, rest: Any, table: Any, same: int, q: int) -> float:
    """What the columns of a bundle add, where the columns `same` are in common."""
    weights, worth, first, known, rare, exactly = (
        table[0], table[1], table[2], table[3], table[4], table[7],
    )  # fmt: skip
    total = 0.0
    for c in range(two.shape[1]):
        if sayings[3][c] != q:
            continue
        level = grade(two, parts, rest, same, c, 0, 1)
        if level < 0:
            continue
        if level == rest[1][c]:
            code = two[0, c]
            total += exactly[c] + (worth[first[c] + code] if code < known[c] else rare[c])
        else:
            total += weights[c, level]
    return float(total)


@bare
def most_of(codes: Any, sayings: Any, table: Any, rest: Any, a: int, b: int, q: int) -> float:
    """What a bundle may add at most, by its codes alone."""
    found, first = -np.inf, sayings[6]
    i = first
    while i >= first:
        j = first
        while j >= first:
            bound = 0.0
            for c in range(codes.shape[1]):
                if sayings[3][c] == q:
                    mine = codes[a, c] if i < 0 else sayings[0][i, c]
                    theirs = codes[b, c] if j < 0 else sayings[0][j, c]
                    bound += most_of_one(table, rest, c, mine, theirs)
            found = max(found, bound)
            j = following(sayings, b, j, q)
        i = following(sayings, a, i, q)
    return float(found)


@bare
def most_of_one(table: Any, rest: Any, c: int, mine: int, theirs: int) -> float:
    if mine < 0 or theirs < 0:
        return 0.0
    if mine != theirs:
        return float(max(table[5][c], 0.0))
    value = table[7][c] + (table[1][table[2][c] + mine] if mine < table[3][c] else table[4][c])
    return float(max(value, table[10][c, rest[1][c]], 0.0))


@bare
def following(sayings: Any, row: int, at: int, q: int) -> int:
    """The next saying of a record in a bundle, after the first or after another; -2 behind the last."""
    begin, bundle = sayings[2], sayings[1]
    at = begin[row] if at < 0 else at + 1
    while at < begin[row + 1] and bundle[at] < q:
        at += 1
    return int(at) if at < begin[row + 1] and bundle[at] == q else -2


@bare
def begun(at: Any, which: int) -> None:
    """Let the first of every bundle be chosen."""
    for q in range(at.shape[2]):
        at[which, 0, q] = at[which, 1, q] = -1


@bare
def counted(sayings: Any, row: int, q: int) -> int:
    """How many sayings a record has in a bundle, the first included."""
    found = 1
    for at in range(sayings[2][row], sayings[2][row + 1]):
        found += sayings[1][at] == q
    return int(found)


@bare
def put(codes: Any, sayings: Any, two: Any, side: int, row: int, at: int, q: int) -> None:
    """Let a record say this of a bundle."""
    for c in range(codes.shape[1]):
        if sayings[3][c] == q:
            two[side, c] = codes[row, c] if at < 0 else sayings[0][at, c]
