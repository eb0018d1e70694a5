"""Which body governs a project by its agreement, and from when another will."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from crossforce.agreements.wording.names import listed
from crossforce.boards import api as boards
from crossforce.kernel.web import dates
from crossforce.people.api import ActingRequest
from crossforce.programme import models
from crossforce.programme.views.words import Names

TODAY: Final = "Today"


@dataclass(frozen=True, slots=True)
class Governed:
    """Through which days who governs what, why, and the page of their board where one may read it."""

    since: str
    function: str
    by: str
    why: str
    href: str


def governed(request: ActingRequest, row: models.Project, on: date) -> list[Governed]:
    """Who governs the project today, and every change that is known ahead."""
    if not row.agreement:
        return []
    found = boards.standing(request.actor, [row.agreement], on)
    found += boards.coming(request.actor, [row.agreement], on)
    names = Names()
    return [
        _governed(each, on, names)
        for each in found
        if not row.function or each.function == row.function
    ]


def _governed(each: boards.Stretch, on: date, names: Names) -> Governed:
    by = listed(names.organisation(body) for body in each.by.bodies) if each.by else ""
    return Governed(
        since=TODAY if each.on == on else f"From {dates.day(each.on)}",
        function=names.function(each.function),
        by=by or "Nobody",
        why=str(each.by.why) if each.by else "the agreement is not in force",
        href=reverse("boards:board", args=[each.board.pk]) if each.board else "",
    )
