"""Figures over HTTP: one plain decimal everywhere, so that every client reads them alike."""

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, Final

from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import Promise
from crossforce.benefits.rules.profile import Target

PLACES: Final = 6
DIGITS: Final = 120
"""More than any figure has that was given as a decimal."""


def decimal(value: Fraction) -> str:
    """`1234.5`, exactly; to six places where it has no end."""
    with localcontext() as context:
        context.prec = DIGITS
        found = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(found) != value:
            found = round(found, PLACES) + 0  # never -0
        said = f"{found:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def promise_told(promise: Promise) -> dict[str, Any]:
    """A promise as it is sent, with plain decimals."""
    found = keeping.plain(promise) | {"targets": [target_told(e) for e in promise.targets]}
    if promise.baseline:
        found["baseline"] |= {"value": decimal(promise.baseline.value)}
    return found


def target_told(target: Target) -> dict[str, str]:
    """A target, with plain decimals."""
    return keeping.target_plain(target) | {"value": decimal(target.value)}
