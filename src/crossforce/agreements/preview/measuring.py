"""Figures that the platform itself counts, by which a cost can be shared: hours on duty, for one.

A service registers what counts its driver; each figure comes with what it was counted from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.agreements.terms import CostShareRule
from crossforce.kernel.civil import add_months
from crossforce.kernel.registry import Shelf
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be counted: for the forces that share, in these units and functions, on these days.

    In a unit that is `whole`, all of whose functions share the cost, all work counts.
    """

    forces: tuple[str, ...]
    units: tuple[str, ...]
    whole: frozenset[str]
    functions: tuple[str, ...]
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class Counted:
    """The figure of each force, how it is said, and what all of them were counted from."""

    figures: Mapping[str, int]
    said: Mapping[str, str]
    evidence: Words


Measure = Callable[[Wanted], Counted | None]
"""None where whoever asks may not be told."""

measures: Final[Shelf[Measure]] = Shelf("measure of a cost")


def months_of(rule: CostShareRule, year: int | None, on: date) -> tuple[date, date]:
    """The financial year that is named, or the rule's number of whole months before the day."""
    if year is not None:
        return date(year, 4, 1), date(year + 1, 4, 1)
    until = on.replace(day=1)
    return add_months(until, -(rule.months or 12)), until
