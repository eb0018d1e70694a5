"""Savings programmes: each force by year, every area, posts at risk."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from django.http.response import HttpResponseBase

from crossforce.agreements.api import titles as called
from crossforce.benefits.choices import Counting
from crossforce.benefits.queries import savings
from crossforce.benefits.rules.lights import per_cent
from crossforce.benefits.views.acting import words
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.lists import column
from crossforce.kernel.words import read_out
from crossforce.people.api import ActingRequest, Actor
from crossforce.records import api as records

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
        ask = partial(listed_out, request.actor, on)
        return records.marked_file(request.actor, "savings-programmes", LISTED, ask)
    found, marking = records.marked(request.actor, partial(savings.listed, request.actor, on))
    titles = _titles(request.actor, [each.code for each in found])
    context = {**words(marking), "found": found, "titles": titles}
    return web.page(request, "benefits/programmes.html", context)


@marks.in_english
@asking.only("format")
def programme(request: ActingRequest, code: str) -> HttpResponseBase:
    """One programme."""
    on = civil.day_of(clock.now())
    if asking.one_of(request, "format", ("csv",)):
        return _file(request, code, on)
    ask = partial(savings.programme, request.actor, code, on)
    found, marking = records.marked(request.actor, ask)
    most = max((max(e.target, e.realised + e.counted) for e in found.lines), default=0) or 1
    context = {
        **words(marking),
        "found": found,
        "title": _titles(request.actor, [code])[code],
        "bar": lambda pence: round(1000 * max(pence, 0) / most, 1),
        "counts": COUNTS[found.counting] if found.counting else "what each of them says",
        "year": civil.years,
        "lines": _lines(found),
        "agreements": called(request.actor, (e.agreement for e in found.targets)),
        "share": lambda each: "–" if each.share is None else per_cent(each.share),
    }
    return web.page(request, "benefits/savings.html", context)


LISTED: Final = [
    column("Programme", lambda each: each[0].code),
    column("Title", lambda each: each[1]),
    column("Light", lambda each: each[0].signal.light),
    column("Why", lambda each: each[0].signal.words),
    column("To be saved in pence", lambda each: each[0].so_far.target),
    column("Realised or sure in pence", lambda each: each[0].so_far.come),
    column("Gap in pence", lambda each: each[0].so_far.gap),
]


def listed_out(actor: Actor, on: date) -> list[tuple[Any, str]]:
    """The programmes with what they are called, as they leave."""
    out = savings.listed_out(actor, on)
    titles = _titles(actor, [each.code for each in out])
    return [(each, titles[each.code]) for each in out]


def _titles(actor: Actor, codes: Sequence[str]) -> dict[str, str]:
    """What programmes are called: as the agreement that is named so, else their codes read out."""
    named = called(actor, codes)
    return {code: named.get(code) or read_out(code) for code in codes}


def _file(request: ActingRequest, code: str, on: date) -> HttpResponseBase:
    columns = [
        column("Programme", lambda each: code),
        column("Force", lambda each: each[0].force),
        column("Financial year from April", lambda each: each[0].year),
        column("Target in pence", lambda each: each[0].target),
        column("What is said of the target", lambda each: each[1].title),
        column("Source of the target", lambda each: each[1].source),
        column("Agreement", lambda each: each[1].agreement),
        column("Realised in pence", lambda each: each[0].realised),
        column("Forecast in pence", lambda each: each[0].forecast),
        column("Counted of the forecast in pence", lambda each: each[0].counted),
        column("Gap in pence", lambda each: each[0].gap),
        column("Gap so far in pence", lambda each: each[0].gap_so_far),
    ]
    ask = partial(savings.taken_out, request.actor, code, on)
    return records.marked_file(request.actor, f"savings-{code}", columns, lambda: _lines(ask()))


def _lines(found: savings.Programme) -> list[tuple[Any, Any]]:
    return list(zip(found.lines, found.targets, strict=True))
