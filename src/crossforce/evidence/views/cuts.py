"""Stills and clips: cut out of a film or sound from the page that plays it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.forms import CutAsked
from crossforce.evidence.inspection import outside
from crossforce.evidence.models import Item
from crossforce.evidence.operations import cutting
from crossforce.evidence.operations.cutting import CannotCut, NewCut
from crossforce.evidence.rules.cutting import NotASpan, span
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@require_POST
def cut(request: ActingRequest, item: UUID) -> HttpResponse:
    """Make a still or clip."""
    row = queries.item_of(request.actor, item)
    form = CutAsked(request.POST, media_type=row.media_type)
    if form.is_valid():
        new = NewCut(item, form.cleaned_data["span"], form.cleaned_data["ground"])
        try:
            made = cutting.cut(actor=request.actor, new=new, at=clock.now())
        except CannotCut as fault:
            form.add_error("span", fault.message)
        else:
            messages.success(request, f"{made.name} is made, and kept beside the original.")
            return redirect("evidence:item", made.pk)
    with guarded.acting(request.actor):
        context = {"row": row, "marking": records.marked_alone(request.actor, row)}
        return web.form_page(request, "evidence/cut.html", form, context)


def beside(request: ActingRequest, row: Item) -> dict[str, Any]:
    """What the page of an original, or of a still or clip, says of cutting."""
    actor, may = request.actor, cutting.may_cut(request.actor, row)
    is_able = outside.stands()
    form = CutAsked(media_type=row.media_type) if may and is_able else None
    words, how = _said(row)
    return {
        "original": queries.cut_out_of(actor, row),
        "words": words,
        "how": how,
        "form": web.forms.adapt(request, form) if form else None,
        "why_not": outside.ABSENT if may and not is_able else "",
        "cuts": Table(
            "Stills and clips",
            heads("Name|Why|Made"),
            [_row(each) for each in queries.cuts_of(actor, row)] if row.is_kept else [],
        ),
    }


def _said(row: Item) -> tuple[str, str]:
    """What of its original a still or clip is, and how it was made."""
    if not row.cut:
        return "", ""
    _, _, how = row.made_with.partition(": ")
    try:
        words = span("video/", row.places).words
    except NotASpan:
        words = row.places
    return words, f"{how.capitalize()}." if how else ""


def _row(row: Item) -> list[Any]:
    named = Cell(row.name, reverse("evidence:item", args=[row.pk]))
    return [named, row.ground, dates.instant(row.created_at)]
