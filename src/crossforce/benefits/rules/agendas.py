"""What of a benefit the board that governs must see by a day: to freeze, to report, to put right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crossforce.benefits.choices import Light, Span, Status
from crossforce.benefits.rules.lights import light
from crossforce.benefits.rules.practice import Practice
from crossforce.benefits.rules.profile import Profile
from crossforce.benefits.rules.realising import Realisation
from crossforce.benefits.rules.statuses import RUNNING


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is due: `what` tells it from the others of the benefit, `why` makes it due."""

    what: str
    due_on: date
    why: str


def items(
    profile: Profile,
    status: Status,
    found: Realisation,
    waiting: Mapping[Span, tuple[str, ...]],
    until: date,
    practice: Practice,
) -> Iterator[Item]:
    """Everything that is due up to and with the day. What has ended, or is not planned yet, asks for nothing."""
    if status is Status.PLANNED and profile.starts_on and profile.starts_on <= until:
        yield Item(
            "freeze",
            profile.starts_on,
            "its baseline is to be frozen before its first target starts",
        )
    if status not in RUNNING:
        return
    for step in found.steps:
        if step.realised is None and step.span.ends_on <= until:
            yield _to_report(step.span, waiting.get(step.span, ()), until, practice)
    yield from _missed(profile, found, practice)
    for stray in found.strays:
        yield Item(
            f"stray {stray.span.starts_on}",
            stray.span.ends_on,
            f"{stray.span} is reported and has no target: a decision gives it one, or leaves it",
        )


def _to_report(span: Span, missing: tuple[str, ...], until: date, practice: Practice) -> Item:
    late = span.ends_on + timedelta(days=practice.unreported_after)
    how = (
        f"its reading is late since {late:%-d %B %Y}" if late <= until else "its target is due"
    )
    who = f"; {', '.join(missing)} yet to report" if missing else ""
    return Item(f"report {span.starts_on}", span.ends_on, f"{how}: {span}{who}")


def _missed(profile: Profile, found: Realisation, practice: Practice) -> Iterator[Item]:
    """By its figures alone: a period that is not reported is an item of its own."""
    judged = light(profile, replace(found, unreported=()), practice)
    latest = found.latest
    if latest is not None and judged.light in (Light.RED, Light.AMBER):
        yield Item(
            "missed",
            latest.span.ends_on,
            f"its target is missed, {judged.light}: {judged.figures}",
        )
