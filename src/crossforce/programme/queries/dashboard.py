"""The whole programme on one page: projects by state and light, ideas, money, and what comes next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from crossforce.boards import api as boards
from crossforce.finance import api as finance
from crossforce.kernel import civil, guarded
from crossforce.kernel.guarded_rows import FOR_SOME
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import Light, Stage
from crossforce.programme.queries.lit import MOST_NAMED, lit
from crossforce.programme.rules.lights import Status
from crossforce.records import api as records

AHEAD: Final = timedelta(days=42)
STAGES: Final = "SELECT stage, count(*) FROM programme_registerentry GROUP BY stage"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The figures; `worst` are the first of the gravest by title, none that is closed."""

    stages: Mapping[str, int]
    by_state: Mapping[str, Counter[Light]]
    by_light: Counter[Light]
    projects: int
    worst: Sequence[tuple[models.Project, Status]]
    meetings: Sequence[Any]
    overdue: int
    money: finance.Totals


@guarded.acts
def dashboard(actor: Actor, at: datetime) -> Dashboard:
    """Everything of the programme that the actor may read, together."""
    on = civil.day_of(at)
    found = lit(on)
    by_light = sum(found.by_state.values(), Counter[Light]())
    return Dashboard(
        stages=_in_order(Stage, dict(_stages())),
        by_state=found.by_state,
        by_light=by_light,
        projects=by_light.total(),
        worst=_named(found.worst),
        meetings=_meetings(actor, on),
        overdue=boards.overdue_actions(actor, on),
        money=finance.totals(actor, civil.financial_year(on)),
    )


def _named(worst: Sequence[tuple[UUID, Status]]) -> list[tuple[models.Project, Status]]:
    rows = models.Project.objects.in_bulk([key for key, _ in worst]) if worst else {}
    return [(rows[key], status) for key, status in worst if key in rows]


def _meetings(actor: Actor, on: date) -> list[Any]:
    """The meetings that take place in the next weeks, the earliest first."""
    found = boards.meetings_between(actor, on, on + AHEAD)
    return boards.meetings_coming(actor, found, on, MOST_NAMED)


def _stages() -> list[tuple[Any, ...]]:
    return records.cursor(models.RegisterEntry).figures(STAGES, planning=FOR_SOME)


def _in_order(order: Any, found: Mapping[str, int]) -> dict[str, int]:
    return {str(each): int(found.get(each, 0)) for each in order}
