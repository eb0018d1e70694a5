"""What a row of a project says to the rules."""

from collections.abc import Iterable

from crossforce.programme import models
from crossforce.programme.choices import Case, Completeness, ProjectState
from crossforce.programme.rules.projects import Project
from crossforce.programme.rules.trials import Trial


def cases_of(row: models.Project) -> dict[Case, Completeness]:
    """How far each of the five cases is written."""
    return {case: Completeness(getattr(row, str(case))) for case in Case}


def project_of(
    row: models.Project,
    phases: int,
    milestones: Iterable[models.Milestone],
    lessons: Iterable[models.Lesson],
) -> Project:
    """The project as it stands at a gate."""
    learned = next((each.advice for each in lessons), "")
    return Project(
        ProjectState(row.state),
        row.purpose,
        row.benefit,
        cases_of(row),
        phases,
        row.lesson or learned,
        tuple(sorted(each.code for each in milestones if each.done_on is None)),
    )


def trial_of(row: models.Project) -> Trial | None:
    """The trial that the project is, if it is one."""
    if row.trial_from is None or row.trial_to is None:
        return None
    return Trial(row.trial_from, row.trial_to, row.trial_adopted_on)
