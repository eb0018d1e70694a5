"""The level at which two records agree in a column, compiled; the same as the SQL of `levels.py`."""

from typing import Any, Final

import numpy as np

from crossforce.nominals.linkage import marks
from crossforce.nominals.linkage.alike import (
    bare,
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
    BIRTH,
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
def birth(text: Any, a: int, la: int, b: int, lb: int) -> int:
    """Of whole dates the same, two more; of others 2 the year and month, 1 the year, as far as both are known, 0 otherwise."""
    if la == 8 and lb == 8:
        found = born(text, a, la, b, lb)
        return found + 2 if found else 0
    known = min(la, lb)
    if (known != 4 and known != 6) or not same_part(text, a, b, 0, known):
        return 0
    return 2 if known == 6 else 1


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
def most(parts: Any, mine: int, theirs: int) -> float:
    """How alike two names, places or addresses can be at most."""
    letters, signs = parts[4], parts[8]
    found: float = marks.most_alike(signs[mine], signs[theirs], letters[mine], letters[theirs])
    return found


@inlined
def turned(parts: Any, column: int, mine: int, theirs: int) -> bool:
    """Whether a name of one record is nearly the other name of the other."""
    text, starts, first = parts[2], parts[3], parts[5]
    mine, theirs = mine + first[column], theirs + first[column]
    if most(parts, mine, theirs) < TURNED_ALIKE:
        return False
    a, b = starts[mine], starts[theirs]
    la, lb = starts[mine + 1] - a, starts[theirs + 1] - b
    return bool(jaro_winkler(text, a, la, b, lb) >= TURNED_ALIKE)


@inlined
def named(parts: Any, column: int, mine: int, theirs: int) -> int:
    """The level of two names, places or addresses that are not the same."""
    kinds, bounds, text, starts, _, _, known, related, _ = parts
    if kinds[column] == CALLED and related[known[mine], known[theirs]]:
        return SHORT
    if most(parts, mine, theirs) < bounds[column, 2]:
        return 0
    a, b = starts[mine], starts[theirs]
    la, lb = starts[mine + 1] - a, starts[theirs + 1] - b
    found = alike(text, a, la, b, lb, bounds, column)
    is_nearly = kinds[column] == ADDRESS and found == 3
    return int(found - (is_nearly and not same_figures(text, a, la, b, lb)))


@inlined
def marked(kind: int, one: Any, other: Any) -> int:
    """The level of two dates or postcodes that are not the same, by their marks; -1 where these do not tell."""
    if kind == BORN and marks.is_day(one) and marks.is_day(other):
        return int(marks.born(one, other))
    if kind == POSTCODE and one and other:
        return int(marks.postcode(one, other))
    return -1


@inlined
def graded(parts: Any, column: int, mine: int, theirs: int) -> int:
    """The level of two values of one column that are not the same, and neither is missing."""
    kinds, bounds, text, starts, _, first, _, _, signs = parts
    kind = kinds[column]
    mine, theirs = mine + first[column], theirs + first[column]
    if kind in (ALIKE, ADDRESS, CALLED):
        return int(named(parts, column, mine, theirs))
    level = marked(kind, signs[mine], signs[theirs])
    if level >= 0 or kind == CODE:
        return int(max(level, 0))
    a, b = starts[mine], starts[theirs]
    la, lb = starts[mine + 1] - a, starts[theirs + 1] - b
    if kind == BORN:
        return int(born(text, a, la, b, lb))
    if kind == BIRTH:
        return int(birth(text, a, la, b, lb))
    if kind == POSTCODE:
        return int(postcode(text, a, la, b, lb))
    if kind == NUMBER:
        return int(number(text, a, la, b, lb))
    return int(email(text, a, la, b, lb, bounds[column, 0]))


def grades(codes: Any, parts: Any, rest: Any, left: Any, right: Any) -> Any:
    """The level of each pair in each column."""
    found = np.empty((len(left), codes.shape[1]), np.int8)
    _grades(codes, parts, rest, left, right, found)
    return found


@bare
def _grades(codes: Any, parts: Any, rest: Any, left: Any, right: Any, found: Any) -> None:
    for i in range(len(left)):
        a, b = left[i], right[i]
        same = agreed(codes, parts, rest, a, b)
        for c in range(codes.shape[1]):
            found[i, c] = grade(codes, parts, rest, same, c, a, b)


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
