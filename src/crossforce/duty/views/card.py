"""Who answers for somebody on duty, and for the people of a unit."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from crossforce.agreements import catalogues
from crossforce.duty import queries
from crossforce.duty.choices import ENTRY, MARKING
from crossforce.duty.queries import Card, entries, reading_out
from crossforce.duty.queries.asked import as_of
from crossforce.duty.views import asking, drawing, naming
from crossforce.kernel import civil, registry, web
from crossforce.kernel.web import jinja, marks
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import areas
from crossforce.people import api as people
from crossforce.people.api import ActingRequest
from crossforce.people.choices import AuthorityState

LONGEST: Final = 80
AREA: Final = "area"


@marks.in_english
def card(request: ActingRequest, entry: UUID) -> HttpResponse:
    """Who answers for one person on duty, now or at an instant."""
    asked = asking.asked(request)
    area = request.GET.get(AREA, "")[:LONGEST]
    try:
        found = queries.card(request.actor, entry, asked.at, area)
    except queries.NoSuchDuty:
        if asked.is_now:
            raise
        context = {"asked": asked, "is_past": as_of(asked.at) is not None}
        return web.page(request, "duty/card-nothing.html", context, status=404)
    why = registry.record_pages.get("why")
    context = {
        "card": found,
        "may_change": found.entry.cancelled_at is None
        and entries.may_change(request.actor, found.entry.pk),
        "board": found,
        "asked": asked,
        "area": area,
        "areas": forces_with_an_area(),
        "area_name": _force_name(found.area),
        "names": naming.names(
            _forces(found),
            {found.entry.unit},
            civil.day_of(found.at),
        ),
        "authorities": _held(found, is_authority=True),
        "skills": _held(found, is_authority=False),
        "sees_authorities": queries.AUTHORITY in found.sees,
        "sees_skills": queries.SKILL in found.sees,
        "marking": found.marking,
        "kind": ENTRY,
        "why": why.url_name if why else "",
        "words_until": drawing.until,
        "clock_of": drawing.clock_of,
    }
    return web.page(request, "duty/card.html", context, status=422 if asked.errors else 200)


@marks.in_english
def commands(request: ActingRequest) -> HttpResponse:
    """Choose a unit, to see who commands its people."""
    asked = asking.asked(request)
    if unit := request.GET.get("unit", ""):
        query = asked.link(unit="")
        return HttpResponseRedirect(reverse("duty:unit-card", args=[unit[:LONGEST]]) + query)
    found = queries.units(request.actor, asked.at)
    context = {"units": found, "asked": asked, "marking": MARKING}
    return web.page(request, "duty/commands.html", context)


@marks.in_english
def unit_card(request: ActingRequest, unit: str) -> HttpResponse:
    """Who answers for the people of a unit, wherever they are deployed."""
    asked = asking.asked(request)
    given = {name: request.GET.get(name, "")[:LONGEST] for name in (AREA, "function", "force")}
    found = queries.unit_card(request.actor, unit, asked.at, **given)
    functions = catalogues.functions()
    context = {
        "card": found,
        "asked": asked,
        "given": given,
        "areas": forces_with_an_area(),
        "functions": [
            (code, jinja.in_language(functions[code]) if code in functions else code)
            for code in found.functions
        ],
        "marking": MARKING,
        "by": _force_name(found.suspended.by) if found.suspended else "",
    }
    return web.page(
        request, "duty/unit-card.html", context, status=422 if asked.errors else 200
    )


def forces_with_an_area() -> list[tuple[str, str]]:
    """The forces that police an area, by name."""
    held, drawn = organisations.directory(), areas.areas()
    named = [(each.code, jinja.in_language(each.name)) for each in held.forces()]
    return sorted((pair for pair in named if pair[0] in drawn), key=lambda pair: pair[1])


def _forces(found: Card) -> set[str]:
    """Those whose names stand on the card beside the answers."""
    by = {found.suspended.by} if found.suspended else set()
    return {found.force, found.area, *(each.area for each in found.near), *by}


def _force_name(code: str) -> str:
    found = organisations.directory().get(code)
    return jinja.in_language(found.name) if found else code


def _held(found: Card, *, is_authority: bool) -> Sequence[tuple[str, bool, str]]:
    """The skills or the authorities of the person: in words, whether each counts, and until when or why not."""
    on = civil.day_of(found.at)
    known = people.authorities(on) if is_authority else people.skills(on)
    rows = [
        (
            jinja.in_language(known[each.code].title) if each.code in known else each.code,
            each.state is AuthorityState.VALID,
            reading_out.why(each),
        )
        for each in found.held
        if each.is_authority is is_authority
    ]
    return sorted(rows, key=lambda row: (not row[1], row[0]))
