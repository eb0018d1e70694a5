"""A mark of each distinct value, in one number, by which most unlike pairs are told without a letter being read.

Of dates and postcodes the mark is the value itself, letter by letter, where it has eight at most. Of names, places and addresses it is
the first four letters, the length, and of an address its figures. 0 says nothing.
"""

from typing import Any, Final

import numpy as np
from numba import types
from numba.extending import intrinsic

from crossforce.nominals.linkage.alike import BOOSTED_ABOVE, LONGEST_PREFIX, compiled, inlined

NOTHING, WHOLE, BEGUN, PLACED = range(4)
"""What is marked: nothing; the whole value; how it begins; how it begins, and its figures."""
EIGHT: Final = 8
LENGTH_AT: Final = 32
FIGURES_AT: Final = 40
HALF: Final = np.uint64(0xFFFFFFFF)
SLACK: Final = 1e-9


def _set_bits(_context: Any, _bits: Any) -> Any:
    return types.uint64(types.uint64), lambda _, builder, __, given: builder.ctpop(given[0])


def _low_zeros(_context: Any, _bits: Any) -> Any:
    def made(context: Any, builder: Any, _: Any, given: Any) -> Any:
        return builder.cttz(given[0], context.get_constant(types.boolean, False))

    return types.uint64(types.uint64), made


set_bits: Final[Any] = intrinsic(_set_bits)
"""How many bits are set."""
low_zeros: Final[Any] = intrinsic(_low_zeros)
"""How many bits stand below the lowest that is set."""


@compiled
def marks_of(text: Any, starts: Any, how: int) -> Any:
    """The mark of each text."""
    found = np.zeros(len(starts), np.uint64)
    for i in range(len(starts) - 1 if how != NOTHING else 0):
        begin, size = starts[i], starts[i + 1] - starts[i]
        if how == WHOLE and size > EIGHT:
            continue
        for j in range(min(size, EIGHT if how == WHOLE else LONGEST_PREFIX)):
            found[i] |= np.uint64(text[begin + j]) << np.uint64(8 * j)
        if how == WHOLE:
            continue
        found[i] |= np.uint64(size) << np.uint64(LENGTH_AT)
        said = np.uint64(0)
        for j in range(size if how == PLACED else 0):
            if 48 <= text[begin + j] <= 57:
                said = (said ^ np.uint64(text[begin + j])) * np.uint64(0x9E3779B97F4A7C15)
                said ^= said >> np.uint64(31)
        found[i] |= said << np.uint64(FIGURES_AT)
    return found


@inlined
def is_day(mark: Any) -> bool:
    """Whether this is the mark of a whole date: eight figures."""
    return bool(mark >> np.uint64(56))


@inlined
def is_slip(mine: Any, theirs: Any) -> bool:
    """Whether two whole values that differ are one slip apart: a letter more, less or other, or two neighbours exchanged."""
    at = low_zeros(mine ^ theirs) & np.uint64(56)
    one, other = mine >> at, theirs >> at
    eight, sixteen = np.uint64(8), np.uint64(16)
    one_on, other_on = one >> eight, other >> eight
    crossed = (one & np.uint64(255)) == (other_on & np.uint64(255)) and (
        one_on & np.uint64(255)
    ) == (other & np.uint64(255))
    other_letter, one_more = one_on == other_on, one_on == other or one == other_on
    exchanged = crossed and one >> sixteen == other >> sixteen
    return bool(other_letter or one_more or exchanged)


@inlined
def born(mine: Any, theirs: Any) -> int:
    """As `grading.born` has it, of two dates that differ and are whole."""
    slipped = is_slip(mine, theirs)
    unlike = mine ^ theirs
    year, month = unlike & HALF == 0, unlike & np.uint64(0xFFFF00000000) == 0
    day = unlike >> np.uint64(48) == 0
    rest, other = mine >> np.uint64(32), theirs >> np.uint64(32)
    exchanged = (rest >> np.uint64(16)) | (rest << np.uint64(16)) & HALF
    if slipped or (year and exchanged == other):
        return 3
    return 2 if int(year) + int(month) + int(day) >= 2 else int(year)


@inlined
def postcode(mine: Any, theirs: Any) -> int:
    """As `grading.postcode` has it, of two that differ and have eight letters at most."""
    if is_slip(mine, theirs):
        return 2
    unlike, last = mine ^ theirs, EIGHT
    while last > 0 and mine >> np.uint64(8 * (last - 1)) == 0:
        last -= 1
    ends = theirs >> np.uint64(8 * (last - 1)) if last > 3 else np.uint64(0)
    same = 0 < ends <= 255 and unlike << np.uint64(8 * (8 - last + 3)) == 0
    return int(same)


@inlined
def most_alike(mine: Any, theirs: Any, letters: Any, others: Any) -> float:
    """What Jaro and Winkler can say of two texts at most, whatever the order of their letters."""
    la, lb = (
        (mine >> np.uint64(LENGTH_AT)) & np.uint64(255),
        (theirs >> np.uint64(LENGTH_AT)) & np.uint64(255),
    )
    a, b = int(la), int(lb)
    met = min(a - int(set_bits(letters & ~others)), b - int(set_bits(others & ~letters)))
    if met <= 0:
        return 0.0
    jaro = (met / a + met / b + 1.0) / 3.0 + SLACK
    if jaro <= BOOSTED_ABOVE:
        return jaro
    begun = (mine ^ theirs) & HALF
    prefix = int(low_zeros(begun) >> np.uint64(3)) if begun else LONGEST_PREFIX
    return jaro + prefix * 0.1 * (1.0 - jaro)
