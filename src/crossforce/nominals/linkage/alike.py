"""How alike two short texts are, compiled: texts are ranges of one row of bytes.

The answers are those of DuckDB's functions of the same name, so that a weight is the same whoever works it out.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import numba
import numpy as np

from crossforce.nominals.searching.compiled import stamped

Loop = TypeVar("Loop", bound=Callable[..., Any])
KEPT: Final[Any] = {"cache": True, "nogil": True, "error_model": "numpy", "forceinline": False}
"""Said of every loop, or it would take after whichever calls it first."""

BOOSTED_ABOVE: Final = 0.7
LONGEST_PREFIX: Final = 4
ONE: Final = np.uint64(1)


def made(loop: Loop, **said: Any) -> Loop:
    """The loop as machine code, made when it is first called."""
    return cast(Loop, stamped(numba.njit(**said)(loop)))


def compiled(loop: Loop) -> Loop:
    """Compile a loop over numbers, once for all processes; it lets go of the interpreter while it runs."""
    return made(loop, **KEPT)


def making(loop: Loop) -> Loop:
    """The same for a loop that makes an array: within a bare one it would be compiled bare as well, and could not."""
    return made(loop, **KEPT, _nrt=True)


def bare(loop: Loop) -> Loop:
    """Compile a loop that makes no array of its own: it need not count who holds those that it is given."""
    return made(loop, **KEPT, _nrt=False)


def inlined(loop: Loop) -> Loop:
    """A bare piece of a loop that is put into it: a call with many arrays costs more than what is done with them.

    It is compiled once and put in as machine code: put in as Python, it would be worked out anew wherever it is used.
    """
    return made(loop, **{**KEPT, "forceinline": True}, _nrt=False)


@compiled
def jaro_winkler(text: Any, a: int, la: int, b: int, lb: int) -> float:  # noqa: C901 - one loop
    """Between 0 and 1, of texts of at most 64 characters."""
    if la == 0 or lb == 0:
        return 0.0
    reach = max(la, lb) // 2 - 1
    reach = max(reach, 0)
    seen_a, seen_b, met = np.uint64(0), np.uint64(0), 0
    for i in range(la):
        letter = text[a + i]
        for j in range(max(0, i - reach), min(lb, i + reach + 1)):
            if text[b + j] == letter and not (seen_b >> np.uint64(j)) & ONE:
                seen_a |= ONE << np.uint64(i)
                seen_b |= ONE << np.uint64(j)
                met += 1
                break
    if met == 0:
        return 0.0
    moved, j = 0, 0
    for i in range(la):
        if (seen_a >> np.uint64(i)) & ONE:
            while not (seen_b >> np.uint64(j)) & ONE:
                j += 1
            moved += text[a + i] != text[b + j]
            j += 1
    jaro = (met / la + met / lb + (met - moved // 2) / met) / 3.0
    if jaro <= BOOSTED_ABOVE:
        return jaro
    same = 0
    while same < min(LONGEST_PREFIX, la, lb) and text[a + same] == text[b + same]:
        same += 1
    return jaro + same * 0.1 * (1.0 - jaro)


@compiled
def one_slip(text: Any, a: int, la: int, b: int, lb: int) -> bool:
    """Whether one letter more, less, other, or two neighbours changed places, make them the same."""
    if abs(la - lb) > 1:
        return False
    head = 0
    while head < min(la, lb) and text[a + head] == text[b + head]:
        head += 1
    tail = 0
    while tail < min(la, lb) - head and text[a + la - 1 - tail] == text[b + lb - 1 - tail]:
        tail += 1
    left, right = la - head - tail, lb - head - tail
    if max(left, right) <= 1:
        return True
    crossed = text[a + head] == text[b + head + 1] and text[a + head + 1] == text[b + head]
    return left == 2 and right == 2 and crossed


@making
def edits(text: Any, a: int, la: int, b: int, lb: int) -> int:
    """Levenshtein's distance."""
    row = np.arange(lb + 1)
    for i in range(la):
        corner = row[0]
        row[0] = i + 1
        for j in range(lb):
            above = row[j + 1]
            changed = corner + (text[a + i] != text[b + j])
            row[j + 1] = min(changed, above + 1, row[j] + 1)
            corner = above
    return int(row[lb])


@compiled
def same_part(text: Any, a: int, b: int, start: int, end: int) -> bool:
    """Whether two texts agree from one position to another."""
    i = start
    while i < end and text[a + i] == text[b + i]:
        i += 1
    return i == end


@compiled
def sound(text: Any, start: int, length: int) -> int:
    """Soundex as a number: the first letter and the classes of the next four consonants."""
    if length == 0:
        return 0
    classes = (0, 1, 2, 3, 0, 1, 2, 0, 0, 2, 2, 4, 5, 5, 0, 1, 2, 6, 2, 3, 0, 1, 0, 2, 0, 2)
    first = int(text[start])
    found, kept = first, 0
    before = classes[first - 97] if 97 <= first <= 122 else 0
    for i in range(1, length):
        letter = int(text[start + i])
        now = classes[letter - 97] if 97 <= letter <= 122 else 0
        if now and now != before and kept < 4:
            found = found * 7 + now
            kept += 1
        if letter != 104 and letter != 119:  # h and w do not part two of one class
            before = now
    for _ in range(kept, 4):
        found *= 7
    return found
