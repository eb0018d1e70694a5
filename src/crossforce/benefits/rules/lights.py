"""Traffic lights that follow from rules, each with its rule and its figures in words."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from crossforce.benefits.choices import BenefitClass, Light
from crossforce.benefits.rules.practice import Practice
from crossforce.benefits.rules.profile import Profile, amount
from crossforce.benefits.rules.realising import Realisation, Step


@dataclass(frozen=True, slots=True)
class Signal:
    """A light, the rule that it follows from, and the figures that the rule was asked about."""

    light: Light
    rule: str
    figures: str

    @property
    def words(self) -> str:
        """Both, as one line."""
        return f"{self.rule}: {self.figures}" if self.figures else self.rule


UNPROMISED: Final = Signal(
    Light.NONE,
    "Nothing is reported yet",
    "its baseline is not frozen, and before that nothing is promised",
)


def light(
    profile: Profile, found: Realisation, practice: Practice, *, is_frozen: bool = True
) -> Signal:
    """The light of a benefit that is measured: realised against profile, so far.

    Before its baseline is frozen it has none: nobody may report, so nobody could mend it.
    Blue when all that is promised has come; amber at best while a period is unreported for too long.
    """
    if profile.benefit_class is BenefitClass.QUALITATIVE:
        return Signal(
            Light.NONE, "A qualitative benefit has no light: its evidence is read", ""
        )
    if not is_frozen:
        return UNPROMISED
    step = found.latest
    if step is None:
        return _reported(Signal(Light.NONE, "Nothing is reported yet", ""), found, practice)
    is_loss = profile.benefit_class is BenefitClass.DISBENEFIT
    unit = profile.measure.unit if profile.measure else ""
    judged = (_of_loss if is_loss else _of_gain)(step, unit, practice)
    if judged.light is Light.GREEN and found.steps[-1].realised is not None:
        judged = _complete(judged, found, is_loss=is_loss)
    return _reported(judged, found, practice)


def _of_gain(step: Step, unit: str, practice: Practice) -> Signal:
    if step.ratio is None:
        held = (step.realised_so_far or 0) >= step.planned_so_far
        rule = "No gain is promised yet: green where it is not worse than promised, else red"
        return Signal(Light.GREEN if held else Light.RED, rule, _figures(step, unit))
    green, amber = practice.green_from, practice.amber_from
    rule = (
        f"Green from {per_cent(green)} of the profile, amber from {per_cent(amber)}, else red"
    )
    if step.ratio >= green:
        return Signal(Light.GREEN, rule, _figures(step, unit))
    return Signal(Light.AMBER if step.ratio >= amber else Light.RED, rule, _figures(step, unit))


def _of_loss(step: Step, unit: str, practice: Practice) -> Signal:
    if step.ratio is None:
        held = (step.realised_so_far or 0) <= step.planned_so_far
        rule = "No loss is expected yet: green where it is not worse than expected, else red"
        return Signal(Light.GREEN if held else Light.RED, rule, _figures(step, unit))
    green, amber = practice.loss_green_to, practice.loss_amber_to
    rule = (
        f"Green up to {per_cent(green)} of the loss expected, amber up to {per_cent(amber)},"
        " else red"
    )
    if step.ratio <= green:
        return Signal(Light.GREEN, rule, _figures(step, unit))
    return Signal(Light.AMBER if step.ratio <= amber else Light.RED, rule, _figures(step, unit))


def _complete(judged: Signal, found: Realisation, *, is_loss: bool) -> Signal:
    """Blue once the last period is reported and the whole promise has come, or no more is lost."""
    come = found.realised <= found.promised if is_loss else found.realised >= found.promised
    if not come:
        return judged
    rule = "Blue when the last period is reported and all that was promised has come"
    return Signal(Light.BLUE, rule, judged.figures)


def _reported(judged: Signal, found: Realisation, practice: Practice) -> Signal:
    if not found.unreported or judged.light is Light.RED:
        return judged
    spans = ", ".join(str(span) for span in found.unreported)
    rule = f"Amber at best while a period is unreported {practice.unreported_after} days after its end"
    return Signal(
        Light.AMBER, rule, "; ".join(filter(None, (judged.figures, f"missing {spans}")))
    )


def _figures(step: Step, unit: str) -> str:
    come, promised = step.realised_so_far or Fraction(0), step.planned_so_far
    said = f"{amount(come, unit)} of {amount(promised, unit)}"
    share = "" if step.ratio is None else f" ({per_cent(step.ratio)})"
    return f"{said}{share} up to {step.span.last_day:%-d %B %Y}"


def per_cent(share: Fraction) -> str:
    """`94.9 %`, cut and not rounded up, so that what is below a threshold never reads as if at it."""
    tenths = (share * 1000).__floor__()
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"
