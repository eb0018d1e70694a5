"""Measures that the platform itself can tell: what a service offers."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure was, and what shows it: which query, over how many records, when asked."""

    value: Fraction
    evidence: str
