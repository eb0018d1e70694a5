"""Pages of digital evidence: exhibits, their originals, files sent and looked at."""

import base64
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crossforce.evidence import answering, queries
from crossforce.evidence.answering import answer
from crossforce.evidence.choices import EXHIBIT, State
from crossforce.evidence.forms import FileSent
from crossforce.evidence.inspection import outside
from crossforce.evidence.inspection.found import Found
from crossforce.evidence.models import Item, ViewingCopy
from crossforce.evidence.operations import docks, inspecting, receiving, sources, viewing
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.queries import cases
from crossforce.evidence.rules import sending
from crossforce.evidence.views import annotations, continuity, cuts, galleries, redactions
from crossforce.evidence.views.cases import clocks
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

STATES: Final = {
    State.ARRIVING: "Arriving",
    State.KEPT: "Kept",
    State.GIVEN_UP: "Given up",
}


@marks.in_english
@asking.only()
def listed(request: ActingRequest) -> HttpResponse:
    """The newest exhibits that one may read."""
    found, marking = records.marked(request.actor, lambda: queries.exhibits(request.actor))
    rows = [
        [
            Cell(row.exhibit_reference, reverse("evidence:exhibit", args=[row.pk])),
            row.description,
            row.case_reference,
            dates.instant(row.seized_at),
        ]
        for row in found
    ]
    table = Table("Exhibits", heads("Reference|What it is|Case|Seized or captured"), rows)
    context = {
        "table": table,
        "kind": EXHIBIT,
        "marking": marking,
        "has_docks": docks.are_watched(request.actor),
        "may_audit": request.actor.may("ledger.audit"),
        "holder": request.actor.organisation,
    }
    return web.page(request, "evidence/exhibits.html", context)


@marks.in_english
@asking.only()
def exhibit(request: ActingRequest, exhibit: UUID) -> HttpResponse:
    """One exhibit and its originals."""
    return _page(request, exhibit, FileSent())


@marks.in_english
@require_POST
def send(request: ActingRequest, exhibit: UUID) -> HttpResponse:
    """A file sent with a form, in one go."""
    form = FileSent(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, exhibit, form)
    file, at = form.cleaned_data["file"], clock.now()
    sent = Sent(exhibit, file.name or "", file.size or 0)
    made = receiving.begin(actor=request.actor, sent=sent, at=at)
    if sent.size:
        parts = file.chunks()
        receiving.receive(actor=request.actor, item=made.pk, offset=0, parts=parts, at=at)
    messages.success(request, f"{made.name} is kept.")
    return redirect("evidence:exhibit", exhibit)


@marks.in_english
@asking.only()
def item(request: ActingRequest, item: UUID) -> HttpResponse:
    """One original: what it is, and the thing itself where a browser can show it."""
    row, at = queries.item_of(request.actor, item), clock.now()
    copy = viewing.of(request.actor, row)
    is_viewed = copy is not None and copy.is_made
    context = {
        "row": row,
        "at": at,
        "shares": queries.shares_of(request.actor, item),
        "state": STATES[row.state_at(at)],
        "may_give_up": receiving.may_add(request.actor, row, at),
        "redaction": redactions.beside(request, row),
        "notes": annotations.beside(request, row),
        "cutting": cuts.beside(request, row),
        "shown_as": _shown_as(row, copy),
        "viewing": copy,
        "may_view": viewing.has_one(row),
        "has_program": outside.stands(),
        "is_archive": row.is_kept and sources.is_archive(row.media_type),
        "address": reverse("evidence:content", args=[row.pk]),
        "played": reverse(
            "evidence:viewed" if is_viewed else "evidence:content", args=[row.pk]
        ),
        "captured": galleries.captured(row),
        "button": web.forms.bare(request),
        "marking": records.marked_alone(request.actor, row),
    }
    return web.page(request, "evidence/item.html", context)


@marks.in_english
@asking.only()
def inside(request: ActingRequest, item: UUID) -> HttpResponse:
    """What an original tells of itself, and a small picture of it; found before the page has a transaction."""
    row, found = inspecting.look_into(actor=request.actor, item=item, at=clock.now())
    with guarded.acting(request.actor):
        return _told(request, row, found)


@require_GET
def content(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The bytes of an original, or the part that is asked for."""
    return answer(request, item)


@require_GET
def viewed(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The bytes of its viewing copy, or the part that is asked for."""
    return answering.viewed(request, item)


@marks.in_english
@require_POST
def make_viewing(request: ActingRequest, item: UUID) -> HttpResponse:
    """Have a viewing copy made."""
    viewing.ask(actor=request.actor, item=item, at=clock.now())
    messages.success(request, "A viewing copy is being made. Look again in a while.")
    return redirect("evidence:item", item)


@marks.in_english
@require_POST
def give_up(request: ActingRequest, item: UUID) -> HttpResponse:
    """Expect an unfinished file no longer."""
    row = receiving.give_up(actor=request.actor, item=item, at=clock.now())
    messages.success(request, f"{row.name} is given up. What came of it is destroyed.")
    return redirect("evidence:exhibit", row.exhibit)


def _page(request: ActingRequest, exhibit: UUID, form: FileSent) -> HttpResponse:
    actor = request.actor
    (found, known, kept), marking = records.marked(
        actor,
        lambda: (
            queries.opened(actor, exhibit),
            queries.continuity_of(actor, exhibit),
            cases.clocks_of(actor, exhibit),
        ),
    )
    context: dict[str, Any] = {
        "found": found,
        "row": found.exhibit,
        "copied_from": queries.called(found.exhibit.copied_from)
        if found.exhibit.copied_from
        else "",
        "items": Table(
            "Digital originals",
            heads("Name|Type, by its content|Bytes|State|SHA-256"),
            [_row(each) for each in found.items],
        ),
        "verdict": continuity.verdict(known),
        "touches": continuity.timeline(known),
        "clocks": clocks(kept),
        "last": known.touches[-1].act if known.touches else "",
        "uploads": reverse("api:evidence-uploads"),
        "marking": marking,
    }
    return web.form_page(request, "evidence/exhibit.html", form, context)


def _told(request: ActingRequest, row: Item, found: Found) -> HttpResponse:
    rows = [[each.name, each.value, each.sure.capitalize()] for each in found.facts]
    encoded = base64.b64encode(found.picture).decode()
    context = {
        "row": row,
        "found": found,
        "picture": f"data:image/jpeg;base64,{encoded}" if encoded else "",
        "table": Table("What it tells", heads("What|It says|How sure"), rows),
        "marking": records.marked_alone(request.actor, row),
    }
    return web.page(request, "evidence/inside.html", context)


def _shown_as(row: Item, copy: ViewingCopy | None) -> str:
    """As what the page shows it: its viewing copy, where there is one."""
    if copy is not None and copy.is_made:
        return "audio" if copy.is_sound else "video"
    return sending.shown_as(row.media_type)


def _row(row: Item) -> list[Any]:
    named = Cell(row.name, reverse("evidence:item", args=[row.pk]))
    state = STATES[row.state_at(clock.now())]
    if row.is_derived:
        state = f"Redacted copy, {redactions.DECISIONS[row.decision]}"
    elif row.cut:
        state = f"{row.cut.capitalize()}, cut out of another"
    return [named, row.media_type, f"{row.size:,}", state, row.sha256]
