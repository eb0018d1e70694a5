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


def of_milestone(each: Expected, today: date, figures: Figures) -> Status:
    """The light of one milestone.

    Blue: done. Red: late by more than the stated part of its planned length, where that is known, or
    by more than the stated working days. Amber: late by less; or due soon without a day to spare.
    Else green.
    """
    milestone = each.milestone
    if milestone.done_on:
        late = f", {_days(each.late_days)} late" if each.late_days else ""
        return Status(Light.BLUE, f"Done on {_said(milestone.done_on)}{late}.")
    if not each.late_days:
        return _in_time(each, today, figures)
    said = f"Expected on {_said(each.ends_on)}, {_days(each.late_days)} after its day"
    most = figures.late_working_days
    if are_more_working_days(milestone.due_on, each.ends_on, most):
        return Status(Light.RED, f"{said}: more than {most} working days.")
    length = milestone.length.days
    if length and each.late_days * 100 > length * figures.late_percent:
        part = f"{figures.late_percent} % of its {_days(length)}"
        return Status(Light.RED, f"{said}: more than {part}.")
    return Status(Light.AMBER, f"{said}.")


def _in_time(each: Expected, today: date, figures: Figures) -> Status:
    left = (each.ends_on - today).days
    if left <= figures.soon_days and each.slack == 0:
        return Status(Light.AMBER, f"Due in {_days(left)}, and without a day to spare.")
    return Status(Light.GREEN, f"Expected on {_said(each.ends_on)}, as planned.")


def of_project(
    milestones: Sequence[Status], risks: Iterable[Risk], overdue_issues: int, figures: Figures
) -> Status:
    """The light of the parts of a project; `in_state` says what its state makes of it.

    Red: a milestone is red. Amber: a milestone is amber, a risk is above what may be borne, or an
    issue is overdue. Blue: everything is done. Grey: it has no milestones. Else green.
    """
    red = sum(1 for each in milestones if each.light is Light.RED)
    amber = sum(1 for each in milestones if each.light is Light.AMBER)
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
    if all(each.light is Light.BLUE for each in milestones):
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
    return "1 day" if number == 1 else f"{number} days"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
