"""Values spelt alike, in one walk over their letters: small letters, what is not compared left out, words one blank apart."""

from string import ascii_letters, digits, whitespace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from crossforce.nominals.linkage.alike import compiled

Table = npt.NDArray[np.uint8]
LONGEST: Final = 64
"""Characters of a value that are compared; the loops keep one bit for each."""
BLANK: Final = 32
BLANKS: Final = f"{whitespace}\x1c\x1d\x1e\x1f"
EVERY: Final = "".join(map(chr, range(128)))
NOT_BLANK: Final = "".join(each for each in EVERY if each not in BLANKS)
FIGURES: Final = digits
PLAIN: Final = ascii_letters + digits


def table_of(kept: str, parts: str = "") -> Table:
    """What becomes of each letter: itself, small, where it is kept; a blank, where it parts words; else nothing."""
    found = np.zeros(256, np.uint8)
    for letters, sign in ((parts, " "), (kept, "")):
        for letter in letters:
            found[ord(letter)] = ord(sign or letter.lower())
    return found


def spelt(text: Table, starts: npt.NDArray[np.int32], table: Table) -> pa.Array:
    """These texts of plain letters, as the table has them; null where nothing is left."""
    letters, ends = _spelt(text, starts, table)
    is_said = np.packbits(np.diff(ends) > 0, bitorder="little")
    buffers = [pa.py_buffer(each) for each in (is_said, ends, letters)]
    return pa.StringArray.from_buffers(len(ends) - 1, buffers[1], buffers[2], buffers[0])


@compiled
def _spelt(text: Any, starts: Any, table: Any) -> Any:
    found = np.empty(starts[-1] - starts[0], np.uint8)
    ends = np.zeros(len(starts), np.int32)
    at = 0
    for i in range(len(starts) - 1):
        begin, parted = at, False
        for j in range(starts[i], starts[i + 1]):
            letter = table[text[j]]
            if letter == 0:
                continue
            if letter == BLANK:
                parted = at > begin
                continue
            if parted and at - begin < LONGEST:
                found[at], parted = BLANK, False
                at += 1
            if at - begin == LONGEST:
                break
            found[at] = letter
            at += 1
        ends[i + 1] = at
    return found[:at].copy(), ends
