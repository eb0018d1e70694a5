"""The level at which two records agree in a column, compiled; the same as the SQL of `levels.py`."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import called
from crossforce.nominals.linkage.alike import (
    compiled,
    edits,
    inlined,
    jaro_winkler,
    one_slip,
    same_part,
)
from crossforce.nominals.linkage.columns import NAMES, Records, Role
from crossforce.nominals.linkage.levels import (
    EMAIL_ALIKE,
    NAME_ALIKE,
    TEXT_ALIKE,
    TURNED_ALIKE,
    Comparison,
)

ALIKE, BORN, POSTCODE, NUMBER, EMAIL, CODE, ADDRESS, CALLED = range(8)
KINDS: Final = {
    Role.FORENAME: CALLED,
    Role.SURNAME: ALIKE,
    Role.ADDRESS: ADDRESS,
    Role.PLACE: ALIKE,
    Role.BORN: BORN,
    Role.POSTCODE: POSTCODE,
    Role.NUMBER: NUMBER,
    Role.EMAIL: EMAIL,
    Role.CODE: CODE,
}
AT: Final = 64
TURNING: Final = 7
"""The number of "the same" of a forename that has a surname beside it."""
SHORT: Final = 4
"""The level of a forename that is another form of the other."""


@dataclass(frozen=True)
class Texts:
    """What the loops need of the columns: each one's kind, bounds, and its distinct values in one row of bytes."""

    kinds: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.float64]
    text: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    letters: npt.NDArray[np.uint64]
    first: npt.NDArray[np.int64]
    partners: npt.NDArray[np.int64]
    exact: npt.NDArray[np.int64]
    follows: npt.NDArray[np.int64]
    shared: npt.NDArray[np.int64]
    beyond: npt.NDArray[np.int64]
    alone: npt.NDArray[np.int64]
    known: npt.NDArray[np.int16]
    related: npt.NDArray[np.bool_]

    @property
    def rest(self) -> tuple[Any, ...]:
        """Whose partner each column is, its number of "the same", what it follows from (bits), what leads others (bits), with
        which columns it is shared, how much higher its level is then, and from which level on it is not.
        """
        leads = int(np.bitwise_or.reduce(self.follows)) if len(self.follows) else 0
        for lead in self.shared[self.shared >= 0].tolist():
            leads |= 1 << lead
        shared = (self.shared, self.beyond, self.alone)
        return (self.partners, self.exact, self.follows, leads, *shared)

    def parts(self) -> tuple[Any, ...]:
        """As the loops take them."""
        return (
            *(self.kinds, self.bounds, self.text, self.starts, self.letters, self.first),
            *(self.known, self.related),
        )


def texts(records: Records, comparisons: tuple[Comparison, ...]) -> Texts:
    """The columns of these records, ready for the loops."""
    places: dict[int, int] = {}
    starts: list[npt.NDArray[np.int64]] = []
    rows: list[npt.NDArray[np.uint8]] = []
    known: list[npt.NDArray[np.int16]] = []
    first, filled, at = [], 0, 0
    for words, column in zip(records.words, records.columns, strict=True):
        if id(words) not in places:
            places[id(words)] = at
            low, high = int(words.starts[0]), int(words.starts[-1])
            starts.append(words.starts.astype(np.int64) - low + filled)
            rows.append(words.text[low:high])
            known.append(np.zeros(len(words.starts), np.int16))
            if column.role in NAMES:
                known[-1][:-1] = called.numbers_of(words.values)
            filled, at = filled + high - low, at + len(words.starts)
        first.append(places[id(words)])
    text = np.concatenate([*rows, np.zeros(1, np.uint8)])
    begins = np.concatenate(starts)
    shared, beyond = _shared(comparisons)
    return Texts(
        np.array([KINDS[each.column.role] for each in comparisons], np.int64),
        np.array([_bounds(each.column.role) for each in comparisons]),
        text,
        begins,
        letters_of(text, begins),
        np.array(first, np.int64),
        np.array([each.partner for each in comparisons], np.int64),
        np.array([each.exact for each in comparisons], np.int64),
        np.array([sum(1 << c for c in each.follows) for each in comparisons], np.int64),
        shared,
        beyond,
        np.array([each.alone for each in comparisons], np.int64),
        np.concatenate(known),
        called.related(),
    )


def _shared(
    comparisons: tuple[Comparison, ...],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each column those that it is shared with, -1 behind them, and how much higher its level is then."""
    width = max(len(each.shared) for each in comparisons) + 1
    shared = np.full((len(comparisons), width), -1, np.int64)
    beyond = np.zeros((len(comparisons), width), np.int64)
    for c, each in enumerate(comparisons):
        for place, lead in enumerate(each.shared):
            shared[c, place], beyond[c, place] = lead, each.beyond(place)
    return shared, beyond


def _bounds(role: Role) -> tuple[float, float, float]:
    if role in {Role.ADDRESS, Role.PLACE}:
        return TEXT_ALIKE
    return (EMAIL_ALIKE, 2.0, 2.0) if role is Role.EMAIL else NAME_ALIKE


@compiled
def letters_of(text: Any, starts: Any) -> Any:
    """Of each text the set of its letters, one bit each, by which most unlike pairs are told at once."""
    found = np.zeros(len(starts), np.uint64)
    for i in range(len(starts) - 1):
        for j in range(starts[i], starts[i + 1]):
            found[i] |= np.uint64(1) << np.uint64(text[j] & 63)
    return found


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
