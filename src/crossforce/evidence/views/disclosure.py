"""Unused material of a case: its schedules, the test of each item, certificates, and bundles to take away."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.evidence.answering import bundled
from crossforce.evidence.choices import SCHEDULES, Schedule
from crossforce.evidence.forms import disclosure as forms
from crossforce.evidence.models import Unused
from crossforce.evidence.operations import bundling, papers, scheduling
from crossforce.evidence.operations.bundling import NewBundle
from crossforce.evidence.operations.scheduling import NewUnused
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries.disclosure import Schedules
from crossforce.kernel import clock, guarded, pdf, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import asking, dates, downloads, marks
from crossforce.kernel.web.lists import Column
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

HEAD: Final = "Number|What it is|Where it is|Exhibit|Test|Prosecutor's decision"


@marks.in_english
@asking.only()
def schedules(request: ActingRequest, case: UUID) -> HttpResponse:
    """The schedules of a case; posted, one item more."""
    form = forms.UnusedGiven(request.POST or None)
    if form.is_valid():
        new = NewUnused(case, **form.cleaned_data)
        row = scheduling.schedule(actor=request.actor, new=new, at=clock.now())
        messages.success(request, f"It is on {row.schedule.upper()} as number {row.number}.")
        return redirect("evidence:disclosure", case)
    found, marking = _found(request, case)
    context = {
        "found": found,
        "row": found.case,
        "tables": [_table(found, each) for each in Schedule],
        "verdict": _verdict(found),
        "papers": papers.TITLES,
        "marking": marking,
    }
    return web.form_page(request, "evidence/schedules.html", form, context)


@marks.in_english
@asking.only()
def unused(request: ActingRequest, item: UUID) -> HttpResponse:
    """One item of unused material: what was found and decided of it."""
    row = queries.unused_of(request.actor, item)
    marking = records.marked_alone(request.actor, row)
    context = {"row": row, "facts": _facts(row), "marking": marking}
    return web.page(request, "evidence/unused.html", context)


@marks.in_english
@asking.only()
def test(request: ActingRequest, item: UUID) -> HttpResponse:
    """Record how the disclosure test came out."""
    form = forms.TestGiven(request.POST or None)
    return _changed(request, item, form, scheduling.record_test, "Record the disclosure test")


@marks.in_english
@asking.only()
def decide(request: ActingRequest, item: UUID) -> HttpResponse:
    """Write down what the prosecutor decided."""
    form = forms.DecisionGiven(request.POST or None)
    return _changed(
        request, item, form, scheduling.decide, "Write down the prosecutor's decision"
    )


@marks.in_english
@asking.only()
def move(request: ActingRequest, item: UUID) -> HttpResponse:
    """Put an item on the other schedule."""
    form = forms.MoveGiven(request.POST or None)
    return _changed(request, item, form, scheduling.move, "Put it on the other schedule")


@marks.in_english
@asking.only()
def reopen(request: ActingRequest, case: UUID) -> HttpResponse:
    """Have tested items looked at again."""
    form = forms.ReopenGiven(request.POST or None)
    if form.is_valid():
        number = scheduling.reopen(
            actor=request.actor, case=case, at=clock.now(), **form.cleaned_data
        )
        told = "1 item is" if number == 1 else f"{number:,} items are"
        messages.success(request, f"{told} to be looked at again.")
        return redirect("evidence:disclosure", case)
    return _of_case(request, case, form, "Look at unused material again")


@marks.in_english
@asking.only()
def certify(request: ActingRequest, case: UUID) -> HttpResponse:
    """The disclosure officer certifies the schedules."""
    form = forms.CertificateGiven(request.POST or None)
    if form.is_valid():
        scheduling.certify(actor=request.actor, case=case, at=clock.now(), **form.cleaned_data)
        messages.success(request, "The schedules are certified as they stand.")
        return redirect("evidence:disclosure", case)
    return _of_case(request, case, form, "Certify the schedules")


@marks.in_english
@marks.repeatable
@asking.only()
def bundle(request: ActingRequest, case: UUID) -> HttpResponseBase:
    """Say for which side a bundle is; posted, the bundle. Each is a disclosure of its own."""
    form = forms.BundleGiven(request.POST or None)
    if not form.is_valid():
        with guarded.acting(request.actor):
            return _of_case(request, case, form, "Make a bundle")
    new = NewBundle(case, **form.cleaned_data)
    return bundled(bundling.make(actor=request.actor, new=new, at=clock.now()))


@asking.only()
def paper(request: ActingRequest, case: UUID, name: str) -> HttpResponse:
    """A schedule or the disclosure officer's report as a tagged PDF."""
    found, marking = _asked_for(request, case, name)
    drawn = papers.drawn(found, name, marking=marking, at=clock.now())
    return downloads.file(f"{name}-{records.in_a_name(marking)}.pdf", drawn, pdf.MEDIA_TYPE)


