"""The milestones of a project as they are expected, and the light that follows from its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crossforce.programme import models
from crossforce.programme.choices import Light, TrialState
from crossforce.programme.models.fields import parted
from crossforce.programme.queries.cases import trial_of
from crossforce.programme.rules import lights, networks, risks, trials
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.lights import Status
from crossforce.programme.rules.networks import Expected


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone as it is expected, with its light; `because` is what makes it late."""

    row: models.Milestone
    expected: Expected
    status: Status
    because: tuple[str, ...]
    is_critical: bool


def expected_steps(
    rows: Sequence[models.Milestone], on: date, figures: Figures
) -> tuple[list[Step], str, date | None]:
    """The milestones as expected, in order of time; or why they cannot be worked through."""
    milestones = [
        networks.Milestone(
            each.code, each.due_on, each.begins_on, parted(each.after), each.done_on
        )
        for each in rows
    ]
    try:
        plan = networks.schedule(milestones, on)
    except networks.CannotSchedule as wrong:
        return [], f"{wrong}.", None
    found = [
        Step(
            each,
            plan.expected[each.code],
            lights.of_milestone(plan.expected[each.code], on, figures),
            plan.because(each.code),
            each.code in plan.chain,
        )
        for each in rows
    ]
    found.sort(key=lambda each: (each.expected.ends_on, each.row.code))
    return found, "", plan.ends_on


def project_status(
    row: models.Project,
    steps: Sequence[Step],
    fault: str,
    dangers: Iterable[models.Risk],
    issues: Iterable[models.Issue],
    on: date,
    figures: Figures,
) -> Status:
    """The light of a project, with its reason."""
    if fault:
        return Status(Light.GREY, f"The milestones cannot be worked through: {fault}")
    overdue = sum(
        1 for each in issues if each.closed_on is None and each.due_on and each.due_on < on
    )
    whole = lights.of_project(
        [each.status.light for each in steps],
        [risk_of(each) for each in dangers],
        overdue,
        figures,
    )
    trial = trial_of(row)
    return lights.in_state(
        whole, row.state, lights.of_trial(trial, on, figures) if trial else None
    )


def risk_of(row: models.Risk) -> risks.Risk:
    """The risk as the rules know it."""
    return risks.Risk(
        row.category,
        row.likelihood,
        row.impact,
        row.action,
        row.owner,
        row.review_on,
        row.closed_on is not None,
    )


def trial_standing(row: models.Project, on: date) -> TrialState | None:
    """Where the trial stands that the project is; None where it is none."""
    trial = trial_of(row)
    return trials.standing(trial, on) if trial else None
