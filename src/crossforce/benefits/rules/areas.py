"""The same saving in every business area at once: it fails when one area fails, and says which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from crossforce.benefits.choices import Light
from crossforce.benefits.rules.lights import Signal, per_cent
from crossforce.kernel.money import in_pounds


@dataclass(frozen=True, slots=True)
class Area:
    """A business area: what it cost at the baseline, and what is saved of that, in pence."""

    name: str
    baseline: int
    saved: int

    @property
    def share(self) -> Fraction | None:
        """What is saved of the baseline; None where the area cost nothing."""
        return Fraction(self.saved, self.baseline) if self.baseline > 0 else None


@dataclass(frozen=True, slots=True)
class AreasAnswer:
    """Whether every area has saved enough, and which have not."""

    signal: Signal
    failing: tuple[Area, ...]

    @property
    def is_met(self) -> bool:
        """Whether all areas save what all areas are to save."""
        return self.signal.light is Light.GREEN


@dataclass(frozen=True, slots=True)
class AreasOfYear:
    """The areas in one financial year, and whether all of them save enough in it."""

    year: int
    areas: tuple[Area, ...]
    answer: AreasAnswer


def years_judged(targets: Collection[int], this_year: int) -> tuple[int, ...]:
    """The years by which areas are judged: those that have a target and have begun.

    Where a programme has no target at all, this year.
    """
    if not targets:
        return (this_year,)
    return tuple(year for year in sorted(set(targets)) if year <= this_year)


def every_area(areas: Sequence[Area], at_least: Fraction) -> AreasAnswer:
    """Green when each area saves at least that share of its baseline, in the same period.

    What is saved beyond it in one area makes up for nothing in another. An area without a baseline
    fails: nobody can tell.
    """
    rule = (
        f"Every business area saves at least {per_cent(at_least)} of its baseline, all at once"
    )
    if not areas:
        return AreasAnswer(Signal(Light.NONE, rule, "no business area is named"), ())
    failing = tuple(each for each in areas if each.share is None or each.share < at_least)
    if failing:
        return AreasAnswer(Signal(Light.RED, rule, "; ".join(map(_said, failing))), failing)
    low = min(areas, key=lambda each: each.share or Fraction(0))
    said = f"{len(areas)} areas, the lowest {_said(low)}"
    return AreasAnswer(Signal(Light.GREEN, rule, said), ())


def _said(area: Area) -> str:
    if area.share is None:
        return f"{area.name} has no baseline"
    return f"{area.name} {per_cent(area.share)} ({in_pounds(area.saved)} of {in_pounds(area.baseline)})"
