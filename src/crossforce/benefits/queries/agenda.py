"""What benefits put on the agenda of the board that governs their agreement."""

from collections.abc import Iterator

from crossforce.benefits.choices import Status
from crossforce.benefits.queries.benefits import Wanted, listed
from crossforce.benefits.queries.standings import Standing, figures
from crossforce.benefits.rules.agendas import items
from crossforce.boards import api as boards
from crossforce.kernel import guarded
from crossforce.people.api import Actor

HEADING = "benefit"


@guarded.acts
def due(actor: Actor, asked: boards.Asked) -> list[boards.Due]:
    """What the actor may see of the benefits that the board governs on the day of its meeting."""
    if not asked.agreements:
        return []
    found = listed(actor, Wanted(among=asked.agreements), asked.meets_on)
    return [
        each
        for standing in found
        if standing.is_told and asked.governs(standing.row.agreement, standing.row.function)
        for each in _due(standing, asked)
    ]


def _due(of: Standing, asked: boards.Asked) -> Iterator[boards.Due]:
    until = asked.meets_next or asked.meets_on
    status = Status(of.row.status)
    for each in items(of.profile, status, of.found, of.waiting, until, figures(asked.meets_on)):
        yield boards.Due(
            f"{of.row.pk} {each.what}",
            HEADING,
            of.row.title,
            each.due_on,
            each.why,
            of.row.agreement,
        )
