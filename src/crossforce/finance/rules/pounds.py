"""Sums as people write them."""

import re
from typing import Final

from crossforce.finance.choices import MOST_PENCE

WRITTEN: Final = re.compile(r"(-?)£?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?")
LONGEST: Final = 24


class NoSuchSum(ValueError):
    """Write a sum in pounds as 1234.56 or 1,234.56, with a minus before it for what comes back."""


def pence_of(text: str) -> int:
    """`£1,234.56` or `-1234` in pence. Raises NoSuchSum for anything that is not plainly a sum."""
    found = WRITTEN.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        raise NoSuchSum(" ".join((NoSuchSum.__doc__ or "").split()))
    sign, pounds, pence = found.groups()
    whole = int(pounds.replace(",", "")) * 100 + int(pence or 0)
    if whole > MOST_PENCE:
        raise NoSuchSum(f"No single sum is larger than {MOST_PENCE // 100:,} pounds.")
    return -whole if sign else whole
