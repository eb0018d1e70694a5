"""The end of a year, step by step, of one budget and of all of them."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.agreements.api import titles as called
from crossforce.finance import forms
from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, State
from crossforce.finance.operations import charging
from crossforce.finance.queries import budgets, journals, years
from crossforce.finance.queries.years import Trued, YearEnd
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.views import files, tables
from crossforce.kernel import civil, clock, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def year_end(request: ActingRequest, budget: UUID) -> HttpResponse:
    """The steps from the last day of a year to the last payment."""
    ask = partial(years.year_end, request.actor, budget, clock.now())
    found, marking = records.marked(request.actor, ask)
    context = {
        "row": found.row,
        "year": FinancialYear(found.row.year),
        "found": found,
        "steps": (steps := years.steps(found, tables.names())),
        "is_ready": all(each.is_done for each in steps[: years.BEFORE]),
        "table": _table(found),
        "can_settle": found.can_settle,
        "is_correction": found.is_closed,
        "button": web.forms.bare(request, version=found.row.version),
        "marking": marking,
    }
    return web.page(request, "finance/year-end.html", context)


@require_POST
@marks.in_english
def settle(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Settle the year."""
    version = web.forms.version_sent(request)
    raised = charging.true_up(
        actor=request.actor, budget=budget, version=version, at=clock.now()
    )
    messages.success(request, f"The year is settled. Invoices raised: {len(raised)}.")
    return redirect("finance:year-end", budget=budget)


@require_POST
@marks.in_english
def instalments(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Charge an instalment."""
    row = budgets.one(request.actor, budget)
    form = forms.PartGiven(request.POST)
    part = request.POST.get("part", "")
    forms.choose(form, "part", [(part, part)])
    if not form.is_valid():
        return redirect("finance:budget", budget=budget)
    raised = charging.raise_invoices(
        actor=request.actor, agreement=row.agreement, year=row.year, part=part, at=clock.now()
    )
    messages.success(request, f"Invoices raised: {len(raised)}.")
    return redirect(reverse("finance:invoices") + f"?agreement={row.agreement}&year={row.year}")


@marks.in_english
@asking.only("format")
def year(request: ActingRequest, year: int) -> HttpResponseBase:
    """What everybody owes of every budget of a year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Missing
    if asking.one_of(request, "format", ("csv",)):
        ask = partial(years.taken_out, request.actor, year)
        return records.marked_file(
            request.actor, f"true-up-{year}", files.TRUE_UPS, lambda: files.owed(ask())
        )
    found, marking = records.marked(request.actor, partial(years.true_ups, request.actor, year))
    titles = called(request.actor)
    ends_on = FinancialYear(year).whole.ends_on
    rows = [
        [
            Cell(each.row.title, reverse("finance:year-end", args=[each.row.pk])),
            titles.get(each.row.agreement, each.row.agreement),
            Cell(tables.STATES[State(each.row.state)][0], tag=tables.STATES[State(each.row.state)][1]),
            tables.pounds(each.row.pence),
            *_sums(each),
        ]
        for each in found
    ]  # fmt: skip
    context = {
        "year": FinancialYear(year),
        "is_over": civil.day_of(clock.now()) >= ends_on,
        "last_day": ends_on - timedelta(days=1),
        "table": Table(
            "Budgets of the year",
            heads("Budget|Agreement|State", "Budget of the year|Spent and given|Still to change hands"),
            rows,
        ),
        "together": tables.pounds(sum(each.owed for each in found if each.is_whole)),
        "marking": marking,
    }  # fmt: skip
    return web.page(request, "finance/year.html", context)


def _sums(each: Trued) -> list[str]:
    """Nothing is told that would be summed of a part of the lines."""
    if not each.is_whole:
        return ["Its lines are not open to you", "–"]
    return [tables.pounds(each.answer.actual.pence), tables.pounds(each.owed)]


def journal(request: ActingRequest, agreement: str, year: int) -> HttpResponseBase:
    """The double-entry journal of an agreement's year, for finance systems."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Missing

    def entered() -> list[Any]:
        found = journals.journal(request.actor, agreement, year)
        if not found:
            raise Missing
        return files.entered(found)

    name = f"journal-{agreement}-{year}"
    return records.marked_file(request.actor, name, files.JOURNAL, entered)


def _table(found: YearEnd) -> Table:
    named = tables.names()
    rows = [
        [named(each.party),
         *(tables.pounds(p) for p in (each.gross, each.in_kind, each.due, each.paid, each.balance))]
        for each in found.answer.lines
    ]  # fmt: skip
    numbers = "Share of the actual cost|Given in kind|To pay|Borne so far|Still owed"
    return Table("What each force owes", heads("Force", numbers), rows)
