"""The loops over pairs: a pair's weight, of pairs that are listed, and of all that stand in one block.

A pair is dropped as soon as nothing that is left to compare could lift it to the floor. `scoring` says what the loops are given.
"""

from typing import Any

from crossforce.nominals.linkage.alike import bare, inlined
from crossforce.nominals.linkage.grading import figures, grade, higher
from crossforce.nominals.linkage.keyed import met_before
from crossforce.nominals.linkage.laying import ADDRESS
from crossforce.nominals.linkage.reaching import FLAT, may_reach


@inlined
def weight(  # noqa: C901, PLR0915 - one loop, put into others
    codes: Any, parts: Any, rest: Any, table: Any, pair: Any, floor: float, aside: Any
) -> float:
    """The weight of two records; where it cannot reach the floor, something below that."""
    # What follows from another column, or is shared with it, stands aside until that one is read.
    weights, worth, first, known, rare, most, lesser, exactly, start, order, highest = table[
        :11
    ]
    follows, shared = rest[2], rest[4]
    a, b = pair
    total, bound, same, waiting = start, 0.0, 0, 0
    for c in range(codes.shape[1]):
        mine, aside[0, c], aside[1, c] = codes[a, c], 0.0, -1.0
        if mine < 0 or codes[b, c] < 0:
            continue
        if mine != codes[b, c]:
            waiting |= 1 << c
            bound += most[c]
            continue
        same |= 1 << c
        value = exactly[c] + (worth[first[c] + mine] if mine < known[c] else rare[c])
        if follows[c] or shared[c, 0] >= 0:
            aside[0, c], aside[1, c] = value, rest[1][c]
            bound += max(value, highest[c, rest[1][c]], 0.0)
        else:
            total += value
    for c in order:
        if total + bound < floor - FLAT:
            break
        if not waiting >> c & 1:
            continue
        # An address that has to be nearly the same: its figures say whether it can be.
        decides = parts[0][c] == ADDRESS and total + bound - most[c] + lesser[c] < floor - FLAT
        if decides and not figures(parts, c, codes[a, c], codes[b, c]):
            bound += lesser[c] - most[c]
            break
        level = grade(codes, parts, rest, 0, c, a, b)
        value = weights[c, level] if level >= 0 else 0.0
        bound -= most[c]
        if level >= 0 and (follows[c] or shared[c, 0] >= 0):
            aside[0, c], aside[1, c] = value, level
            bound += max(highest[c, level], 0.0)
        else:
            total += value
        if parts[0][c] == ADDRESS and level == rest[1][c] - 1:
            same |= 1 << c
    if total + bound >= floor - FLAT:
        total, bound = total + stood_aside(rest, weights, same, aside), 0.0
    found: float = total + bound
    return found


@inlined
def stood_aside(rest: Any, weights: Any, same: int, aside: Any) -> float:
    """What the columns add that stood aside, now that it is known where the records agree."""
    total = 0.0
    for c in range(aside.shape[1]):
        if same & rest[2][c]:
            continue
        level = int(aside[1, c])
        more = higher(rest, same, c, level) if level >= 0 else 0
        total += weights[c, level + more] if more else aside[0, c]
    return total


@bare
def listed(  # noqa: PLR0913 - a loop, with the pieces that it needs
    codes: Any, parts: Any, rest: Any, table: Any, left: Any, right: Any, floor: float,
    rows: Any, weights: Any, aside: Any,
) -> int:  # fmt: skip
    kept = 0
    for i in range(len(left)):
        a, b = left[i], right[i]
        if not may_reach(codes, parts, rest, table, a, b, floor):
            continue
        found = weight(codes, parts, rest, table, (a, b), floor, aside)
        if found >= floor:
            rows[0, kept], rows[1, kept], weights[kept] = a, b, found
            kept += 1
    return kept


@bare
def blocked(  # noqa: PLR0913 - a loop over blocks, with the pieces that it needs
    order: Any, bounds: Any, keys: Any, rule: int, files: Any,
    codes: Any, near: Any, parts: Any, rest: Any, table: Any, floor: float,
    rows: Any, weights: Any, aside: Any,
) -> int:  # fmt: skip
    kept = 0
    for n in range(len(bounds)):
        for i in range(bounds[n, 0], bounds[n, 1]):
            for j in range(i + 1, bounds[n, -1]):
                if not may_reach(near, parts, rest, table, i, j, floor):
                    continue
                a, b = min(order[i], order[j]), max(order[i], order[j])
                if len(files) and files[a] == files[b]:
                    continue
                if met_before(keys, a, b, rule):
                    continue
                found = weight(codes, parts, rest, table, (a, b), floor, aside)
                if found >= floor:
                    rows[0, kept], rows[1, kept], weights[kept] = a, b, found
                    kept += 1
    return kept
