"""Figures beyond the directory's by which a cost can be shared: what the platform itself counts, such as
hours on duty, and what forces state of themselves.

A service registers what counts its driver, or knows what is stated; each figure comes with its source.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a force, or a body of it, states itself. One of an agreement counts for that alone."""

    driver: str
    force: str
    on: date
    value: Decimal
    source: str
    agreement: str = ""
    record: str = ""

    @property
    def said(self) -> str:
        """Where it stands written, and as at which day."""
        return f"{self.source}, as at {self.on.day} {self.on:%B %Y}"


stated: Final[Shelf[Callable[[str, Collection[str], str], Iterable[Stated]]]] = Shelf(
    "figures that forces state"
)
"""What whoever asks may read of a driver and these forces, for shares of an agreement; of two that are alike the first counts."""


class Statements:
    """What forces state, asked for once, and of no driver and force by which nothing is shared."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, str], list[Stated]] = {}

    def expect(self, driver: str, forces: Iterable[str], agreement: str) -> None:
        """Ask at once for all of these of which nothing was asked yet."""
        lacking = [each for each in forces if (driver, each, agreement) not in self._held]
        self._held |= {(driver, each, agreement): [] for each in lacking}
        for known in stated if lacking else ():
            for each in known(driver, lacking, agreement):
                self._held[driver, each.force, agreement].append(each)

    def _of(self, driver: str, force: str, agreement: str) -> list[Stated]:
        self.expect(driver, [force], agreement)
        return self._held[driver, force, agreement]

    def latest(self, driver: str, force: str, on: date, agreement: str) -> Stated | None:
        """The latest of the force dated on or before the day, for shares of the agreement."""
        counting = (each for each in self._of(driver, force, agreement) if each.on <= on)
        return max(counting, key=lambda each: (each.on, each.agreement), default=None)

    def firsts(self, driver: str, forces: Collection[str], agreement: str) -> dict[str, date]:
        """Since when something is stated of each of the forces of which anything is."""
        self.expect(driver, forces, agreement)
        found = {each: self._of(driver, each, agreement) for each in forces}
        return {force: min(each.on for each in of) for force, of in found.items() if of}


def months_of(rule: CostShareRule, year: int | None, on: date) -> tuple[date, date]:
    """The financial year that is named, or the rule's number of whole months before the day."""
    if year is not None:
        return date(year, 4, 1), date(year + 1, 4, 1)
    until = on.replace(day=1)
    return add_months(until, -(rule.months or 12)), until
