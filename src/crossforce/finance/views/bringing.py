"""Files of budgets and lines: brought in, and the list of those that were, figures too."""

from http import HTTPStatus
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.finance import forms
from crossforce.finance.choices import IMPORT, MARKING
from crossforce.finance.operations import bringing
from crossforce.finance.operations.sheets import Brought, Sheet
from crossforce.finance.queries import budgets as budgets_read
from crossforce.finance.queries import imports as reads
from crossforce.finance.rules.tables import TITLES
from crossforce.finance.views import files, tables
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records
from crossforce.records.choices import SheetState
from crossforce.records.reading.limits import MOST_BYTES

MOST_TOLD = 200
BEFORE = "What was brought in before"
STATES = {
    SheetState.DONE: ("Brought in", "green"),
    SheetState.REFUSED: ("Refused", "red"),
}


@marks.in_english
def bring_in(request: ActingRequest) -> HttpResponse:
    """Draft the budgets of a file: all of them, or, with what is wrong cell by cell, none."""
    form = forms.BudgetsUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "title": "Bring budgets in", "marking": MARKING, "cancel": "budgets", "link": before(),
        "about": "Every one is drafted, as far as its shares can be worked out. The same file twice changes nothing.",
    }  # fmt: skip
    if not form.is_valid():
        return web.form_page(request, "finance/form.html", form, context)
    done = bringing.bring_in(actor=request.actor, sent=sent(form), at=clock.now())
    if done.is_refused:
        return refused(request, form, context, done)
    messages.success(request, f"{done.new} budgets drafted, {done.unchanged} as they were.")
    return redirect("finance:budgets")


@marks.in_english
def bring_lines_in(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Post a file of lines: all of them, or, with what is wrong cell by cell, none."""
    row = budgets_read.to_post_to(request.actor, budget, clock.now()).row
    form = forms.Upload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "title": "Bring lines in", "about": row.title, "back": budget, "link": before(),
        "marking": records.marked_so_far(request.actor, MARKING),
    }  # fmt: skip
    if form.is_valid():
        with web.said_on(form):
            done = bringing.bring_in_lines(
                actor=request.actor, budget=budget, sent=sent(form), at=clock.now()
            )
            if done.is_refused:
                return refused(request, form, context, done)
            told = f"{done.new} lines posted, {done.unchanged} were there already."
            messages.success(request, told)
            return redirect("finance:lines", budget=budget)
    return web.form_page(request, "finance/form.html", form, context)


@marks.in_english
@asking.only("format")
def imports(request: ActingRequest) -> HttpResponseBase:
    """The files that were sent before, the latest first."""
    actor = request.actor
    if asking.one_of(request, "format", ("csv",)):
        return records.marked_file(
            request.actor, files.BROUGHT_IN, files.IMPORTS, lambda: reads.taken_out(actor)
        )
    found, marking = records.marked(actor, lambda: reads.imports(actor))
    named = tables.names()
    context = {
        "table": Table(
            "Files brought in",
            heads("File|What it holds|Sent|By|Held by|State", "New|Corrected|As it was|Faults"),
            [_row(each, named(each.holder)) for each in found],
        ),
        "most": records.MOST_SHEETS,
        "marking": marking,
    }
    return web.page(request, "finance/imports.html", context)


def before() -> tuple[str, str]:
    """Where a page that takes a file leads to those that came."""
    return BEFORE, reverse("finance:imports")


def sent(form: django_forms.Form) -> Sheet:
    """The file of a form."""
    file = form.cleaned_data["file"]
    return Sheet(file.name, file.read(MOST_BYTES + 1))


def refused(
    request: HttpRequest, form: django_forms.Form, context: dict[str, object], done: Brought
) -> HttpResponse:
    """The form with what is wrong in the file. That it came is kept, where it may be: the answer then undoes nothing."""
    form.add_error("file", "Nothing is brought in, because some of the file is wrong.")
    told = context | {"findings": done.findings[:MOST_TOLD]}
    answer = web.form_page(request, "finance/form.html", form, told)
    if done.record:
        answer.status_code = HTTPStatus.OK
    return answer


def _row(each: records.PastSheet, holder: str) -> list[Cell | str]:
    row, count = each.row, each.counts.get
    what = TITLES.get(row.layout, row.layout)
    state, colour = STATES[SheetState(row.state)]
    return [
        Cell(row.file_name, reverse("records:show", args=[IMPORT, row.pk])),
        f"{what}: {row.budget}" if row.budget else what,
        dates.instant(each.at),
        each.by or "–",
        holder,
        Cell(state, tag=colour),
        *(f"{count(name, 0):,}" for name in ("new", "changed", "unchanged", "faults")),
    ]
