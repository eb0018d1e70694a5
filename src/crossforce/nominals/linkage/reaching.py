"""Whether a pair can reach the floor at all, by its codes and the marks of its values alone.

Most pairs of a block agree on the key and on nothing else. What is worked out here is never less than the weight; `scoring` says the
weight of the few that are left.
"""

from typing import Any, Final

import numpy as np

from crossforce.nominals.linkage.alike import inlined
from crossforce.nominals.linkage.grading import SHORT, marked, most
from crossforce.nominals.linkage.laying import ADDRESS, ALIKE, CALLED
from crossforce.nominals.linkage.levels import TURNED_ALIKE
from crossforce.nominals.linkage.marks import FIGURES_AT

FLAT: Final = 1e-9


@inlined
def may_reach(
    codes: Any, parts: Any, rest: Any, table: Any, a: int, b: int, floor: float
) -> bool:
    """False when nothing that the records say could lift their weight to the floor."""
    worth, first, known, rare, lesser = table[1], table[2], table[3], table[4], table[5]
    exactly, start, order, highest, upper = table[7], table[8], table[9], table[10], table[11]
    least = floor - FLAT
    total, waiting = start, 0
    for c in range(codes.shape[1]):
        mine, theirs = codes[a, c], codes[b, c]
        if mine < 0 or theirs < 0:
            continue
        if mine == theirs:
            value = exactly[c] + (worth[first[c] + mine] if mine < known[c] else rare[c])
            if rest[2][c] or rest[4][c, 0] >= 0:
                value = max(value, highest[c, rest[1][c]], 0.0)
            total += value
        else:
            waiting |= 1 << c
            total += lesser[c]
    for c in order:
        if total < least:
            break
        if waiting >> c & 1:
            total += upper[c, reachable(codes, parts, rest, c, a, b)] - lesser[c]
    return bool(total >= least)


@inlined
def reachable(codes: Any, parts: Any, rest: Any, c: int, a: int, b: int) -> int:
    """The highest level that two values can reach that differ, or one that is worth as much."""
    kind, signs, begin = parts[0][c], parts[8], parts[5][c]
    mine, theirs = codes[a, c] + begin, codes[b, c] + begin
    if kind in (ALIKE, CALLED, ADDRESS):
        if rest[0][c] >= 0 and may_be_turned(codes, parts, rest, c, a, b):
            return int(rest[1][c]) - 1
        return int(may_be_alike(parts, c, mine, theirs))
    level = marked(kind, signs[mine], signs[theirs])
    return int(level if level >= 0 else rest[1][c] - 1)


@inlined
def may_be_alike(parts: Any, c: int, mine: int, theirs: int) -> int:
    """The highest level of two names, places or addresses."""
    bounds, signs = parts[1], parts[8]
    one, other = signs[mine], signs[theirs]
    best = most(parts, mine, theirs)
    level = int(best >= bounds[c, 0]) + int(best >= bounds[c, 1]) + int(best >= bounds[c, 2])
    if parts[0][c] == ADDRESS and one >> np.uint64(FIGURES_AT) != other >> np.uint64(
        FIGURES_AT
    ):
        level = min(level, 2)
    elif parts[0][c] == CALLED and parts[7][parts[6][mine], parts[6][theirs]]:
        level = SHORT
    return level


@inlined
def may_be_turned(codes: Any, parts: Any, rest: Any, c: int, a: int, b: int) -> bool:
    """Whether forename and surname may stand the wrong way round."""
    other = rest[0][c]
    mine, theirs, my_other, their_other = (
        codes[a, c],
        codes[b, c],
        codes[a, other],
        codes[b, other],
    )
    found = my_other >= 0 and their_other >= 0 and my_other != their_other
    begin = parts[5][c]
    if found:
        found = most(parts, mine + begin, their_other + begin) >= TURNED_ALIKE
    if found:
        found = most(parts, my_other + begin, theirs + begin) >= TURNED_ALIKE
    return bool(found)
