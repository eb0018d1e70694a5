"""Invoices between policing bodies: the list, one, sent, withdrawn, settled."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.agreements.api import titles as called
from crossforce.finance import forms
from crossforce.finance.choices import InvoiceState
from crossforce.finance.operations import invoices as operations
from crossforce.finance.queries import billing
from crossforce.finance.queries import invoices as reads
from crossforce.finance.queries.invoices import Shown, Wanted
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.views import billed, budgets, files, tables
from crossforce.insight import api as insight
from crossforce.kernel import clock, pdf, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only(*budgets.ASKED, "format", *tables.STEPS)
def invoices(request: ActingRequest) -> HttpResponseBase:
    """The invoices that one may read, as a page and as a file."""
    wanted = _wanted(request)
    if asking.one_of(request, "format", ("csv",)):
        ask = partial(reads.taken_out, request.actor, wanted)
        return records.marked_file(request.actor, "invoices", files.INVOICES, ask)
    step, named = tables.step_of(request), tables.names()
    found, marking = records.marked(
        request.actor, partial(reads.page, request.actor, wanted, step)
    )
    agreements, years = reads.asked_of(request.actor)
    rows = [
        [
            Cell(each.row.number, reverse("finance:invoice", args=[each.row.pk])),
            named(each.row.creditor),
            named(each.row.debtor),
            tables.day(each.row.raised_on),
            _state(each),
            tables.pounds(each.pence),
        ]
        for each in found.rows
    ]
    context = {
        "table": Table("Invoices", heads("Number|From|To|Raised|State", "Amount"), rows),
        "wanted": wanted,
        "states": [(code.value, words) for code, (words, _) in tables.INVOICE_STATES.items()],
        "agreements": tables.called(called(request.actor), {*agreements, wanted.agreement}),
        "years": [(y, str(FinancialYear(y))) for y in years],
        "can_settle": reads.may_settle(request.actor),
        "steps": tables.steps(request, found),
        "query": request.GET.urlencode(),
        "marking": marking,
    }
    return web.page(request, "finance/invoices.html", context)


@marks.in_english
@asking.only()
def invoice(request: ActingRequest, invoice: UUID) -> HttpResponse:
    """One invoice, what it charges, and what was invoiced before."""
    found, marking = records.marked(
        request.actor, partial(billing.bill, request.actor, invoice)
    )
    shown = found.shown
    context = {
        "shown": shown,
        "row": shown.row,
        "title": billed.title(found),
        "state": _state(shown),
        "facts": [*billed.facts(found), ("Settled by", shown.row.settlement or "–")],
        "table": billed.charges(found),
        "before": billed.before(found),
        "is_raised": shown.row.state == InvoiceState.RAISED,
        "button": web.forms.bare(request, version=shown.row.version),
        "marking": marking,
    }
    return web.page(request, "finance/invoice.html", context)


def paper(request: ActingRequest, invoice: UUID) -> HttpResponse:
    """The same as a tagged PDF."""
    ask = partial(billing.taken_out, request.actor, invoice)
    found, marking = records.marked(request.actor, ask)
    name = f"invoice-{found.shown.row.number}-{records.in_a_name(marking)}.pdf"
    content = billed.paper(found, marking, clock.now())
    return web.downloads.file(name.replace("/", "-"), content, pdf.MEDIA_TYPE)


@require_POST
@marks.in_english
def send(request: ActingRequest, invoice: UUID) -> HttpResponse:
    """Note that it was sent."""
    version = web.forms.version_sent(request)
    operations.send_invoice(
        actor=request.actor, invoice=invoice, version=version, at=clock.now()
    )
    return redirect("finance:invoice", invoice=invoice)


@marks.in_english
def withdraw(request: ActingRequest, invoice: UUID) -> HttpResponse:
    """Withdraw one that was not sent."""
    shown = reads.one(request.actor, invoice)
    form = forms.ReasonGiven(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.withdraw_invoice(
            actor=request.actor,
            invoice=invoice,
            version=web.forms.version_sent(request),
            words=given["words"],
            at=clock.now(),
        ),
    ):
        return redirect("finance:invoice", invoice=invoice)
    insight.require_edit(request.actor, shown.row)
    context = {
        "title": "Withdraw the invoice", "about": shown.row.number, "marking": records.marked_so_far(request.actor),
        "warning": True, "cancel": "invoices",
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context, version=shown.row.version)


@marks.in_english
@asking.only(*budgets.ASKED, *tables.STEPS)
def settle(request: ActingRequest) -> HttpResponse:
    """Set invoices between two bodies off against each other: of all that were sent, or of those of an agreement or year."""
    wanted = replace(_wanted(request), state=InvoiceState.SENT.value)
    found = reads.invoices(request.actor, wanted)
    named = tables.names()
    form = forms.SettlementGiven(request.POST or None)
    forms.choose(
        form, "chosen", [(str(e.row.pk), _choice(e, named)) for e in found if e.may_edit]
    )
    if form.is_valid():
        with web.said_on(form):
            given = form.cleaned_data
            done = operations.settle_invoices(
                actor=request.actor,
                chosen=[UUID(each) for each in given["chosen"]],
                on=given["on"],
                reference=given["reference"],
                at=clock.now(),
            )
            words = f"{named(done.payer)} pays {named(done.payee)}"
            messages.success(request, f"{words} {tables.pounds(done.pence)}.")
            return redirect("finance:invoices")
    context = {
        "title": "Settle invoices", "about": "What is left when they are set off is paid.",
        "marking": records.marked_so_far(request.actor), "cancel": "invoices",
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context)


def _wanted(request: ActingRequest) -> Wanted:
    state = asking.one_of(request, "state", [str(each) for each in InvoiceState])
    return Wanted(*budgets.asked_of(request), state)


def _state(shown: Shown) -> Cell:
    words, colour = tables.INVOICE_STATES[InvoiceState(shown.row.state)]
    return Cell(words, tag=colour)


def _choice(shown: Shown, named: Callable[[str], str]) -> str:
    row = shown.row
    between = f"{named(row.creditor)} to {named(row.debtor)}"
    return f"{row.number}: {between}, {tables.pounds(shown.pence)}"
