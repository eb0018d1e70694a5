"""Sharing an original by link: the page that gives one, and its calling back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.answering import address
from crossforce.evidence.forms import ShareGiven
from crossforce.evidence.operations import papers, sharing
from crossforce.evidence.operations.sharing import NewShare
from crossforce.evidence.rules.sharing import most_days
from crossforce.kernel import clock, pdf, web
from crossforce.kernel.web import asking, dates, downloads, marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def share(request: ActingRequest, item: UUID) -> HttpResponse:
    """Give a link; it is shown here, once, and nowhere else."""
    agreements = queries.binding_titles(request.actor, item)
    form = ShareGiven(request.POST or None, most=most_days(clock.now()), agreements=agreements)
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


@asking.only()
def looks(request: ActingRequest, share: UUID) -> HttpResponse:
    """The receipt for a link as a tagged PDF: to whom it was given, each look by it, and its end."""
    (row, found), marking = records.marked(
        request.actor, lambda: queries.looks_at(request.actor, share)
    )
    facts = [
        ("Shown to", f"{row.partner}, {row.organisation}"),
        ("Ground", row.ground),
        ("Given", dates.instant(row.created_at)),
        ("At the latest until", dates.instant(row.expires_at)),
        ("Called back", dates.instant(row.recalled_at) if row.recalled_at else "No"),
        ("Looks", str(len(found))),
        *((dates.instant(each.at), f"{each.part}. Entry {each.entry}") for each in found),
    ]
    drawn = papers.receipt(f"Receipt for link {row.mark}", facts, marking, clock.now())
    name = f"link-receipt-{records.in_a_name(marking)}.pdf"
    return downloads.file(name, drawn, pdf.MEDIA_TYPE)
