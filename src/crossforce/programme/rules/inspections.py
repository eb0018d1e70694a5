"""What inspectorates found: areas for improvement with their actions, and practice worth copying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crossforce.programme.choices import FindingKind, FindingState
from crossforce.programme.rules.days import later
from crossforce.programme.rules.figures import Figures


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a report; it is closed by the inspectorate and by nobody else."""

    kind: FindingKind
    reported_on: date
    due_on: date | None = None
    actions: Sequence[str] = ()
    evidence: str = ""
    submitted_on: date | None = None
    closed_on: date | None = None


def standing(finding: Finding, on: date) -> FindingState:
    """Where the finding stands on the day. Noteworthy practice asks for nothing: it is there to share."""
    if finding.kind is FindingKind.NOTEWORTHY_PRACTICE:
        return FindingState.SHARED
    if finding.closed_on and finding.closed_on <= on:
        return FindingState.CLOSED
    if finding.submitted_on and finding.submitted_on <= on:
        return FindingState.WITH_INSPECTORATE
    if finding.due_on and finding.due_on < on:
        return FindingState.OVERDUE
    return FindingState.OPEN if finding.actions else FindingState.NO_ACTION


def comments_due_on(reported_on: date, figures: Figures) -> date:
    """The last day on which the policing body publishes its comments on a report of that day."""
    return later(reported_on, timedelta(days=figures.comment_days))
