"""The loops over what two records say in several ways: the nearest two sayings of each bundle, and what they weigh.

Where somebody lives is chosen together with all that it tells less of. `several` says what the loops are given.
"""

from typing import Any

import numpy as np

from crossforce.nominals.linkage.alike import bare
from crossforce.nominals.linkage.grading import agreed, grade
from crossforce.nominals.linkage.reaching import FLAT


@bare
def each(  # noqa: PLR0913 - a loop, with the pieces that it needs
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
