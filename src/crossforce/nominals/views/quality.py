"""How good the records are: the report as a page and as a file."""

from operator import itemgetter
from typing import Final

from django.http.response import HttpResponseBase

from crossforce.kernel import civil, clock, web
from crossforce.nominals.choices import MARKING
from crossforce.nominals.queries import quality as reads
from crossforce.nominals.rules.quality import PRINCIPLES
from crossforce.people.api import ActingRequest

HEADING: Final = ("Marking", "Force", "Team", "People", "Principle", "Rule", "Passes", "Of")
COLUMNS: Final = [web.lists.column(title, itemgetter(at)) for at, title in enumerate(HEADING)]


def quality(request: ActingRequest) -> HttpResponseBase:
    """By rule, force and team."""
    found = reads.report(request.actor, on=civil.day_of(clock.now()))
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    context = {
        "found": found,
        "forces": [each for each in found.lines if each.team is None],
        "teams": [each for each in found.lines if each.team is not None],
        "principles": PRINCIPLES,
        "marking": MARKING,
    }
    return web.page(request, "nominals/quality.html", context)


def _as_csv(found: reads.Quality) -> HttpResponseBase:
    rows = (
        (MARKING, each.force, "all teams" if each.team is None else each.team, each.people,
         found.rules[name].principle, name, tally.passed, tally.of)
        for each in found.lines
        for name, tally in each.tallies.items()
        if name in found.rules
    )  # fmt: skip
    return web.downloads.csv(f"quality-{MARKING}.csv", COLUMNS, rows)
