"""What projects put on the agenda of the board that governs their agreement."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from crossforce.boards import api as boards
from crossforce.kernel import guarded
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import ProjectState
from crossforce.programme.queries import owned
from crossforce.programme.queries.cases import trial_of
from crossforce.programme.rules.agendas import Item, Step, items

HEADING: Final = "project"


@guarded.acts
def due(actor: Actor, asked: boards.Asked) -> list[boards.Due]:
    """What the actor may see of the projects that the board governs on the day of its meeting."""
    if not asked.agreements:
        return []
    found = models.Project.objects.within_reach().filter(agreement__in=asked.agreements)
    rows = [each for each in found if asked.governs(each.agreement, each.function)]
    codes, holders = {each.code for each in rows}, owned.holders(rows)
    milestones = owned.of_projects(models.Milestone, codes)
    phases = owned.of_projects(models.Phase, codes)
    return [
        boards.Due(
            f"{row.pk} {each.what}", HEADING, row.title, each.due_on, each.why, row.agreement
        )
        for row in rows
        for key in [(holders[row.scope_id], row.code)]
        for each in _items(row, milestones[key], phases[key], asked)
    ]


def _items(
    row: models.Project, milestones: Sequence[Any], phases: Sequence[Any], asked: boards.Asked
) -> Iterator[Item]:
    return items(
        ProjectState(row.state),
        [Step(each.code, each.title, each.due_on) for each in milestones if not each.done_on],
        [
            Step(str(each.number), each.title, each.planned_on)
            for each in phases
            if each.planned_on and not each.live_on
        ],
        trial_of(row),
        asked.meets_on,
        asked.meets_next or asked.meets_on,
    )
