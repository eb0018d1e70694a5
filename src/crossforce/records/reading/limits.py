"""How large a table may be. A register of two hundred entries has some fifty kilobytes."""

from typing import Final

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 40_000_000
MOST_PARTS: Final = 500
MOST_TIMES: Final = 200
"""By how many times a part of a workbook may grow when it is unpacked; real ones grow by 5 to 30."""
SMALL: Final = 1_000_000
"""A part that unpacks to no more than this may grow by any number of times."""
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100
LONGEST: Final = 10_000
"""Letters of one cell."""


def in_megabytes(number: int) -> str:
    """`10 MB`."""
    return f"{number // 1_000_000} MB"
