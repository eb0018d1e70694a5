"""The figures of the rule pack, read once for a day and handed to the rules."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from crossforce.benefits.choices import Confidence
from crossforce.kernel.rulepacks import RulePack

PACK: Final = "benefits-practice"


@dataclass(frozen=True, slots=True)
class Practice:
    """Thresholds of a day. Shares are exact."""

    green_from: Fraction
    amber_from: Fraction
    loss_green_to: Fraction
    loss_amber_to: Fraction
    unreported_after: int
    steady_within: Fraction
    sustained_after: int
    every_area: Fraction
    confidence: dict[Confidence, Fraction]


def practice(pack: RulePack, on: date) -> Practice:
    """The figures that hold on the day. Raises NoSuchRule where the pack lacks one."""
    return Practice(
        green_from=Fraction(pack.value("light.green-from", on)),
        amber_from=Fraction(pack.value("light.amber-from", on)),
        loss_green_to=Fraction(pack.value("light.disbenefit.green-to", on)),
        loss_amber_to=Fraction(pack.value("light.disbenefit.amber-to", on)),
        unreported_after=int(pack.value("light.unreported-after", on)),
        steady_within=Fraction(pack.value("trend.steady-within", on)),
        sustained_after=int(pack.value("status.sustained-after", on)),
        every_area=Fraction(pack.value("savings.every-area", on)),
        confidence={
            each: Fraction(pack.value(f"confidence.{each}", on)) for each in Confidence
        },
    )
