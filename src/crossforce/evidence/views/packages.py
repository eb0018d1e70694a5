"""Exhibits exported as a package, made and taken away in one go; and a package that is kept, brought in as the exhibits that it names."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from crossforce.evidence import queries
from crossforce.evidence.answering import exported
from crossforce.evidence.forms import ExportGiven
from crossforce.evidence.models import Item
from crossforce.evidence.operations import bringing, exporting
from crossforce.evidence.operations.admitting import Admitted, Foreseen
from crossforce.evidence.operations.exporting import NewExport
from crossforce.evidence.queries.packages import Wanted, to_take_out
from crossforce.evidence.rules.packages.parts import Form
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@marks.repeatable
@asking.only("exhibit", "case", "holder", "after")
def export(request: ActingRequest) -> HttpResponseBase:
    """Say of what, in which form and for whom; posted, the package. Each is a disclosure of its own."""
    wanted = _wanted(request)
    form = ExportGiven(request.POST or None)
    if not form.is_valid():
        return _page(request, wanted, form)
    said = form.cleaned_data
    new = NewExport(wanted, Form(said["form"]), said["recipient"], said["reason"])
    return exported(exporting.make(actor=request.actor, new=new, at=clock.now()))


@marks.in_english
@marks.repeatable
@asking.only()
def package(request: ActingRequest, item: UUID) -> HttpResponse:
    """What it would bring; posted, it is brought in, for as long as one request may last."""
    actor, at = request.actor, clock.now()
    if request.method != "POST":
        row, foreseen = bringing.look(actor=actor, item=item, at=at)
        return _brought(request, row, _foreseen(foreseen), is_asked=True, is_whole=False)
    found = bringing.go_on(actor=actor, item=item, at=at)
    return _brought(
        request, found.row, _admitted(found.admitted), is_asked=False, is_whole=found.is_whole
    )


def _brought(
    request: ActingRequest, row: Item, table: Table, *, is_asked: bool, is_whole: bool
) -> HttpResponse:
    with guarded.acting(request.actor):
        context = {
            "row": row,
            "table": table,
            "is_asked": is_asked,
            "is_whole": is_whole,
            "button": web.forms.bare(request),
            "marking": records.marked_alone(request.actor, row),
        }
        return web.page(request, "evidence/package.html", context)


def _foreseen(found: list[Foreseen]) -> Table:
    rows = [
        [
            each.exhibit_reference or "The package’s own",
            each.case_reference or "–",
            each.description or "–",
            f"{each.files:,}",
            f"{each.size:,}",
        ]
        for each in found
    ]
    return Table("What it brings", heads("Exhibit|Case|What it is|Files|Bytes"), rows)


def _admitted(found: list[Admitted]) -> Table:
    rows: list[list[Any]] = [
        [
            Cell(
                each.exhibit.exhibit_reference,
                reverse("evidence:exhibit", args=[each.exhibit.pk]),
            ),
            f"{len(each.items):,}",
            f"{each.there:,}",
        ]
        for each in found
    ]
    return Table(
        "What was brought in", heads("Exhibit|Files added now|Files there already"), rows
    )


def _page(request: ActingRequest, wanted: Wanted, form: ExportGiven) -> HttpResponse:
    with guarded.acting(request.actor):
        taken = to_take_out(wanted)
        if wanted.exhibit:
            of, _ = queries.exhibit_to_fill(request.actor, wanted.exhibit)
            named = of.exhibit_reference
        else:
            named = wanted.case or queries.called(wanted.holder)
        context = {
            "named": named,
            "number": len(taken.exhibits),
            "left": taken.left,
            "next": _next(request, taken.after),
            "is_first": wanted.after is None,
            "marking": records.marked_so_far(request.actor),
        }
        return web.form_page(request, "evidence/export.html", form, context)


def _next(request: HttpRequest, after: UUID | None) -> str:
    """Where the next part is asked for; nowhere, where there is none."""
    asked = request.GET.copy()
    asked["after"] = str(after)
    return f"?{asked.urlencode()}" if after else ""


def _wanted(request: HttpRequest) -> Wanted:
    """Of what; what is no identifier names nothing."""
    said = {name: request.GET.get(name, "").strip() for name in ("case", "holder")}
    exhibit, after = (_key(request.GET.get(name, "").strip()) for name in ("exhibit", "after"))
    return Wanted(exhibit, said["case"][:80], said["holder"][:120], after)


def _key(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return UUID(int=0)
