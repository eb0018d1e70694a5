"""Savings programmes: each force by year, every area, posts at risk."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http.response import HttpResponseBase

from crossforce.agreements.api import titles as called
from crossforce.benefits.choices import MARKING, Counting
from crossforce.benefits.queries import savings
from crossforce.benefits.rules.lights import per_cent
from crossforce.benefits.views.acting import words
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, lists, marks
from crossforce.kernel.words import read_out
from crossforce.people.api import ActingRequest, Actor

COUNTS = {
    Counting.CASH: "what is saved in cash in each year",
    Counting.NEW: "what each year adds to what was saved before",
}


@marks.in_english
@asking.only("format")
def programmes(request: ActingRequest) -> HttpResponseBase:
    """The savings programmes of which the reader may know, as a page and as a file."""
    on = civil.day_of(clock.now())
    if asking.one_of(request, "format", ("csv",)):
        out = savings.listed_out(request.actor, on)
        columns = listing(_titles(request.actor, [each.code for each in out]))
        return web.downloads.csv(f"savings-programmes-{MARKING}.csv", columns, out)
    found = savings.listed(request.actor, on)
    titles = _titles(request.actor, [each.code for each in found])
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
        "title": _titles(request.actor, [code])[code],
        "bar": lambda pence: round(1000 * max(pence, 0) / most, 1),
        "counts": COUNTS[found.counting] if found.counting else "what each of them says",
        "year": lambda each: f"{each}/{(each + 1) % 100:02d}",
        "lines": list(zip(found.lines, found.targets, strict=True)),
        "agreements": called(request.actor, (e.agreement for e in found.targets)),
        "share": lambda each: "–" if each.share is None else per_cent(each.share),
    }
    return web.page(request, "benefits/savings.html", context)


def listing(titles: Mapping[str, str]) -> list[lists.Column]:
    """The columns of the list of programmes."""
    return [
        _column("Marking", lambda each: MARKING),
        _column("Programme", lambda each: each.code),
        _column("Title", lambda each: titles[each.code]),
        _column("Light", lambda each: each.signal.light),
        _column("Why", lambda each: each.signal.words),
        _column("To be saved in pence", lambda each: each.so_far.target),
        _column("Realised or sure in pence", lambda each: each.so_far.come),
        _column("Gap in pence", lambda each: each.so_far.gap),
    ]


def _titles(actor: Actor, codes: Sequence[str]) -> dict[str, str]:
    """What programmes are called: as the agreement that is named so, else their codes read out."""
    named = called(actor, codes)
    return {code: named.get(code) or read_out(code) for code in codes}


def _file(code: str, found: savings.Programme) -> HttpResponseBase:
    said = {(each.force, each.year): each for each in found.targets}

    columns = [
        _column("Marking", lambda each: MARKING),
        _column("Programme", lambda each: code),
        _column("Force", lambda each: each.force),
        _column("Financial year from April", lambda each: each.year),
        _column("Target in pence", lambda each: each.target),
        _column("What is said of the target", lambda each: said[each.force, each.year].title),
        _column("Source of the target", lambda each: said[each.force, each.year].source),
        _column("Agreement", lambda each: said[each.force, each.year].agreement),
        _column("Realised in pence", lambda each: each.realised),
        _column("Forecast in pence", lambda each: each.forecast),
        _column("Counted of the forecast in pence", lambda each: each.counted),
        _column("Gap in pence", lambda each: each.gap),
        _column("Gap so far in pence", lambda each: each.gap_so_far),
    ]
    return web.downloads.csv(f"savings-{code}-{MARKING}.csv", columns, found.lines)


def _column(name: str, value: Any) -> lists.Column:
    return lists.Column(name, name, value)
