"""What came of a promise: realised against profile, period by period and cumulated.

The gain of a period is how much better the measure is than it would be at the baseline. Where
figures add up (a number of submissions), the baseline of a period is that of its own length; where
they are levels (a time to answer), it is the baseline's figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from crossforce.benefits.choices import Adds, BenefitClass, Better, Span, Trend
from crossforce.benefits.rules.practice import Practice
from crossforce.benefits.rules.profile import Baseline, Measure, Profile


class NotMeasurable(Exception):
    """The profile has no measure and baseline to compare with; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the measure was in a period, and what shows it."""

    span: Span
    value: Fraction
    evidence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One period: what was promised and, when reported, what came of it, both as gains over the
    baseline; and the same summed up to and with it. Of a level, what counts is how it stands."""

    span: Span
    planned: Fraction
    realised: Fraction | None
    planned_so_far: Fraction
    realised_so_far: Fraction | None

    @property
    def ratio(self) -> Fraction | None:
        """Realised for each unit promised so far; None where no gain is promised or nothing reported."""
        if self.realised_so_far is None or self.planned_so_far <= 0:
            return None
        return self.realised_so_far / self.planned_so_far


@dataclass(frozen=True, slots=True)
class Realisation:
    """How a benefit stands on a day."""

    steps: tuple[Step, ...]
    unreported: tuple[Span, ...]
    strays: tuple[Reading, ...]

    @property
    def latest(self) -> Step | None:
        """The last period that is reported."""
        reported = [step for step in self.steps if step.realised is not None]
        return reported[-1] if reported else None

    @property
    def planned(self) -> Fraction:
        """What is promised up to and with the last period reported."""
        return self.latest.planned_so_far if self.latest else Fraction(0)

    @property
    def realised(self) -> Fraction:
        """What came of it up to and with the last period reported."""
        latest = self.latest
        return Fraction(0) if latest is None else latest.realised_so_far or Fraction(0)

    @property
    def promised(self) -> Fraction:
        """What is promised in all."""
        return self.steps[-1].planned_so_far if self.steps else Fraction(0)


def gain(measure: Measure, baseline: Baseline, span: Span, value: Fraction) -> Fraction:
    """How much better the figure is than the baseline; negative where it is worse."""
    before = baseline.value
    if measure.adds is Adds.UP:
        before = baseline.value * span.days / baseline.span.days
    return value - before if measure.better is Better.HIGHER else before - value


def realisation(
    profile: Profile, readings: Iterable[Reading], on: date, practice: Practice
) -> Realisation:
    """Every period of the profile with what was promised and realised by then.

    A reading counts for the target of exactly its period; others are `strays`, told and not counted.
    What ended long enough ago and has no reading is `unreported`: it is told, and adds nothing to
    what is realised although its promise counts. Raises NotMeasurable.
    """
    measure, baseline = measured(profile)
    found = {reading.span: reading for reading in readings}
    steps = _steps(profile, _Scale.of(measure, baseline, profile, found.values()), found)
    spans = {target.span for target in profile.targets}
    grace = timedelta(days=practice.unreported_after)
    return Realisation(
        tuple(steps),
        tuple(s.span for s in steps if s.realised is None and s.span.ends_on + grace <= on),
        tuple(sorted((r for s, r in found.items() if s not in spans), key=lambda r: r.span)),
    )


def measured(profile: Profile) -> tuple[Measure, Baseline]:
    """The measure and baseline of a profile that has figures. Raises NotMeasurable."""
    if profile.measure is None or profile.baseline is None:
        missing = "measure" if profile.measure is None else "baseline"
        raise NotMeasurable(f"{profile.reference} has no {missing}: give it one first.")
    return profile.measure, profile.baseline


@dataclass(frozen=True, slots=True)
class _Scale:
    """Figures of one benefit as whole numbers of the same small part, so that they are added quickly."""

    parts: int
    baseline: int
    sign: int
    is_level: bool

    @classmethod
    def of(
        cls, measure: Measure, baseline: Baseline, profile: Profile, read: Iterable[Reading]
    ) -> "_Scale":
        """Parts so small that each figure, and the baseline of each period, is a whole number of them."""
        is_level = measure.adds is Adds.LEVEL
        denominators = {each.value.denominator for each in profile.targets}
        denominators |= {each.value.denominator for each in read}
        days = 1 if is_level else baseline.span.days
        parts = lcm(baseline.value.denominator, *denominators) * days
        is_up = (measure.better is Better.HIGHER) is (
            profile.benefit_class is not BenefitClass.DISBENEFIT
        )
        before = int(baseline.value * parts) // days
        return cls(parts, before, 1 if is_up else -1, is_level)

    def gain(self, span: Span, value: Fraction) -> int:
        """How much better the figure is than the baseline; of a disbenefit how much worse."""
        stood = self.baseline if self.is_level else self.baseline * span.days
        return self.sign * (value.numerator * (self.parts // value.denominator) - stood)

    def whole(self, of: int) -> Fraction:
        """So many parts, as the figure that they are."""
        return Fraction(of, self.parts)


def _steps(profile: Profile, scale: _Scale, found: Mapping[Span, Reading]) -> list[Step]:
    steps: list[Step] = []
    promised = come = 0
    for target in profile.targets:
        planned = scale.gain(target.span, target.value)
        reading = found.get(target.span)
        realised = scale.gain(target.span, reading.value) if reading else 0
        promised = planned if scale.is_level else promised + planned
        come = realised if scale.is_level else come + realised
        steps.append(
            Step(
                target.span,
                scale.whole(planned),
                scale.whole(realised) if reading else None,
                scale.whole(promised),
                scale.whole(come) if reading else None,
            )
        )
    return steps


def trend(found: Realisation, practice: Practice, *, is_loss: bool = False) -> Trend:
    """Whether the last reported period is nearer to its promise than the one reported before it.

    Of a disbenefit (`is_loss`) less is better.
    """
    ratios = [step.ratio for step in found.steps if step.ratio is not None]
    if len(ratios) < 2:
        return Trend.UNKNOWN
    change = (ratios[-1] - ratios[-2]) * (-1 if is_loss else 1)
    if abs(change) <= practice.steady_within:
        return Trend.STEADY
    return Trend.BETTER if change > 0 else Trend.WORSE
