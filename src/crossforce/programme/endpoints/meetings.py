"""Packs of meetings, and what comes, over HTTP."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router

from crossforce.kernel import clock
from crossforce.kernel.web import downloads
from crossforce.people.api import ActingRequest
from crossforce.programme.operations import packs as drawing
from crossforce.programme.queries import calendars, dashboard, packs
from crossforce.programme.rules.calendars import MEDIA_TYPE, feed
from crossforce.programme.rules.packs import as_data
from crossforce.programme.views import taking_out

router = Router()
NAME = "Crossforce"


@router.get("/packs/{meeting}", summary="The pack of a meeting")
def pack(request: ActingRequest, meeting: UUID) -> dict[str, Any]:
    """Chapters of paragraphs, facts and tables, as whoever asks may see them now."""
    return as_data(packs.pack(request.actor, meeting, clock.now()))


@router.get("/packs/{meeting}/pack.pdf", summary="The pack as a tagged PDF")
def pack_pdf(request: ActingRequest, meeting: UUID) -> HttpResponse:
    """A disclosure: the ledger names every record in it."""
    found = drawing.draw(request.actor, meeting)
    return downloads.file(found.name, found.data, found.media_type)


@router.get("/calendar.ics", summary="What comes, as a calendar to subscribe to")
def calendar(request: ActingRequest) -> HttpResponse:
    """Meetings, papers, actions, milestones, phases and ends of trials, as iCalendar (RFC 5545).

    A calendar that knows passwords only sends a token as its password, with any user name.
    """
    found = calendars.taken_out(request.actor, clock.now())
    base = request.build_absolute_uri("/").rstrip("/")
    return downloads.file("crossforce.ics", feed(NAME, found, base), MEDIA_TYPE)


@router.get("/calendar.csv", summary="What comes, as CSV")
def calendar_as_csv(request: ActingRequest) -> HttpResponseBase:
    """The same without what is cancelled, each row with its marking; a disclosure, with its entry."""
    return taking_out.coming(request)


@router.get("/dashboard", summary="The whole programme in figures")
def whole(request: ActingRequest) -> dict[str, Any]:
    """Projects by state and light, the register by stage, money of the financial year that begins in April of `year`, in pence.

    Pages, files and commands say “Complete” of a light that is `blue` here, and “No light” of `grey`.
    """
    found = dashboard.dashboard(request.actor, clock.now())
    return {
        "projects": found.projects,
        "by_light": {str(light): number for light, number in found.by_light.items()},
        "by_state": {
            state: {str(light): number for light, number in counted.items()}
            for state, counted in found.by_state.items()
        },
        "stages": dict(found.stages),
        "worst": [
            {
                "id": str(row.pk),
                "title": row.title,
                "light": status.light,
                "reason": status.reason,
            }
            for row, status in found.worst
        ],
        "overdue_actions": found.overdue,
        "money": {
            "year": found.money.year,
            "budgets": found.money.budgets,
            "pence": found.money.pence,
            "spent": found.money.spent,
            "promised": found.money.promised,
            "left": found.money.left,
            "partial": found.money.partial,
        },
    }
