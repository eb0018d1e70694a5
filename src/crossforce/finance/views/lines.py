"""Lines of a budget: the list, one added, one taken back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.finance import forms
from crossforce.finance.choices import MARKING, Sort
from crossforce.finance.operations import posting
from crossforce.finance.operations.posting import NewLine
from crossforce.finance.queries import budgets as budgets_read
from crossforce.finance.queries import lines as reads
from crossforce.finance.views import files, tables
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only("format", *tables.STEPS)
def lines(request: ActingRequest, budget: UUID) -> HttpResponseBase:
    """The lines of a budget, as a page and as a file."""
    row = budgets_read.one(request.actor, budget)
    if asking.one_of(request, "format", ("csv",)):
        ask = partial(reads.taken_out, request.actor, budget)
        return records.marked_file(request.actor, f"lines-{budget}", files.LINES, ask)
    shown = budgets_read.shown(request.actor, budget, clock.now())
    found, named = reads.page(request.actor, budget, tables.step_of(request)), tables.names()
    context = {
        "row": row,
        "table": Table(
            "Lines", heads("Day|Sort|Force|What for|Reference|Taken back", "Amount"),
            [_row(each, named, may_post=shown.may_post) for each in found.rows],
        ),
        "steps": tables.steps(request, found),
        "may_post": shown.may_post,
        "is_whole": shown.is_whole,
        "marking": records.marked_alone(request.actor, row),
    }  # fmt: skip
    return web.page(request, "finance/lines.html", context)


@marks.in_english
def add(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Post one line."""
    shown = budgets_read.to_post_to(request.actor, budget, clock.now())
    form, named = forms.LineGiven(request.POST or None), tables.names()
    forces = shown.position.plan.cost.parties if shown.position else ()
    choices = [(code, named(code)) for code in forces]
    forms.choose(form, "party", [("", "Choose a force"), *choices])
    if web.acted(
        form,
        lambda given: posting.post_lines(
            actor=request.actor, budget=budget, new=[_new(given)], at=clock.now()
        ),
    ):
        return redirect("finance:lines", budget=budget)
    context = {
        "title": "Add a line",
        "about": shown.row.title,
        "marking": records.marked_so_far(request.actor, MARKING),
        "back": budget,
    }
    return web.form_page(request, "finance/form.html", form, context)


@marks.in_english
def take_back(request: ActingRequest, line: UUID) -> HttpResponse:
    """Take a line back."""
    row = reads.one(request.actor, line)
    budgets_read.to_post_to(request.actor, row.budget, clock.now())
    form = forms.ReasonGiven(request.POST or None)
    if web.acted(
        form,
        lambda given: posting.take_back(
            actor=request.actor, line=line, words=given["words"], at=clock.now()
        ),
    ):
        return redirect("finance:lines", budget=row.budget)
    about = f"{row.words}, {tables.day(row.on)}, {tables.pounds(row.pence)}"
    context = {
        "title": "Take a line back", "about": about, "marking": records.marked_so_far(request.actor, MARKING), "back": row.budget,
        "warning": True,
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context)


def _new(given: Mapping[str, Any]) -> NewLine:
    return NewLine(
        Sort(given["sort"]), given["on"], given["pence"], given["party"], given["words"],
        given["reference"],
    )  # fmt: skip


def _row(
    each: reads.Listed, named: Callable[[str], str], *, may_post: bool
) -> list[Cell | str]:
    row = each.row
    can_go = may_post and row.sort != Sort.CHARGE and not row.takes_back
    back: Cell | str = "–"
    if each.taken_back_by:
        back = "Taken back"
    elif row.takes_back:
        back = "Takes another back"
    elif can_go:
        href = reverse("finance:line-back", args=[row.pk])
        back = Cell("Take back", href, more=f" {row.words}, {tables.pounds(row.pence)}")
    return [
        tables.day(row.on),
        tables.SORTS[Sort(row.sort)],
        named(row.party),
        row.words,
        row.source_reference or "–",
        back,
        tables.pounds(row.pence),
    ]
