"""Traffic lights by rule, each with its reason in words: nobody sets one by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.programme.choices import Light, ProjectState, TrialState
from crossforce.programme.rules.days import are_more_working_days
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.networks import Expected
from crossforce.programme.rules.risks import Risk, is_above
from crossforce.programme.rules.trials import Trial, standing

DONE: Final = frozenset({ProjectState.LIVE, ProjectState.REVIEW, ProjectState.CLOSED})
"""The states in which a project may be complete."""
NO_MILESTONES: Final = "There are no milestones to judge by."


@dataclass(frozen=True, slots=True)
class Status:
    """A light and the sentence that explains it."""

    light: Light
    reason: str


def light_of(each: Expected, today: date, figures: Figures) -> Light:
    """The light of one milestone, for whoever needs no words.

    Blue: done. Red: late by more than the stated part of its planned length, where that is known, or
    by more than the stated working days. Amber: late by less; or due soon without a day to spare.
    Else green.
    """
    if each.milestone.done_on:
        return Light.BLUE
    if each.late_days:
        is_red = _by_days(each, figures) or _by_part(each, figures)
        return Light.RED if is_red else Light.AMBER
    is_soon = each.slack == 0 and (each.ends_on - today).days <= figures.soon_days
    return Light.AMBER if is_soon else Light.GREEN


def of_milestone(each: Expected, today: date, figures: Figures) -> Status:
    """The light of one milestone, and why."""
    light = light_of(each, today, figures)
    return Status(light, f"{_why(each, light, today, figures)}.")


def _by_days(each: Expected, figures: Figures) -> bool:
    return are_more_working_days(each.milestone.due_on, each.ends_on, figures.late_working_days)


def _by_part(each: Expected, figures: Figures) -> bool:
    length = each.milestone.length.days
    return bool(length) and each.late_days * 100 > length * figures.late_percent


def _why(each: Expected, light: Light, today: date, figures: Figures) -> str:
    milestone, late = each.milestone, each.late_days
    if milestone.done_on:
        return f"Done on {_said(milestone.done_on)}{f', {_days(late)} late' if late else ''}"
    if not late:
        if light is Light.AMBER:
            left = (each.ends_on - today).days
            return f"Due in {_days(left)}, and without a day to spare"
        return f"Expected on {_said(each.ends_on)}, as planned"
    said = f"Expected on {_said(each.ends_on)}, {_days(late)} after its day"
    if light is Light.AMBER:
        return said
    if _by_days(each, figures):
        return f"{said}: more than {figures.late_working_days} working days"
    return f"{said}: more than {figures.late_percent} % of its {_days(milestone.length.days)}"


def of_project(
    milestones: Sequence[Light], risks: Iterable[Risk], overdue_issues: int, figures: Figures
) -> Status:
    """The light of the parts of a project; `in_state` says what its state makes of it.

    Red: a milestone is red. Amber: a milestone is amber, a risk is above what may be borne, or an
    issue is overdue. Blue: everything is done. Grey: it has no milestones. Else green.
    """
    red, amber = milestones.count(Light.RED), milestones.count(Light.AMBER)
    above = sum(1 for risk in risks if is_above(risk, figures))
    reasons = [
        said
        for number, said in (
            (red, f"{_many(red, 'milestone')} red"),
            (amber, f"{_many(amber, 'milestone')} amber"),
            (above, f"{_many(above, 'risk')} above what may be borne"),
            (overdue_issues, f"{_many(overdue_issues, 'issue')} overdue"),
        )
        if number
    ]
    if reasons:
        return Status(Light.RED if red else Light.AMBER, f"{', '.join(reasons)}.")
    if not milestones:
        return Status(Light.GREY, NO_MILESTONES)
    if milestones.count(Light.BLUE) == len(milestones):
        return Status(Light.BLUE, "Everything is done.")
    return Status(
        Light.GREEN, "Every milestone is in time, and no risk is above what may be borne."
    )


def of_trial(trial: Trial, on: date, figures: Figures) -> Status | None:
    """The light of a trial by its dates: amber where it lapses soon, else green until it does."""
    match standing(trial, on):
        case TrialState.TO_COME:
            return Status(
                Light.GREEN, f"The trial begins in {_days((trial.starts_on - on).days)}."
            )
        case TrialState.RUNNING:
            left = (trial.ends_on - on).days
            if left <= figures.soon_days:
                told = f"The trial lapses in {_days(left)}, unless it is decided otherwise."
                return Status(Light.AMBER, told)
            return Status(Light.GREEN, f"The trial runs for another {_days(left)}.")
        case _:
            return None


def in_state(parts: Status, state: str, trial: Status | None = None) -> Status:
    """The light of a project: what has yet to go live is not done when its milestones are, and a trial
    without milestones is judged by its dates."""
    if trial and parts.reason == NO_MILESTONES:
        return trial
    if parts.light is not Light.BLUE or state in DONE:
        return parts
    return Status(
        Light.GREY,
        "Every milestone is done, and the project is not live: there is none ahead to judge by.",
    )


def _many(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number} {noun}s are"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
