"""The pack of a meeting: as a page, and as a PDF that is drawn beside it."""

from functools import partial
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.kernel import clock, drawing, web
from crossforce.kernel.web import downloads, marks
from crossforce.people.api import ActingRequest
from crossforce.programme.operations import packs as operations
from crossforce.programme.queries import packs

AGAIN_AFTER: Final = "1"


@marks.in_english
def pack(request: ActingRequest, meeting: UUID) -> HttpResponse:
    """The chapters of the pack, as the reader may see them now."""
    found = packs.pack(request.actor, meeting, clock.now())
    context = {
        "pack": found,
        "meeting": meeting,
        "standing": operations.standing(found),
        "draw": web.forms.bare(request),
        "marking": found.marking,
    }
    return web.page(request, "programme/pack.html", context)


@require_POST
def draw(request: ActingRequest, meeting: UUID) -> HttpResponse:
    """Have the PDF drawn; the page that follows says how far it is."""
    packs.require(request.actor, meeting, clock.now())
    key = drawing.begin(_owner(request), partial(operations.draw, request.actor, meeting))
    return redirect("programme:pack-drawn", meeting, key)


@marks.in_english
def drawn(request: ActingRequest, meeting: UUID, key: UUID) -> HttpResponse:
    """How far it is, and the file once it is ready."""
    packs.require(request.actor, meeting, clock.now())
    progress = drawing.progress(key, _owner(request))
    refreshes = not progress.is_over and request.GET.get("refresh") != "no"
    context = {
        "progress": progress,
        "meeting": meeting,
        "key": key,
        "refreshes": refreshes,
        "draw": web.forms.bare(request),
    }
    answer = web.page(request, "programme/pack-drawn.html", context)
    if refreshes:
        answer["Refresh"] = AGAIN_AFTER
    return answer


def file(request: ActingRequest, meeting: UUID, key: UUID) -> HttpResponse:
    """The PDF, for as long as its meeting may be known of."""
    packs.require(request.actor, meeting, clock.now())
    found = drawing.fetched(key, _owner(request))
    return downloads.file(found.name, found.data, found.media_type)


def _owner(request: ActingRequest) -> str:
    """Whoever asked for it, in that posting and for that purpose."""
    return f"{request.actor.posting}|{request.actor.purpose}"
