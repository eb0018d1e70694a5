"""Savings programmes: each force by year, every area, posts at risk."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.agreements.api import titles as called
from crossforce.benefits.choices import MARKING, Counting
from crossforce.benefits.queries import savings
from crossforce.benefits.rules.lights import per_cent
from crossforce.benefits.views.acting import words
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, lists, marks
from crossforce.kernel.words import read_out
from crossforce.people.api import ActingRequest

COUNTS = {
    Counting.CASH: "what is saved in cash in each year",
    Counting.NEW: "what each year adds to what was saved before",
}


@marks.in_english
@asking.only()
def programmes(request: ActingRequest) -> HttpResponse:
    """The savings programmes of which the reader may know."""
    found = savings.listed(request.actor, civil.day_of(clock.now()))
    titles = _titles(request, [each.code for each in found])
    context = {**words(), "found": found, "titles": titles}
    return web.page(request, "benefits/programmes.html", context)


@marks.in_english
@asking.only("format")
def programme(request: ActingRequest, code: str) -> HttpResponseBase:
    """One programme."""
    on = civil.day_of(clock.now())
    if asking.one_of(request, "format", ("csv",)):
        return _file(code, savings.taken_out(request.actor, code, on))
    found = savings.programme(request.actor, code, on)
    most = max((max(e.target, e.realised + e.counted) for e in found.lines), default=0) or 1
    context = {
        **words(),
        "found": found,
        "title": _titles(request, [code])[code],
        "bar": lambda pence: round(1000 * max(pence, 0) / most, 1),
        "counts": COUNTS[found.counting] if found.counting else "what each of them says",
        "year": lambda each: f"{each}/{(each + 1) % 100:02d}",
        "lines": list(zip(found.lines, found.targets, strict=True)),
        "agreements": called(request.actor, (e.agreement for e in found.targets)),
        "share": lambda each: "–" if each.share is None else per_cent(each.share),
    }
    return web.page(request, "benefits/savings.html", context)


def _titles(request: ActingRequest, codes: Sequence[str]) -> dict[str, str]:
    """What programmes are called: as the agreement that is named so, else their codes read out."""
    named = called(request.actor, codes)
    return {code: named.get(code) or read_out(code) for code in codes}


def _file(code: str, found: savings.Programme) -> HttpResponseBase:
    said = {(each.force, each.year): each for each in found.targets}

    def column(name: str, value: Any) -> lists.Column:
        return lists.Column(name, name, value)

    columns = [
        column("Marking", lambda each: MARKING),
        column("Programme", lambda each: code),
        column("Force", lambda each: each.force),
        column("Financial year from April", lambda each: each.year),
        column("Target in pence", lambda each: each.target),
        column("What is said of the target", lambda each: said[each.force, each.year].title),
        column("Source of the target", lambda each: said[each.force, each.year].source),
        column("Agreement", lambda each: said[each.force, each.year].agreement),
        column("Realised in pence", lambda each: each.realised),
        column("Forecast in pence", lambda each: each.forecast),
        column("Counted of the forecast in pence", lambda each: each.counted),
        column("Gap in pence", lambda each: each.gap),
        column("Gap so far in pence", lambda each: each.gap_so_far),
    ]
    return web.downloads.csv(f"savings-{code}-{MARKING}.csv", columns, found.lines)
