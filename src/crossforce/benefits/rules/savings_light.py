"""How a savings programme stands by the years that have begun, and the light that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from crossforce.benefits.choices import Light
from crossforce.benefits.rules.lights import Signal, per_cent
from crossforce.benefits.rules.practice import Practice
from crossforce.benefits.rules.savings import YearLine
from crossforce.kernel.money import in_pounds


@dataclass(frozen=True, slots=True)
class SoFar:
    """What all forces together were to save in the years that have begun, and what came of it; `target`
    and `come` with those to come. A forecast counts as far as it is sure."""

    target: int
    come: int
    target_so_far: int
    come_so_far: int

    @property
    def gap(self) -> int:
        """What is missing of all targets; below nothing where they are exceeded."""
        return self.target - self.come


def so_far(lines: Sequence[YearLine], this_year: int) -> SoFar:
    """All forces and years together, and those begun by this one."""
    begun = [each for each in lines if each.year <= this_year]
    return SoFar(
        sum(each.target for each in lines),
        sum(each.realised + each.counted for each in lines),
        sum(each.target for each in begun),
        sum(each.realised + each.counted for each in begun),
    )


def light(found: SoFar, practice: Practice) -> Signal:
    """By the share of the targets of the years that have begun."""
    if not found.target_so_far:
        return Signal(Light.NONE, "No year with a target has begun", "")
    share = Fraction(found.come_so_far, found.target_so_far)
    green, amber = practice.green_from, practice.amber_from
    rule = f"Green from {per_cent(green)} of the targets of the years begun, amber from {per_cent(amber)}, else red"
    said = f"{in_pounds(found.come_so_far)} of {in_pounds(found.target_so_far)} ({per_cent(share)})"
    if share >= green:
        return Signal(Light.GREEN, rule, said)
    return Signal(Light.AMBER if share >= amber else Light.RED, rule, said)
