"""Budgets brought in by a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.finance import forms
from crossforce.finance.choices import MARKING
from crossforce.finance.operations import bringing
from crossforce.finance.rules import budget_tables
from crossforce.kernel import clock, web
from crossforce.kernel.web import marks
from crossforce.people.api import ActingRequest


@marks.in_english
def bring_in(request: ActingRequest) -> HttpResponse:
    """Draft the budgets of a file: all of them, or, with what is wrong cell by cell, none."""
    form = forms.BudgetsUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "title": "Bring budgets in", "marking": MARKING, "cancel": "budgets",
        "about": "Every one is drafted, as far as its shares can be worked out.",
    }  # fmt: skip
    if form.is_valid():
        table = budget_tables.read(form.cleaned_data["file"].read())
        try:
            done = bringing.bring_in(actor=request.actor, table=table, at=clock.now())
        except bringing.CannotBringIn as refused:
            context["findings"] = [str(each) for each in refused.findings[:200]]
            form.add_error("file", "Nothing was drafted, because some of the file is wrong.")
        else:
            messages.success(request, f"{len(done)} budgets drafted.")
            return redirect("finance:budgets")
    return web.form_page(request, "finance/form.html", form, context)