@asking.only()
def listing(request: ActingRequest, case: UUID, name: str) -> HttpResponseBase:
    """A schedule or the report as CSV."""
    found, marking = _asked_for(request, case, name)
    marked = Column("marking", "Marking", lambda row: marking)
    columns = [*papers.COLUMNS[name], marked]
    rows = papers.rows_of(found, name)
    return downloads.csv(f"{name}-{records.in_a_name(marking)}.csv", columns, rows)


def _asked_for(request: ActingRequest, case: UUID, name: str) -> tuple[Schedules, str]:
    if name not in papers.TITLES:
        raise Missing
    return _found(request, case)


def _found(request: ActingRequest, case: UUID) -> tuple[Schedules, str]:
    return records.marked(request.actor, lambda: queries.schedules_of(request.actor, case))


def _verdict(found: Schedules) -> str:
    row = found.certificate
    if row is not None and found.is_certified:
        return f"Certified as it stands by {row.officer}, {dates.instant(row.created_at)}."
    return found.refusal or "Not certified as it stands."


def _table(found: Schedules, schedule: Schedule) -> Table:
    rows: list[Any] = [
        [
            Cell(str(row.number), reverse("evidence:unused", args=[row.pk])),
            row.description,
            row.location,
            found.exhibits.get(row.exhibit, "–") if row.exhibit else "–",
            papers.tested(row),
            papers.decided(row),
        ]
        for row in found.of(schedule)
    ]
    return Table(SCHEDULES[schedule], heads(HEAD), rows)


def _facts(row: Unused) -> list[tuple[str, str]]:
    return [
        ("Schedule", f"{SCHEDULES[row.schedule]}, number {row.number}"),
        ("What it is", row.description),
        ("Where it is", row.location),
        ("Why it is sensitive", row.why_sensitive or "–"),
        ("Presumed to meet the test", "Yes" if row.is_presumed else "No"),
        ("Disclosure test", papers.tested(row)),
        ("By, when and why", _by(row.tested_by, row.tested_at, row.test_reason)),
        ("Prosecutor's decision", papers.decided(row)),
        ("By, when and why it was decided", _by(row.decided_by, row.decided_at, row.decision_reason)),
    ]  # fmt: skip


def _by(office: str, at: Any, reason: str) -> str:
    said = (office, dates.instant(at) if at else "", reason)
    return ". ".join(each for each in said if each) or "–"


def _changed(
    request: ActingRequest, item: UUID, form: Form, change: Callable[..., Any], title: str
) -> HttpResponse:
    row = queries.unused_of(request.actor, item)
    if form.is_valid():
        version = web.forms.version_sent(request)
        change(
            actor=request.actor, item=item, version=version, at=clock.now(), **form.cleaned_data
        )
        messages.success(request, "It is written down.")
        return redirect("evidence:unused", item)
    context = {
        "title": title,
        "said": row.description,
        "home": reverse("evidence:unused", args=[item]),
        "marking": records.marked_alone(request.actor, row),
    }
    return web.form_page(
        request, "evidence/disclosing.html", form, context, version=row.version
    )


def _of_case(request: ActingRequest, case: UUID, form: Form, title: str) -> HttpResponse:
    found, marking = _found(request, case)
    context = {
        "title": title,
        "said": found.case.case_reference,
        "home": reverse("evidence:disclosure", args=[case]),
        "marking": marking,
    }
    return web.form_page(request, "evidence/disclosing.html", form, context)
