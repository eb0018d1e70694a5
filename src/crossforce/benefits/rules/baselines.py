"""The baseline is frozen at go-live; after that it changes only by recorded change control.

What is frozen: the measure, the baseline and the targets. A change says what it was, what it is to
be, why, who decided, and by which decision; the history of changes is the only way from the frozen
profile to the profile as it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from crossforce.benefits.choices import BenefitClass, Span
from crossforce.benefits.rules.profile import Baseline, Measure, Profile, Target, lacks
from crossforce.benefits.rules.realising import gain


@dataclass(frozen=True, slots=True)
class Promise:
    """What freezing freezes."""

    measure: Measure | None
    baseline: Baseline | None
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a frozen promise, as it was decided."""

    before: Promise
    after: Promise
    reason: str
    decided_by: str
    decision: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the gain promised in a period; None where there was or is no target."""

    span: Span
    before: Fraction | None
    after: Fraction | None


class NotByHand(Exception):
    """A frozen promise changes only by a recorded change; the message says what differs."""


def promise(profile: Profile) -> Promise:
    """What of a profile is frozen at go-live."""
    return Promise(profile.measure, profile.baseline, profile.targets)


def refusal_to_freeze(profile: Profile, on: date) -> str:
    """Why a baseline cannot be frozen on the day; empty when it can."""
    if missing := lacks(profile):
        return missing[0]
    if profile.starts_on is not None and profile.starts_on < on:
        return (
            f"The first target starts on {profile.starts_on:%-d %B %Y}, before this day: a baseline is frozen"
            " before go-live. Move the targets, or record why in a change."
        )
    return ""


def refusal_to_change(profile: Profile, change: Change, frozen_on: date, on: date) -> str:
    """Why a change of a promise frozen on one day cannot be recorded on another; empty when it can."""
    if change.before != promise(profile):
        return (
            "Somebody changed it meanwhile: look at it as it is now, and make the change again."
        )
    if change.after == change.before:
        return "Nothing is different: change the measure, the baseline or a target."
    for text, what in (
        (change.reason, "why it changes"),
        (change.decided_by, "which office decided"),
        (change.decision, "the reference of the decision"),
    ):
        if not text.strip():
            return f"Change control needs {what}."
    wrong = next(iter(lacks(_with(profile, change.after))), "")
    return wrong or _refusal_of_days(change, frozen_on, on)


def _refusal_of_days(change: Change, frozen_on: date, on: date) -> str:
    """A promise looks ahead: only a target that stands as it did may be of days gone by."""
    if change.decided_on > on:
        return (
            f"The day of the decision, {change.decided_on:%-d %B %Y}, is yet to come: record the"
            " change once it is decided."
        )
    bound = max(frozen_on, change.decided_on)
    for target in change.after.targets:
        is_late = target.span.starts_on < bound or target.span.ends_on <= on
        if is_late and target not in change.before.targets:
            return (
                f"The target of {target.span} is new or another, and a change promises nothing"
                f" backwards: leave it as it was, or let new targets start on {bound:%-d %B %Y} or"
                " later, for periods that are not over."
            )
    return ""


def dropped(stands: Promise, changes: Iterable[Change]) -> tuple[Target, ...]:
    """What changes took from the promise: the target last given to each period that has none now."""
    given = {each.span: each for change in changes for each in change.before.targets}
    kept = {each.span for each in stands.targets}
    return tuple(given[span] for span in sorted(given.keys() - kept))


def refusal_of_edit(frozen: Profile, edited: Profile) -> str:
    """Why an edit by hand of a frozen benefit is refused; empty when it leaves the promise alone."""
    before, after = promise(frozen), promise(edited)
    parts = [
        name
        for name, is_other in (
            ("measure", before.measure != after.measure),
            ("baseline", before.baseline != after.baseline),
            ("targets", before.targets != after.targets),
        )
        if is_other
    ]
    if not parts:
        return ""
    return (
        f"The {' and '.join(parts)} stood still at go-live: record a change with its decision."
    )


def as_changed(frozen: Profile, changes: Iterable[Change]) -> Profile:
    """The frozen profile with its changes in the order in which they were recorded.

    Raises NotByHand where a change does not start from what stood before it: then something was
    altered past change control, or a change is missing.
    """
    stands = frozen
    for number, change in enumerate(changes, start=1):
        if change.before != promise(stands):
            raise NotByHand(
                f"Change {number} of {frozen.reference} ({change.decision}) does not start from"
                " what stood before it: a change is missing, or something changed without one."
            )
        stands = _with(stands, change.after)
    return stands


def broken(stands: Profile, changes: Sequence[Change]) -> str:
    """Why its recorded changes do not lead to the promise as it stands; empty when they do."""
    if not changes:
        return ""
    try:
        led = as_changed(_with(stands, changes[0].before), changes)
    except NotByHand as wrong:
        return str(wrong)
    if promise(led) == promise(stands):
        return ""
    return f"{stands.reference} stands otherwise than its last recorded change left it."


def effects(change: Change, benefit_class: BenefitClass) -> tuple[Effect, ...]:
    """What a change does to what is promised, period by period; of a disbenefit, to the loss."""
    before, after = _gains(change.before, benefit_class), _gains(change.after, benefit_class)
    spans: Sequence[Span] = sorted({*before, *after})
    found = (Effect(span, before.get(span), after.get(span)) for span in spans)
    return tuple(each for each in found if each.before != each.after)


def _gains(promised: Promise, benefit_class: BenefitClass) -> dict[Span, Fraction]:
    if promised.measure is None or promised.baseline is None:
        return {}
    sign = -1 if benefit_class is BenefitClass.DISBENEFIT else 1
    return {
        each.span: sign * gain(promised.measure, promised.baseline, each.span, each.value)
        for each in promised.targets
    }


def _with(profile: Profile, promised: Promise) -> Profile:
    return replace(
        profile,
        measure=promised.measure,
        baseline=promised.baseline,
        targets=promised.targets,
    )
