"""Sums as people write them."""

from typing import Final

from crossforce.finance.choices import MOST_PENCE
from crossforce.kernel.written import NotANumber, number

LONGEST: Final = 24
WHOLE, WITH_PENCE = 0, -2
"""The decimals of a sum: none or two. With one it could be anything."""


class NoSuchSum(ValueError):
    """Write a sum in pounds as 1234.56 or 1,234.56, with a minus before it for what comes back."""


def pence_of(text: str) -> int:
    """`£1,234.56` or `-1234` in pence. Raises NoSuchSum for anything that is not plainly a sum."""
    try:
        found = number(text) if len(text) <= LONGEST else None
    except NotANumber:
        found = None
    if found is None or found.as_tuple().exponent not in (WHOLE, WITH_PENCE):
        raise NoSuchSum(" ".join((NoSuchSum.__doc__ or "").split()))
    if abs(found) * 100 > MOST_PENCE:
        raise NoSuchSum(f"No single sum is larger than {MOST_PENCE // 100:,} pounds.")
    return int(found * 100)
