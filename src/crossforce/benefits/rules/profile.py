"""The profile of a benefit: what is promised, measured how, from which baseline, by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from crossforce.benefits.choices import MONEY, Adds, BenefitClass, Better, ShareRule, Span
from crossforce.kernel.money import in_pounds

PEOPLE: Final = frozenset(
    {
        "officer",
        "officers",
        "staff",
        "people",
        "post",
        "posts",
        "fte",
        "constables",
        "sergeants",
    }
    | {"inspectors", "detectives", "investigators", "supervisors", "specials", "volunteers"}
)
"""Units of which nobody tells less than a tenth, and that only as full-time equivalent."""
PUBLIC: Final = "public"
"""Who benefits and reports nothing."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the measure was before: the figure, of which days, and how it was found."""

    value: Fraction
    span: Span
    method: str


@dataclass(frozen=True, slots=True)
class Target:
    """What the measure is to be in a period: the figure itself, not the gain over the baseline."""

    span: Span
    value: Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, in which unit, and how its figures are read.

    `source` names the platform's own measure that tells it, where there is one.
    """

    name: str
    unit: str
    better: Better = Better.HIGHER
    adds: Adds = Adds.UP
    source: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One benefit. It has one owner, an office; `counted_in` names the benefit in whose figures
    it is counted already, and then it adds nothing to any total."""

    reference: str
    title: str
    benefit_class: BenefitClass
    owner: str = ""
    measure: Measure | None = None
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    collaboration: str = ""
    function: str = ""
    beneficiaries: tuple[str, ...] = ()
    priority: str = ""
    share_rule: ShareRule = ShareRule.COST_SHARES
    depends_on: tuple[str, ...] = field(default=())
    counted_in: str = ""
    reinvestment: str = ""

    @property
    def is_money(self) -> bool:
        """Whether its figures are pence."""
        return self.benefit_class in MONEY or (
            self.measure is not None and self.measure.unit == "pence"
        )

    @property
    def reporting(self) -> tuple[str, ...]:
        """The forces that each report their own part; none where the whole is reported and divided."""
        if self.share_rule is not ShareRule.WHERE_IT_FALLS:
            return ()
        return tuple(each for each in self.beneficiaries if each != PUBLIC)

    @property
    def is_gain_itself(self) -> bool:
        """Whether its figures are themselves the gain (of a disbenefit the loss), as from nothing."""
        if self.measure is None or self.baseline is None or self.baseline.value:
            return False
        is_loss = self.benefit_class is BenefitClass.DISBENEFIT
        return (self.measure.better is Better.HIGHER) is not is_loss

    @property
    def starts_on(self) -> date | None:
        """The first day from which something is promised."""
        return self.targets[0].span.starts_on if self.targets else None

    @property
    def ends_on(self) -> date | None:
        """The day after the last for which something is promised."""
        return self.targets[-1].span.ends_on if self.targets else None


NOT_THE_GAIN: Final = (
    "It stays where it falls, and its baseline is of all forces together: measure what is gained itself,"
    " from a baseline of nothing, or divide it otherwise."
)


def lacks(profile: Profile) -> tuple[str, ...]:
    """What a profile still lacks before it can be a plan; empty when it is whole."""
    return (*_lacks_of_all(profile), *_lacks_of_figures(profile), *faults(profile))


def _lacks_of_all(profile: Profile) -> Iterator[str]:
    if not profile.owner:
        yield "It has no owner: name the office that answers for it."
    if not profile.beneficiaries:
        yield "It names nobody who benefits: name the forces, or the public."
    if profile.benefit_class is BenefitClass.CASH_RELEASING and not profile.reinvestment:
        yield "It frees cash and says nothing of where it goes: say what is done with it."


def _lacks_of_figures(profile: Profile) -> Iterator[str]:
    if profile.benefit_class is BenefitClass.QUALITATIVE:
        return
    if profile.measure is None:
        yield "It has no measure: say what is counted and in which unit."
    if profile.baseline is None:
        yield "It has no baseline: measure how things stand before anything changes."
    if not profile.targets:
        yield "It has no target: say what is to be reached in which period."
    yield from _lacks_of_falling(profile)


def _lacks_of_falling(profile: Profile) -> Iterator[str]:
    if profile.share_rule is not ShareRule.WHERE_IT_FALLS:
        return
    if profile.beneficiaries and not profile.reporting:
        yield "It stays where it falls, and names no force that reports its part: name the forces."
    if profile.measure and profile.baseline and not profile.is_gain_itself:
        yield NOT_THE_GAIN


def faults(profile: Profile) -> tuple[str, ...]:
    """What contradicts itself in a profile, complete or not."""
    return (
        *_faults_of_measure(profile),
        *_faults_of_baseline(profile),
        *_faults_of_targets(profile.targets),
    )


def _faults_of_measure(profile: Profile) -> Iterator[str]:
    measure, is_money = profile.measure, profile.benefit_class in MONEY
    if measure is None:
        return
    if is_money and measure.unit != "pence":
        yield f"Money is counted in pence, and its unit is {measure.unit!r}."
    if measure.adds is Adds.UP:
        return
    if is_money:
        yield "Money adds up from period to period, and its measure says how things stand: let it add up."
    if profile.share_rule is ShareRule.WHERE_IT_FALLS:
        yield "Figures that say how things stand do not add up, so none falls to a force: divide it otherwise."


def _faults_of_baseline(profile: Profile) -> Iterator[str]:
    baseline = profile.baseline
    if profile.reference in profile.depends_on:
        yield "It depends on itself."
    if baseline is None:
        return
    if baseline.value < 0:
        yield f"The baseline is {figure(baseline.value)}: a measure is not below nothing."
    if not baseline.method.strip():
        yield "The baseline does not say how it was found: name the count or the method."
    if profile.starts_on is not None and baseline.span.ends_on > profile.starts_on:
        yield (
            f"The baseline is of {baseline.span}, and the first target starts on"
            f" {profile.starts_on:%-d %B %Y}: a baseline is of the time before."
        )


def refusal_of_figure(profile: Profile, value: Fraction) -> str:
    """Why a measure cannot have been that; empty when it can.

    Only a gain that is measured itself, of money or where it falls, may be below nothing: it was a loss.
    """
    is_parted = profile.share_rule is ShareRule.WHERE_IT_FALLS
    if value >= 0 or (profile.is_gain_itself and (profile.is_money or is_parted)):
        return ""
    name = profile.measure.name if profile.measure else "a measure"
    return (
        f"The figure is {figure(value)}, and {name} is not below nothing: give what was measured,"
        " not the difference."
    )


def _faults_of_targets(targets: Sequence[Target]) -> Iterator[str]:
    for earlier, later in pairwise(targets):
        if later.span.starts_on < earlier.span.ends_on:
            yield (
                f"The targets of {earlier.span} and of {later.span} are out of order or overlap:"
                " give each day one target, the earliest first."
            )


def figure(value: Fraction) -> str:
    """A figure for reading, to at most two decimals: `1,234.5`."""
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".")


def amount(value: Fraction, unit: str) -> str:
    """A figure with its unit for reading: money in pounds, people to one decimal (full-time equivalent).

    What is so much for each of them (`hours per officer`) is no number of people.
    """
    if unit == "pence":
        return in_pounds(value.__floor__())
    of, *_ = re.split(r"/|\bper\b|\beach\b", unit.lower())
    if PEOPLE & set(re.findall(r"[a-z]+", of)):
        value = round(value, 1)
    return f"{figure(value)} {unit}".strip()
