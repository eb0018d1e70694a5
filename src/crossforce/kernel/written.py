"""Numbers as people write them, read alike in every form and file.

A comma, or a space, stands between thousands only: `1,5` could be meant as one and a half.
"""

import re
from decimal import Decimal
from typing import Final

LONGEST: Final = 40
SAID: Final = re.compile(
    r"([+-]?)£?[ ]?((?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:\.\d*)?|\.\d+)",
    re.ASCII,
)
BETWEEN: Final = re.compile(r"[, \u00a0\u202f]")


class NotANumber(ValueError):
    """Write a number as 1234.5 or 1,234.5, with a point before the decimals and commas between thousands only."""

    def __init__(self) -> None:
        super().__init__(NotANumber.__doc__)


def number(text: str) -> Decimal:
    """`1,234.5`, `-£1,234` or, as accountants write what is less than nothing, `(1,234)`. Raises NotANumber."""
    said = text.strip()
    is_less = said.startswith("(") and said.endswith(")")
    found = SAID.fullmatch(said[1:-1] if is_less else said) if len(said) <= LONGEST else None
    if found is None or (is_less and found[1]):
        raise NotANumber
    return Decimal(f"{'-' if is_less else found[1]}{BETWEEN.sub('', found[2])}")


def pence(text: str) -> int:
    """A sum in pounds as pence. Raises NotANumber, for parts of a penny too."""
    found = number(text) * 100
    if found != found.to_integral_value():
        raise NotANumber
    return int(found)


def digits(pence: int) -> str:
    """`123456` as `1234.56`: as a field is filled again."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"
