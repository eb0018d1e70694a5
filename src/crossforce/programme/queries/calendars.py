"""What comes for one reader: meetings of boards, papers, actions, milestones, phases and trials."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
TABLE: Final = "what-comes"


@guarded.acts
def coming(actor: Actor, at: datetime, most: int) -> tuple[list[Coming], int]:
    """What the actor may see of the last month and of the year to come, the first so many, and how many come after them.

    Of projects and their parts no more is read.
    """
    today, (first, last) = civil.day_of(at), _days(at)
    others = [
        *_boards(actor, first, last, today),
        *_trials(first, last),
        *_reports(first, last),
    ]
    plans = [(rows, list(rows[:most])) for rows in _plans(first, last)]
    parts = {_reference(row): row for _, found in plans for row in found}
    there = [each for each in others if not each.is_cancelled]
    listed = sorted([*there, *map(_part, parts.values())], key=_by_day)[:most]
    every = len(there) + sum(
        len(found) if len(found) < most else rows.count() for rows, found in plans
    )
    return _called(listed, parts), every - len(listed)


@guarded.acts
def taken_out(actor: Actor, at: datetime) -> list[Coming]:
    """The same, to leave the platform as a calendar: that something is cancelled is told to whoever has it already."""
    guarded_watch.takes_out(FILE)
    return _listed(actor, at)


@guarded.acts
def tabled(actor: Actor, at: datetime) -> list[Coming]:
    """All that the page begins to show, to leave the platform as a table."""
    guarded_watch.takes_out(TABLE)
    return [each for each in _listed(actor, at) if not each.is_cancelled]


def _listed(actor: Actor, at: datetime) -> list[Coming]:
    today, (first, last) = civil.day_of(at), _days(at)
    others = [
        *_boards(actor, first, last, today),
        *_trials(first, last),
        *_reports(first, last),
    ]
    parts = {_reference(row): row for rows in _plans(first, last) for row in rows}
    return _called(sorted([*others, *map(_part, parts.values())], key=_by_day), parts)


def _days(at: datetime) -> tuple[date, date]:
    today = civil.day_of(at)
    return today - BACK, today + AHEAD


def _by_day(each: Coming) -> tuple[str, str]:
    return each.on.isoformat(), each.reference


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


def _plans(first: date, last: date) -> tuple[Any, Any]:
    """The milestones and the phases that are still to come, the earliest first."""
    days = (first, last)
    milestones = models.Milestone.objects.within_reach().filter(
        due_on__range=days, done_on=None
    )
    phases = models.Phase.objects.within_reach().filter(planned_on__range=days, live_on=None)
    return milestones.order_by("due_on", "pk"), phases.order_by("planned_on", "pk")


def _trials(first: date, last: date) -> Iterator[Coming]:
    trials = models.Project.objects.within_reach().filter(
        trial_to__range=(first + DAY, last + DAY), trial_adopted_on=None
    )
    why = "It lapses by itself unless it is adopted"
    for trial in trials:
        title, last_day = f"Last day of the trial: {trial.title}", trial.trial_to - DAY
        yield _of(trial, title, last_day, "Trial", address=_project(trial), why=why)


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


def _called(listed: Sequence[Coming], parts: Mapping[str, Any]) -> list[Coming]:
    """The same, what belongs to a project under its title where that may be read: of the same holder, by its code."""
    codes = {parts[each.reference].project for each in listed if each.reference in parts}
    named = models.Project.objects.within_reach().filter(code__in=codes)
    rows = list(named.only("scope_id", "code", "title")) if codes else []
    of = holders(rows)
    projects = {(of[row.scope_id], row.code): row for row in rows}
    return [_titled(each, parts.get(each.reference), projects) for each in listed]


def _titled(
    each: Coming, part: Any, projects: Mapping[tuple[str, str], models.Project]
) -> Coming:
    if part is None:
        return each
    project = projects.get((records.place_of(part.scope_id).holder, part.project))
    if project is None:
        return each
    return replace(each, title=f"{project.title}: {each.title}", address=_project(project))


def _part(row: models.Milestone | models.Phase) -> Coming:
    if isinstance(row, models.Milestone):
        return _of(row, row.title, row.due_on, "Milestone")
    return _of(row, row.title, row.planned_on, "Phase")


def _project(row: models.Project) -> str:
    return reverse("programme:project", args=[row.pk])


def _reference(row: Any) -> str:
    return f"{row.record_kind}:{row.pk}"


def _of(row: Any, title: str, on: date | datetime, sort: str, **more: Any) -> Coming:
    return Coming(
        _reference(row),
        title,
        on,
        row.changed_at,
        row.version,
        sort,
        marking=records.place_of(row.scope_id).marking,
        **more,
    )
