"""A person across forces: warnings first, every fact with its source, ties as a network and as a table, through time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from crossforce.kernel import civil, clock, registry, web
from crossforce.kernel.web import asking, marks
from crossforce.nominals.choices import PERSON
from crossforce.nominals.queries import person as queries
from crossforce.nominals.queries.around import MOST_TOGETHER
from crossforce.nominals.queries.interests import may_register
from crossforce.nominals.queries.person import Person, Tied
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.views import naming
from crossforce.organisations.directory import areas
from crossforce.people.api import ActingRequest

WIDE, HIGH, MOST_DRAWN = 720, 420, 24
LONGEST: Final = 28
APART: Final = 24
"""How many steps two points of the map lie apart at least, for their numbers to be read."""


@dataclass(frozen=True, slots=True)
class Node:
    """One end of the network, with the words on its line."""

    x: int
    y: int
    words: str
    role: str
    kind: str
    side: str


@marks.in_english
@asking.only()
def person(request: ActingRequest, key: UUID) -> HttpResponse:
    """What each force holds of a person, as far as whoever asks may read it."""
    try:
        found = queries.person(request.actor, key, on=civil.day_of(clock.now()))
    except queries.KnownOnly:
        return HttpResponseRedirect(reverse("records:show", args=[PERSON, key]))
    why = registry.record_pages.get("why")
    context = {
        "found": found,
        "around": found.around,
        "named": naming,
        "in_words": queries.in_words,
        "nodes": list(network(found.ties)),
        "size": (WIDE, HIGH),
        "map": _map(found),
        "may_register": may_register(request.actor),
        "most_ties": queries.MOST_TIES,
        "most_together": MOST_TOGETHER,
        "marking": found.marking,
        "why": why.url_name if why else "",
    }
    return web.page(request, "nominals/person.html", context)


def network(ties: Sequence[Tied]) -> Iterator[Node]:
    """The other ends, around the person."""
    drawn = ties[:MOST_DRAWN]
    for at, tie in enumerate(drawn):
        angle = 2 * pi * at / len(drawn) - pi / 2
        x, y = WIDE / 2 + cos(angle) * WIDE * 0.34, HIGH / 2 + sin(angle) * HIGH * 0.4
        side = "start" if cos(angle) > 0.2 else "end" if cos(angle) < -0.2 else "middle"
        title = tie.seen.title[:LONGEST]
        yield Node(round(x), round(y), title, tie.role, tie.kind, side)


def _map(found: Person) -> tuple[areas.Map, list[tuple[int, int, str]], list[Seen]] | None:
    """The ground around the places, their numbers on it, and the places in that order; None without a place.

    Places that would lie on each other share a point, with the numbers of all.
    """
    places = list({tie.seen.id: tie.seen for tie in found.places}.values())
    if not places:
        return None
    lies = [(each.row.longitude, each.row.latitude) for each in places]
    drawn = areas.drawn_near(lies, {each.place.holder for each in places})
    points: dict[tuple[int, int], str] = {}
    for number, each in enumerate(lies, 1):
        x, y = drawn.point(*each)
        near = (at for at in points if max(abs(at[0] - x), abs(at[1] - y)) < APART)
        if at := next(near, None):
            points[at] += f", {number}"
        else:
            points[x, y] = str(number)
    return drawn, [(x, y, numbers) for (x, y), numbers in points.items()], places
