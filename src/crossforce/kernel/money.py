"""Money is integer pence of sterling; division gives every penny to someone."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

MOST_SIMPLE: Final = 12
"""Up to this denominator a share is read as a fraction."""
WHOLE: Final = 10_000
"""Hundredths of a per cent."""


def allocate(pence: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Divide `pence` by `shares`, to the penny, by largest remainder.

    Ties go to the earlier key of `shares`, so the order of parties is part of the rule.
    Raises ValueError unless the shares are non-negative and sum to exactly 1.
    """
    if sum(shares.values(), Fraction(0)) != 1 or any(share < 0 for share in shares.values()):
        raise ValueError("shares must be non-negative and sum to exactly 1")
    sign, whole = (-1 if pence < 0 else 1), abs(pence)
    exact = {key: whole * share for key, share in shares.items()}
    parts = {key: value.numerator // value.denominator for key, value in exact.items()}
    by_remainder = sorted(parts, key=lambda key: parts[key] - exact[key])
    for key in by_remainder[: whole - sum(parts.values())]:
        parts[key] += 1
    return {key: sign * part for key, part in parts.items()}


def in_parts(shares: Mapping[str, Fraction]) -> dict[str, str]:
    """Shares for reading: `1/3` where all are simple fractions, else `28.95%`, together 100.00%.

    Raises ValueError unless the shares are non-negative and sum to exactly 1.
    """
    if all(share.denominator <= MOST_SIMPLE for share in shares.values()):
        return {key: str(share) for key, share in shares.items()}
    parts = allocate(WHOLE, shares)
    return {key: f"{part // 100}.{part % 100:02d}%" for key, part in parts.items()}


def in_pounds(pence: int) -> str:
    """`123456` as `£1,234.56`; whole pounds without pence."""
    sign, whole = ("-" if pence < 0 else ""), abs(pence)
    pounds, rest = divmod(whole, 100)
    return f"{sign}£{pounds:,}.{rest:02d}" if rest else f"{sign}£{pounds:,}"
