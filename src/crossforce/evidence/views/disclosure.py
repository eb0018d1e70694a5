"""Unused material of a case: the test of each item and what is decided of it, certificates, and bundles to take away."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.evidence.answering import bundled, written
from crossforce.evidence.choices import SCHEDULES, SENSITIVE
from crossforce.evidence.forms import disclosure as forms
from crossforce.evidence.models import Scheduled
from crossforce.evidence.operations import bundling, moving, papers, scheduling
from crossforce.evidence.operations.bundling import NewBundle
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries import looks
from crossforce.evidence.queries.disclosure import Schedules, Told
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

AGAIN: Final = "Case|Items|What came|Since|Certified last by|Yours"
MENDED: Final = ("description", "location", "why_sensitive", "is_presumed")


@marks.in_english
@asking.only()
def looks_again(request: ActingRequest) -> HttpResponse:
    """The cases with unused material that is to be looked at again."""
    at = clock.now()
    found, marking = records.marked(request.actor, lambda: looks.again(request.actor, at))
    rows: list[Any] = [
        [
            Cell(each.case.case_reference, reverse("evidence:disclosure", args=[each.case.pk])),
            str(each.items),
            each.why,
            dates.instant(each.since),
            each.officer or "Nobody certified them",
            "Yes" if each.is_own else "No",
        ]
        for each in found
    ]
    table = Table("Unused material to look at again", heads(AGAIN), rows)
    context = {"table": table, "days": looks.days(at), "marking": marking}
    return web.page(request, "evidence/looks-again.html", context)


@marks.in_english
@asking.only()
def unused(request: ActingRequest, item: UUID) -> HttpResponse:
    """One item of unused material: what was found and decided of it."""
    found = queries.told_of(request.actor, item)
    context = {
        "row": found.row,
        "case": found.case,
        "facts": _facts(found),
        "found": found,
        "marking": records.marked_alone(request.actor, found.row),
    }
    return web.page(request, "evidence/unused.html", context)


@marks.in_english
@asking.only()
def test(request: ActingRequest, item: UUID) -> HttpResponse:
    """Record how the disclosure test came out."""
    form = forms.TestGiven(request.POST or None)
    change = _with(scheduling.record_test, lambda: form.cleaned_data)
    return _changed(request, item, form, change, "Record the disclosure test")


@marks.in_english
@asking.only()
def decide(request: ActingRequest, item: UUID) -> HttpResponse:
    """Write down what the prosecutor decided."""
    form = forms.DecisionGiven(request.POST or None)
    change = _with(scheduling.decide, lambda: {"decided": form.decided})
    return _changed(request, item, form, change, "Write down the prosecutor's decision")


@marks.in_english
@asking.only()
def move(request: ActingRequest, item: UUID) -> HttpResponse:
    """Put an item on the other schedule."""
    form = forms.MoveGiven(request.POST or None)
    change = _with(moving.move, lambda: form.cleaned_data)
    return _changed(request, item, form, change, "Put it on the other schedule")


@marks.in_english
@asking.only()
def mend(request: ActingRequest, item: UUID) -> HttpResponse:
    """Mend what an item says of itself."""
    found = queries.told_of(request.actor, item)
    row = found.row
    said = {name: getattr(row, name) for name in MENDED} | {"exhibit": found.exhibit}
    form = forms.MendGiven(
        request.POST or None, initial=said, has_sensitive=row.record_kind == SENSITIVE
    )
    change = _with(scheduling.describe, lambda: {"said": form.described})
    return _changed(request, item, form, change, "Mend what it says")


@marks.in_english
@asking.only()
def reopen(request: ActingRequest, case: UUID) -> HttpResponse:
    """Have tested items looked at again."""
    form = forms.ReopenGiven(request.POST or None)
    if web.acted(form, partial(_reopen, request, case)):
        return redirect("evidence:disclosure", case)
    return _of_case(request, case, form, "Look at unused material again")


@marks.in_english
@asking.only()
def certify(request: ActingRequest, case: UUID) -> HttpResponse:
    """The disclosure officer certifies the schedules."""
    form = forms.CertificateGiven(request.POST or None)
    certified = partial(scheduling.certify, actor=request.actor, case=case, at=clock.now())
    if web.acted(form, lambda given: certified(**given)):
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
    return written(request, case, name, "pdf")


@asking.only()
def listing(request: ActingRequest, case: UUID, name: str) -> HttpResponse:
    """A schedule or the report as CSV."""
    return written(request, case, name, "csv")


def _found(request: ActingRequest, case: UUID) -> tuple[Schedules, str]:
    return records.marked(request.actor, lambda: queries.schedules_of(request.actor, case))


def _facts(found: Told) -> list[tuple[str, Any]]:
    row = found.row
    facts: list[tuple[str, Any]] = [
        ("Schedule", f"{SCHEDULES[row.schedule]}, number {row.number}"),
        ("What it is", row.description),
        ("Where it is", row.location),
    ]
    if row.exhibit:
        facts.append(("Exhibit", found.exhibit or "Not open to you"))
    if row.record_kind == SENSITIVE:
        facts.append(("Why it is sensitive", row.why_sensitive))
    return [
        *facts,
        ("Presumed to meet the test", "Yes" if row.is_presumed else "No"),
        ("Disclosure test", papers.tested(row)),
        ("By, when and why", _by(row.tested_by, row.tested_at, row.test_reason)),
        ("Prosecutor's decision", papers.decided(row)),
        ("By, when and why it was decided", _by(row.decided_by, row.decided_at, row.decision_reason)),
    ]  # fmt: skip


def _by(office: str, at: Any, reason: str) -> str:
    said = (office, dates.instant(at) if at else "", reason)
    return ". ".join(each for each in said if each) or "–"


def _with(
    change: Callable[..., Any], given: Callable[[], dict[str, Any]]
) -> Callable[..., Any]:
    """The change, with what the form gave by then."""
    return lambda **acting: change(**acting, **given())


def _reopen(request: ActingRequest, case: UUID, given: Mapping[str, Any]) -> None:
    number = scheduling.reopen(actor=request.actor, case=case, at=clock.now(), **given)
    told = "1 item is" if number == 1 else f"{number:,} items are"
    messages.success(request, f"{told} to be looked at again.")


def _written(request: ActingRequest, item: UUID, change: Callable[..., Any]) -> Scheduled:
    version = web.forms.version_sent(request)
    made: Scheduled = change(actor=request.actor, item=item, version=version, at=clock.now())
    return made


def _changed(
    request: ActingRequest, item: UUID, form: Form, change: Callable[..., Any], title: str
) -> HttpResponse:
    row = queries.unused_of(request.actor, item)
    made: list[Scheduled] = []
    if web.acted(form, lambda given: made.append(_written(request, item, change))):
        messages.success(request, "It is written down.")
        return redirect("evidence:unused", made[0].pk)
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
