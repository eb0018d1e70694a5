"""How the docks of body-worn cameras stand, whose films are taken in by themselves."""

from typing import Any

from django.http import HttpResponse

from crossforce.evidence.operations import docks as reads
from crossforce.evidence.operations.docks import Standing
from crossforce.kernel import web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Table, heads
from crossforce.people.api import ActingRequest


@marks.in_english
@asking.only()
def docks(request: ActingRequest) -> HttpResponse:
    """When each was looked at, what lies where, and what was refused and why."""
    found = reads.standing(request.actor)
    context = {
        "table": Table(
            "Docks",
            heads("Dock|Looked at|Last taken in|Waiting|At work|Taken in|Refused"),
            [_row(each) for each in found],
        ),
        "faults": [(each.name, each.why_not) for each in found if each.why_not],
        "refused": Table(
            "Refused",
            heads("Dock|What|When|Why"),
            [
                [each.name, what.name, dates.instant(what.at), what.why]
                for each in found
                for what in each.whys
            ],
        ),
    }
    return web.page(request, "evidence/docks.html", context)


def _row(each: Standing) -> list[Any]:
    return [
        each.name,
        dates.instant(each.looked_at) if each.looked_at else "Not yet",
        dates.instant(each.taken_at) if each.taken_at else "Nothing yet",
        f"{each.waiting:,}",
        f"{each.at_work:,}",
        f"{each.done:,}",
        f"{each.refused:,}",
    ]
