"""Budgets, and lines of one, brought in by a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.finance import forms
from crossforce.finance.choices import MARKING
from crossforce.finance.operations import bringing
from crossforce.finance.queries import budgets as budgets_read
from crossforce.kernel import clock, web
from crossforce.kernel.web import marks
from crossforce.people.api import ActingRequest
from crossforce.records.reading.limits import MOST_BYTES

MOST_TOLD = 200


@marks.in_english
def bring_in(request: ActingRequest) -> HttpResponse:
    """Draft the budgets of a file: all of them, or, with what is wrong cell by cell, none."""
    form = forms.BudgetsUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "title": "Bring budgets in", "marking": MARKING, "cancel": "budgets",
        "about": "Every one is drafted, as far as its shares can be worked out.",
    }  # fmt: skip
    if form.is_valid():
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            done = bringing.bring_in(actor=request.actor, content=content, at=clock.now())
        except bringing.CannotBringIn as refused:
            context["findings"] = refused.findings[:MOST_TOLD]
            form.add_error("file", "Nothing was drafted, because some of the file is wrong.")
        else:
            messages.success(
                request, f"{len(done.new)} budgets drafted, {done.unchanged} as they were."
            )
            return redirect("finance:budgets")
    return web.form_page(request, "finance/form.html", form, context)


@marks.in_english
def bring_lines_in(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Post a file of lines: all of them, or, with what is wrong cell by cell, none."""
    row = budgets_read.to_post_to(request.actor, budget, clock.now()).row
    form = forms.Upload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "title": "Bring lines in", "about": row.title, "marking": MARKING, "back": budget,
    }  # fmt: skip
    if form.is_valid():
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        with web.said_on(form):
            try:
                done = bringing.bring_in_lines(
                    actor=request.actor, budget=budget, content=content, at=clock.now()
                )
            except bringing.CannotBringIn as refused:
                context["findings"] = refused.findings[:MOST_TOLD]
                form.add_error("file", "Nothing was posted, because some of the file is wrong.")
            else:
                told = f"{len(done.new)} lines posted, {done.same} were there already."
                messages.success(request, told)
                return redirect("finance:lines", budget=budget)
    return web.form_page(request, "finance/form.html", form, context)
