"""Sharing an original by link: the page that gives one, and its calling back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.answering import address
from crossforce.evidence.forms import ShareGiven
from crossforce.evidence.operations import sharing
from crossforce.evidence.operations.sharing import NewShare
from crossforce.evidence.rules.sharing import most_days
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def share(request: ActingRequest, item: UUID) -> HttpResponse:
    """Give a link; it is shown here, once, and nowhere else."""
    form = ShareGiven(request.POST or None, most=most_days(clock.now()))
    given = None
    if form.is_valid():
        new = NewShare(item, **form.cleaned_data)
        given = sharing.share(actor=request.actor, new=new, at=clock.now())
    row = queries.item_of(request.actor, item)
    context = {
        "row": row,
        "given": given,
        "address": address(request, given.link) if given else "",
        "marking": records.marked_alone(request.actor, row),
    }
    return web.form_page(request, "evidence/share.html", form, context)


@marks.in_english
@require_POST
def recall(request: ActingRequest, share: UUID) -> HttpResponse:
    """Call a link back."""
    row = sharing.recall(actor=request.actor, share=share, at=clock.now())
    messages.success(request, "The link is called back. It shows nothing any more.")
    return redirect("evidence:item", row.item)
