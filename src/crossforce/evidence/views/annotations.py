"""Notes on an original: put on its page, and said in other words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.forms import NoteGiven, NoteReworded
from crossforce.evidence.models import Item
from crossforce.evidence.operations import annotating
from crossforce.evidence.operations.annotating import NewAnnotation, NotThere
from crossforce.evidence.queries.annotations import annotation_of, annotations_of
from crossforce.evidence.rules.annotating import form_of
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@require_POST
def annotate(request: ActingRequest, item: UUID) -> HttpResponse:
    """Put a note on an original."""
    row = queries.item_of(request.actor, item)
    form = NoteGiven(request.POST, form=form_of(row.media_type))
    if form.is_valid():
        new = NewAnnotation(item, form.cleaned_data.get("place", ""), form.cleaned_data["text"])
        try:
            made = annotating.annotate(actor=request.actor, new=new, at=clock.now())
        except NotThere as why:
            form.add_error("place", str(why))
        else:
            messages.success(request, f"Noted at {made.spot.words}.")
            return redirect("evidence:item", item)
    context = {"row": row, "marking": records.marked_alone(request.actor, row)}
    return web.form_page(request, "evidence/annotate.html", form, context)


@marks.in_english
@asking.only()
def reword(request: ActingRequest, annotation: UUID) -> HttpResponse:
    """Say a note in other words."""
    row = annotation_of(request.actor, annotation)
    shown = {"version": row.version, "text": row.text}
    form = NoteReworded(request.POST or None, initial=shown)
    if form.is_valid():
        given = form.cleaned_data
        annotating.reword(
            actor=request.actor,
            annotation=annotation,
            version=given["version"],
            text=given["text"],
            at=clock.now(),
        )
        messages.success(request, "The note says that now.")
        return redirect("evidence:item", row.item)
    context = {"row": row, "marking": records.marked_alone(request.actor, row)}
    return web.form_page(request, "evidence/reword.html", form, context)


def beside(request: ActingRequest, row: Item) -> dict[str, Any]:
    """What the page of an original says of the notes on it."""
    found = annotations_of(request.actor, row.pk)
    form = NoteGiven(form=form_of(row.media_type)) if found.may_add else None
    return {"found": found, "form": web.forms.adapt(request, form) if form else None}
