"""The portfolio: projects page by page, each with its light and what comes next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from crossforce.kernel import civil, guarded
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import PROJECT, Light, ProjectState, TrialState
from crossforce.programme.queries import known, owned
from crossforce.programme.queries.steps import expected_steps, project_status, trial_standing
from crossforce.programme.rules.lights import Status
from crossforce.records import api as records

PAGE: Final = 50
BY_STATE: Final = "SELECT state, count(*)::bigint FROM programme_project GROUP BY state"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects are asked for; empty means all. Pages count from 1."""

    state: str = ""
    function: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A project in the portfolio: its light and what comes next."""

    row: models.Project
    holder: str
    status: Status
    trial: TrialState | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page of projects, how many there are at each state, and the lights of this page."""

    rows: Sequence[Row]
    total: int
    by_state: Mapping[str, int]
    by_light: Mapping[Light, int]
    pages: int
    may_add: bool


@guarded.acts
def portfolio(actor: Actor, wanted: Wanted, at: datetime) -> Portfolio:
    """The projects that the actor may read, by state and title, a page at a time."""
    on = civil.day_of(at)
    states = Counter(dict(records.cursor(models.Project).figures(BY_STATE, [], planning={})))
    rows = _asked(wanted)
    is_asked = wanted.state or wanted.function
    total = rows.count() if is_asked else sum(states.values())
    first = (max(wanted.page, 1) - 1) * PAGE
    page = list(rows[first : first + PAGE])
    return Portfolio(
        rows=(found := _with_lights(page, on)),
        total=total,
        by_state={str(each): states[str(each)] for each in ProjectState},
        by_light=Counter(each.status.light for each in found),
        pages=max(1, -(-total // PAGE)),
        may_add=known.may_add(actor, PROJECT),
    )


@guarded.acts
def every(actor: Actor, wanted: Wanted, at: datetime) -> list[Row]:
    """All of them at once, in the same order."""
    return _with_lights(list(_asked(wanted)), civil.day_of(at))


def _asked(wanted: Wanted) -> Any:
    given = {"state": wanted.state, "function": wanted.function}
    rows = models.Project.objects.within_reach().order_by("state", "title", "pk")
    return rows.filter(**{name: value for name, value in given.items() if value})


def _with_lights(page: Sequence[models.Project], on: date) -> list[Row]:
    figures = known.practice(on)
    codes = {each.code for each in page}
    milestones = owned.of_projects(models.Milestone, codes)
    dangers = owned.of_projects(models.Risk, codes)
    issues = owned.of_projects(models.Issue, codes)
    holders = owned.holders(page)
    found = []
    for row in page:
        key = (holders[row.scope_id], row.code)
        steps, fault, _ = expected_steps(milestones[key], on, figures)
        open_days = [each.row.due_on for each in steps if not each.row.done_on]
        found.append(
            Row(
                row,
                key[0],
                project_status(row, steps, fault, dangers[key], issues[key], on, figures),
                trial_standing(row, on),
                min(open_days, default=None),
            )
        )
    return found
