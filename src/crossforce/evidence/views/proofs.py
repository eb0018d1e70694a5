"""A proof pack of an exhibit, made and taken away in one go."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.evidence import queries
from crossforce.evidence.answering import packed
from crossforce.evidence.forms import PackGiven
from crossforce.evidence.operations import proving
from crossforce.evidence.operations.proving import NewPack
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@marks.repeatable
@asking.only()
def proof(request: ActingRequest, exhibit: UUID) -> HttpResponseBase:
    """Say for whom it is; posted, the pack. Each is a disclosure of its own, also one that is asked for again."""
    form = PackGiven(request.POST or None)
    if not form.is_valid():
        return _page(request, exhibit, form)
    new = NewPack(exhibit, **form.cleaned_data)
    return packed(proving.make(actor=request.actor, new=new, at=clock.now()))


def _page(request: ActingRequest, exhibit: UUID, form: PackGiven) -> HttpResponse:
    with guarded.acting(request.actor):
        row, _ = queries.exhibit_to_fill(request.actor, exhibit)
        context = {"row": row, "marking": records.marked_alone(request.actor, row)}
        return web.form_page(request, "evidence/proof.html", form, context)
