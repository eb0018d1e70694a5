"""Measures of the platform's own data: what tells them, and which there are."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from crossforce.benefits.choices import Adds, Span
from crossforce.benefits.rules.measuring import Figure
from crossforce.benefits.rules.profile import Measure, Profile
from crossforce.duty import api as duty
from crossforce.kernel.civil import add_months
from crossforce.kernel.registry import Shelf
from crossforce.people.api import Actor

Telling = Callable[[Actor, Profile, str, Span], Figure | None]
"""`(actor, profile, function, span)`; None where whoever asks may not be told, or it cannot be said."""


@dataclass(frozen=True, slots=True)
class Told:
    """A measure that the platform tells, in which unit, and whether its figures add up."""

    tell: Telling
    unit: str
    adds: Adds = Adds.UP


measures: Final[Shelf[Told]] = Shelf("measure of a benefit")
HOUR: Final = 3600
SAID: Final = {Adds.UP: "adds up", Adds.LEVEL: "says how things stand"}


def fault(measure: Measure) -> str:
    """Why the platform cannot tell this measure; empty when it can, or is not asked to."""
    if not measure.source:
        return ""
    told = measures.get(measure.source)
    if told is None:
        return f"The platform tells no measure “{measure.source}”: name one of {', '.join(measures.names())}, or none."
    if (told.unit, told.adds) == (measure.unit, measure.adds):
        return ""
    return (
        f"The platform tells {measure.source} in {told.unit}, as a figure that {SAID[told.adds]}:"
        f" the measure is in {measure.unit} and {SAID[measure.adds]}."
    )


def hours_given(actor: Actor, profile: Profile, function: str, span: Span) -> Figure | None:
    """Hours that those who benefit gave to shared units, from the duty record."""
    return _hours(actor, profile, function, span, "given")


def hours_received(actor: Actor, profile: Profile, function: str, span: Span) -> Figure | None:
    """Hours that those who benefit received from shared units, from the duty record."""
    return _hours(actor, profile, function, span, "received")


def _hours(
    actor: Actor, profile: Profile, function: str, span: Span, side: str
) -> Figure | None:
    """Of whole months only, and only where all duties of the units may be read: a part would mislead."""
    months = _whole_months(span)
    if not months:
        return None
    found = duty.fairness(actor, span.starts_on, months, duty.Filter(function=function))
    lines = [each for each in found.lines if each.key.force in profile.beneficiaries]
    if found.hidden or not lines:
        return None
    seconds = sum(each.given if side == "given" else each.received for each in lines)
    units = ", ".join(sorted({each.key.unit for each in lines}))
    forces = ", ".join(sorted({each.key.force for each in lines}))
    said = f"Duty record, asked at {found.now:%Y-%m-%d %H:%M} UTC: hours {side} by {forces} in {units}"
    return Figure(
        _exact(seconds), said if side == "given" else said.replace(" by ", " for ", 1)
    )


def _exact(seconds: int) -> Fraction:
    return Fraction(seconds, HOUR)


def _whole_months(span: Span) -> int:
    """How many whole months the period has; none where it begins or ends within one."""
    if span.starts_on.day != 1 or span.ends_on.day != 1:
        return 0
    first, last = span.starts_on, span.ends_on
    number = (last.year - first.year) * 12 + last.month - first.month
    return number if add_months(first, number) == last and number <= MOST else 0


MOST: Final = 36
"""Months that the duty record tells at once."""
