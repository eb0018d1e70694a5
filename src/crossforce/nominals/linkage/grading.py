"""The level at which two records agree in a column, compiled; the same as the SQL of `levels.py`."""

from typing import Any, Final

import numpy as np

from crossforce.nominals.linkage.alike import (
    compiled,
    edits,
    inlined,
    jaro_winkler,
    one_slip,
    same_part,
)
from crossforce.nominals.linkage.laying import (
    ADDRESS,
    ALIKE,
    BORN,
    CALLED,
    CODE,
    NUMBER,
    POSTCODE,
)
from crossforce.nominals.linkage.levels import TURNED_ALIKE

AT: Final = 64
TURNING: Final = 7
"""The number of "the same" of a forename that has a surname beside it."""
SHORT: Final = 4
"""The level of a forename that is another form of the other."""


@inlined
def count(bits: Any) -> int:
    """How many bits are set."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + (
        (bits >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def can_be_alike(mine: Any, theirs: Any, la: int, lb: int, bound: float) -> bool:
    """False when Jaro and Winkler cannot reach the bound, whatever the order of the letters."""
    met = min(la - count(mine & ~theirs), lb - count(theirs & ~mine))
    if met <= 0:
        return False
    jaro = (met / la + met / lb + 1.0) / 3.0
    most = jaro + 0.4 * (1.0 - jaro)
    return bool(most >= bound)


@compiled
def alike(text: Any, a: int, la: int, b: int, lb: int, bounds: Any, c: int) -> int:
    """How many of three bounds the likeness reaches."""
    found = jaro_winkler(text, a, la, b, lb)
    return int((found >= bounds[c, 0]) + (found >= bounds[c, 1]) + (found >= bounds[c, 2]))


@compiled
def same_figures(text: Any, a: int, la: int, b: int, lb: int) -> bool:
    """Whether the figures in two addresses are the same, whatever the letters."""
    i, j = 0, 0
    while True:
        while i < la and not 48 <= text[a + i] <= 57:
            i += 1
        while j < lb and not 48 <= text[b + j] <= 57:
            j += 1
        if i == la or j == lb:
            return i == la and j == lb
        if text[a + i] != text[b + j]:
            return False
        i, j = i + 1, j + 1


@compiled
def born(text: Any, a: int, la: int, b: int, lb: int) -> int:
    """3 one slip or exchanged, 2 two parts the same, 1 the same year, 0 otherwise."""
    if one_slip(text, a, la, b, lb):
        return 3
    if la != 8 or lb != 8:
        return 0
    year, month, day = (
        same_part(text, a, b, 0, 4),
        same_part(text, a, b, 4, 6),
        same_part(text, a, b, 6, 8),
    )
    if year and same_part(text, a, b - 2, 6, 8) and same_part(text, a, b + 2, 4, 6):
        return 3
    if year + month + day >= 2:
        return 2
    return int(year)


@compiled
def postcode(text: Any, a: int, la: int, b: int, lb: int) -> int:
    """2 one slip, 1 the same district, 0 otherwise."""
    if one_slip(text, a, la, b, lb):
        return 2
    return int(la == lb and la > 3 and same_part(text, a, b, 0, la - 3))


@compiled
def number(text: Any, a: int, la: int, b: int, lb: int) -> int:
    """2 one slip, 1 two, 0 more."""
    if one_slip(text, a, la, b, lb):
        return 2
    return int(abs(la - lb) <= 2 and edits(text, a, la, b, lb) <= 2)


@compiled
def email(text: Any, a: int, la: int, b: int, lb: int, bound: float) -> int:
    """2 the same before the sign, 1 alike, 0 otherwise."""
    i = 0
    while i < la and i < lb and text[a + i] == text[b + i] and text[a + i] != AT:
        i += 1
    ends_a = i == la or text[a + i] == AT
    ends_b = i == lb or text[b + i] == AT
    if ends_a and ends_b:
        return 2
    return int(jaro_winkler(text, a, la, b, lb) >= bound)


@inlined
def figures(parts: Any, column: int, mine: int, theirs: int) -> bool:
    """Whether the figures of two addresses are the same."""
    starts, first = parts[3], parts[5][column]
    a, b = starts[mine + first], starts[theirs + first]
    la, lb = starts[mine + first + 1] - a, starts[theirs + first + 1] - b
    return same_figures(parts[2], a, la, b, lb)


@inlined
def turned(parts: Any, column: int, mine: int, theirs: int) -> bool:
    """Whether a name of one record is nearly the other name of the other."""
    text, starts, letters, first = parts[2], parts[3], parts[4], parts[5]
    mine, theirs = mine + first[column], theirs + first[column]
    a, b = starts[mine], starts[theirs]
    la, lb = starts[mine + 1] - a, starts[theirs + 1] - b
    if not can_be_alike(letters[mine], letters[theirs], la, lb, TURNED_ALIKE):
        return False
    return bool(jaro_winkler(text, a, la, b, lb) >= TURNED_ALIKE)


@inlined
def graded(parts: Any, column: int, mine: int, theirs: int) -> int:
    """The level of two values of one column that are not the same, and neither is missing."""
    kinds, bounds, text, starts, letters, first, known, related = parts
    kind = kinds[column]
    if kind == CODE:
        return 0
    mine, theirs = mine + first[column], theirs + first[column]
    a, b = starts[mine], starts[theirs]
    la, lb = starts[mine + 1] - a, starts[theirs + 1] - b
    if kind == CALLED and related[known[mine], known[theirs]]:
        return SHORT
    if kind in (ALIKE, ADDRESS, CALLED):
        if not can_be_alike(letters[mine], letters[theirs], la, lb, bounds[column, 2]):
            return 0
        found = alike(text, a, la, b, lb, bounds, column)
        neighbour = kind == ADDRESS and found == 3 and not same_figures(text, a, la, b, lb)
        return int(found - neighbour)
    if kind == BORN:
        return int(born(text, a, la, b, lb))
    if kind == POSTCODE:
        return int(postcode(text, a, la, b, lb))
    if kind == NUMBER:
        return int(number(text, a, la, b, lb))
    return int(email(text, a, la, b, lb, bounds[column, 0]))


@compiled
def grades(codes: Any, parts: Any, rest: Any, left: Any, right: Any) -> Any:
    """The level of each pair in each column."""
    found = np.empty((len(left), codes.shape[1]), np.int8)
    for i in range(len(left)):
        a, b = left[i], right[i]
        same = agreed(codes, parts, rest, a, b)
        for c in range(codes.shape[1]):
            found[i, c] = grade(codes, parts, rest, same, c, a, b)
    return found


@inlined
def agreed(codes: Any, parts: Any, rest: Any, a: int, b: int) -> int:
    """The columns in which two records say the same, one bit each; addresses that nearly are count as the same."""
    exact, leads = rest[1], rest[3]
    found = 0
    for c in range(codes.shape[1]):
        mine, theirs = codes[a, c], codes[b, c]
        if mine < 0 or theirs < 0:
            continue
        if mine == theirs:
            found |= 1 << c
        elif leads >> c & 1 and parts[0][c] == ADDRESS:
            found |= int(graded(parts, c, mine, theirs) == exact[c] - 1) << c
    return found


@inlined
def grade(codes: Any, parts: Any, rest: Any, same: int, c: int, a: int, b: int) -> int:
    """The level of two records in one column; `same` are the columns in which they agree."""
    partners, exact, follows = rest[0], rest[1], rest[2]
    mine, theirs = codes[a, c], codes[b, c]
    if mine < 0 or theirs < 0 or same & follows[c]:
        return -1
    if mine == theirs:
        return int(exact[c] + higher(rest, same, c, exact[c]))
    other = partners[c]
    if other >= 0:
        their_other, my_other = codes[b, other], codes[a, other]
        if my_other >= 0 and their_other >= 0 and my_other != their_other:
            # The forename says so, and then the surname says nothing more.
            if mine == their_other and theirs == my_other:
                return int(exact[c] - 1) if exact[c] == TURNING else -1
            if turned(parts, c, mine, their_other) and turned(parts, c, my_other, theirs):
                return int(exact[c] - 2) if exact[c] == TURNING else -1
    level = graded(parts, c, mine, theirs)
    return int(level + higher(rest, same, c, level))


@inlined
def higher(rest: Any, same: int, c: int, level: int) -> int:
    """How much higher a column's level is, for one that it is shared with is the same."""
    shared, beyond, alone = rest[4], rest[5], rest[6]
    at, found = 0, 0
    while level < alone[c] and shared[c, at] >= 0 and found == 0:
        if same >> shared[c, at] & 1:
            found = beyond[c, at]
        at += 1
    return int(found)
