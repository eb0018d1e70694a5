"""What comes for one reader: meetings of boards, papers, actions, milestones, phases and trials."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse

from crossforce.boards import api as boards
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.queries import known
from crossforce.programme.queries.owned import holders
from crossforce.programme.rules import inspections
from crossforce.programme.rules.calendars import Coming
from crossforce.records import api as records

BACK: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=400)
DAY: Final = timedelta(days=1)
FILE: Final = "calendar"


@guarded.acts
def coming(actor: Actor, at: datetime) -> list[Coming]:
    """What the actor may see of the last month and of the year to come, the earliest first."""
    return [each for each in _listed(actor, at) if not each.is_cancelled]


@guarded.acts
def taken_out(actor: Actor, at: datetime) -> list[Coming]:
    """The same, to leave the platform as a calendar: that something is cancelled is told to whoever has it already."""
    guarded_watch.takes_out(FILE)
    return _listed(actor, at)


def _listed(actor: Actor, at: datetime) -> list[Coming]:
    today = civil.day_of(at)
    first, last = today - BACK, today + AHEAD
    found = [*_boards(actor, first, last, today), *_projects(first, last)]
    found += _reports(first, last)
    return sorted(found, key=lambda each: (each.on.isoformat(), each.reference))


def _boards(actor: Actor, first: date, last: date, today: date) -> Iterator[Coming]:
    meetings = boards.meetings_between(actor, first, last)
    lapsed = boards.meetings_lapsed(actor, meetings, today)
    for row in meetings:
        yield _of(
            row,
            row.title,
            datetime.combine(row.on, row.begins, civil.LONDON),
            "Meeting",
            place=row.place,
            why=f"Papers are due on {row.papers_due_on.isoformat()}",
            address=reverse("programme:pack", args=[row.pk]),
            is_cancelled=row.state == "cancelled" or row.pk in lapsed,
        )
    for action in boards.waiting_actions(actor, first, last):
        yield _of(action, f"Due: {action.what}", action.due_on, "Action")


def _projects(first: date, last: date) -> Iterator[Coming]:
    """Milestones, phases and ends of trials; of projects only those are read that one of these names."""
    milestones = list(
        models.Milestone.objects.within_reach().filter(
            due_on__range=(first, last), done_on=None
        )
    )
    phases = list(
        models.Phase.objects.within_reach().filter(
            planned_on__range=(first, last), live_on=None
        )
    )
    called = _called({each.project for each in (*milestones, *phases)})
    for row in milestones:
        yield _part(row, row.due_on, "Milestone", called)
    for phase in phases:
        yield _part(phase, phase.planned_on, "Phase", called)
    trials = models.Project.objects.within_reach().filter(
        trial_to__range=(first + DAY, last + DAY), trial_adopted_on=None
    )
    why = "It lapses by itself unless it is adopted"
    for trial in trials:
        title, last_day = f"Last day of the trial: {trial.title}", trial.trial_to - DAY
        yield _of(trial, title, last_day, "Trial", trial, why=why)


def _reports(first: date, last: date) -> Iterator[Coming]:
    """When the policing body has published its comments on a report, once for each report."""
    figures = known.practice(first + BACK)
    wait = timedelta(days=figures.comment_days)
    rows = models.InspectionFinding.objects.within_reach().filter(
        reported_on__range=(first - wait, last - wait)
    )
    told: dict[tuple[str, date], models.InspectionFinding] = {}
    for row in rows.order_by("reported_on", "pk"):
        told.setdefault((row.report, row.reported_on), row)
    for row in told.values():
        due_on = inspections.comments_due_on(row.reported_on, figures)
        yield _of(row, f"Comments due on the report: {row.report}", due_on, "Report")


def _called(codes: Iterable[str]) -> dict[tuple[str, str], models.Project]:
    rows = list(models.Project.objects.within_reach().filter(code__in=list(codes)))
    of = holders(rows)
    return {(of[row.scope_id], row.code): row for row in rows}


def _part(
    row: Any, on: date, sort: str, called: Mapping[tuple[str, str], models.Project]
) -> Coming:
    """What belongs to a project of the same holder, under that project's title where it may be read."""
    project = called.get((records.place_of(row.scope_id).holder, row.project))
    title = f"{project.title}: {row.title}" if project else row.title
    return _of(row, title, on, sort, project)


def _of(
    row: Any,
    title: str,
    on: date | datetime,
    sort: str,
    project: Any = None,
    **more: Any,
) -> Coming:
    if project is not None:
        more.setdefault("address", reverse("programme:project", args=[project.pk]))
    return Coming(
        f"{row.record_kind}:{row.pk}",
        title,
        on,
        row.changed_at,
        row.version,
        sort,
        marking=records.place_of(row.scope_id).marking,
        **more,
    )
