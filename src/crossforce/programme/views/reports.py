"""Performance reports as their office keeps them: the list, one, and its way to everybody."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.programme import models
from crossforce.programme.choices import REPORT
from crossforce.programme.forms import reports as forms
from crossforce.programme.forms.given import Given, choose, typed
from crossforce.programme.operations import reports as operations
from crossforce.programme.queries import reports as reads
from crossforce.programme.queries.known import agreements_named
from crossforce.programme.rules import report_papers as papers
from crossforce.programme.views import taking_out, words
from crossforce.programme.views.public_reports import saying
from crossforce.programme.views.report_words import WHY, counted, kind_titles

FIELDS: Final = ("code", "title", "title_cy", "agreement", "region", "year", "introduction",
                 "introduction_cy", "ahead", "ahead_cy", "caveat", "caveat_cy")  # fmt: skip
MARKING: Final = "OFFICIAL"


@marks.in_english
@asking.only("format")
def reports(request: ActingRequest) -> HttpResponseBase:
    """The reports that one may read, as a page and as a file."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.reports(request)
    rows = reads.reports(request.actor)
    context = {
        "rows": rows,
        "agreements": agreements_named(request.actor, (each.agreement for each in rows)),
        "may_add": reads.may_add(request.actor),
        "words": words.Names(),
        "marking": MARKING,
    }
    return web.page(request, "programme/reports/list.html", context)


@marks.in_english
def add(request: ActingRequest) -> HttpResponse:
    """Begin a report."""
    insight.require_add(request.actor, REPORT)
    form = _form(request, {})
    if form.is_valid():
        with web.said_on(form):
            key = operations.add_report(
                actor=request.actor, given=form.cleaned_data, at=clock.now()
            )
            return redirect("programme:report", key)
    return _asked(request, form, "Begin a performance report", "Save")


@marks.in_english
def report(request: ActingRequest, key: UUID) -> HttpResponse:
    """One version: what it would say to everybody, what stays out, what can be done."""
    shown = reads.shown(request.actor, key, clock.now())
    say = saying("cy" if request.GET.get("in") == "cy" else "en")
    context = {
        "shown": shown,
        "row": shown.row,
        "agreements": agreements_named(request.actor, [shown.row.agreement]),
        "say": say,
        "title": say.words(shown.content.title) if shown.content else None,
        "lead": papers.lead(shown.content, say) if shown.content else None,
        "sections": papers.sections(shown.content, say) if shown.content else (),
        "kinds": kind_titles(),
        "counted": [counted(*each) for each in shown.counts],
        "why": WHY,
        "words": words.Names(),
        "draw": web.forms.bare(request, version=shown.row.version),
        "marking": shown.marking,
    }
    return web.page(request, "programme/reports/show.html", context)


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change what a draft says."""
    row = reads.one(request.actor, key)
    form = _form(request, typed(row, FIELDS))
    if web.acted(
        form,
        lambda given: operations.change_report(
            actor=request.actor,
            report=key,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:report", key)
    return _asked(request, form, f"Change {row.title}", "Save", row)


@require_POST
def draw(request: ActingRequest, key: UUID) -> HttpResponse:
    """Draw the figures as they stand now."""
    version = web.forms.version_sent(request)
    operations.draw_report(actor=request.actor, report=key, version=version, at=clock.now())
    return redirect("programme:report", key)


@marks.in_english
def lower(request: ActingRequest, key: UUID) -> HttpResponse:
    """Mark OFFICIAL what stays out for its marking alone."""
    row, form = reads.one(request.actor, key), forms.Lowered(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.lower_markings(
            actor=request.actor,
            report=key,
            version=web.forms.version_sent(request),
            **given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:report", key)
    return _asked(request, form, "Mark these records OFFICIAL", "Mark them OFFICIAL", row)


@marks.in_english
def publish(request: ActingRequest, key: UUID) -> HttpResponse:
    """Put a draft before everybody."""
    row, form = reads.one(request.actor, key), forms.Published(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.publish_report(
            actor=request.actor,
            report=key,
            version=web.forms.version_sent(request),
            decision=given["decision"],
            reason=given["reason"],
            at=clock.now(),
        ),
    ):
        return redirect("programme:report", key)
    look = reads.shown(request.actor, key, clock.now()).to_be_looked_at
    return _asked(request, form, "Publish this report", "Publish", row, look=look)


@marks.in_english
def withdraw(request: ActingRequest, key: UUID) -> HttpResponse:
    """Take a published report back."""
    row, form = reads.one(request.actor, key), forms.Withdrawn(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.withdraw_report(
            actor=request.actor,
            report=key,
            version=web.forms.version_sent(request),
            **given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:report", key)
    return _asked(request, form, "Withdraw this report", "Withdraw", row)


@require_POST
def correct(request: ActingRequest, key: UUID) -> HttpResponse:
    """Begin the version that corrects this one."""
    found = operations.correct_report(actor=request.actor, report=key, at=clock.now())
    return redirect("programme:report", found)


def _form(request: ActingRequest, first: dict[str, Any]) -> Given:
    form = Given(
        request.POST or None, model=models.PerformanceReport, names=FIELDS, initial=first
    )
    for name, choices in reads.subjects(request.actor, clock.now()).items():
        choose(form, name, choices)
    return form


def _asked(
    request: ActingRequest,
    form: Any,
    title: str,
    button: str,
    row: models.PerformanceReport | None = None,
    *,
    look: Sequence[str] = (),
) -> HttpResponse:
    if row is not None:
        insight.require_edit(request.actor, row)
    context = {"title": title, "row": row, "button": button, "look": look, "marking": MARKING}
    version = row.version if row else None
    return web.form_page(request, "programme/reports/form.html", form, context, version=version)
