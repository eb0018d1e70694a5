"""Exhibits exported as a package, made and taken away in one go."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from crossforce.evidence import queries
from crossforce.evidence.answering import exported
from crossforce.evidence.forms import ExportGiven
from crossforce.evidence.operations import exporting
from crossforce.evidence.operations.exporting import NewExport
from crossforce.evidence.queries.packages import Wanted, to_take_out
from crossforce.evidence.rules.packages.parts import Form
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@marks.repeatable
@asking.only("exhibit", "case", "holder")
def export(request: ActingRequest) -> HttpResponseBase:
    """Say of what, in which form and for whom; posted, the package. Each is a disclosure of its own."""
    wanted = _wanted(request)
    form = ExportGiven(request.POST or None)
    if not form.is_valid():
        return _page(request, wanted, form)
    said = form.cleaned_data
    new = NewExport(wanted, Form(said["form"]), said["recipient"], said["reason"])
    return exported(exporting.make(actor=request.actor, new=new, at=clock.now()))


def _page(request: ActingRequest, wanted: Wanted, form: ExportGiven) -> HttpResponse:
    with guarded.acting(request.actor):
        rows, left = to_take_out(wanted)
        if wanted.exhibit:
            of, _ = queries.exhibit_to_fill(request.actor, wanted.exhibit)
            named = of.exhibit_reference
        else:
            named = wanted.case or queries.called(wanted.holder)
        context = {
            "named": named,
            "number": len(rows),
            "left": left,
            "marking": records.marked_so_far(request.actor),
        }
        return web.form_page(request, "evidence/export.html", form, context)


def _wanted(request: HttpRequest) -> Wanted:
    """Of what; what is no identifier names nothing."""
    said = {name: request.GET.get(name, "").strip() for name in ("exhibit", "case", "holder")}
    try:
        exhibit = UUID(said["exhibit"]) if said["exhibit"] else None
    except ValueError:
        exhibit = UUID(int=0)
    return Wanted(exhibit, said["case"][:80], said["holder"][:120])
