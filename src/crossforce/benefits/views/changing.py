"""Pages that change a benefit: add, edit, change what is promised, move, report, reinvest."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.agreements import api as agreements
from crossforce.agreements import catalogues
from crossforce.benefits import forms
from crossforce.benefits.choices import (
    BENEFIT,
    MARKING,
    BenefitClass,
    Confidence,
    ShareRule,
    Span,
    Status,
)
from crossforce.benefits.forms.promise import first_of
from crossforce.benefits.operations import benefits as operations
from crossforce.benefits.operations.readings import NewReading, measure, report
from crossforce.benefits.operations.readings import correct as correct_reading
from crossforce.benefits.operations.reinvesting import reinvest
from crossforce.benefits.queries import benefits, measuring
from crossforce.benefits.queries import rows as read
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules import keeping, statuses
from crossforce.benefits.rules.reinvesting import Allocation
from crossforce.benefits.views.acting import STATUSES, force_named, words
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import jinja, marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

WORDS = ("title", "description", "owner", "beneficiaries", "share_rule", "counted_in",
         "reinvestment", "confidence")  # fmt: skip


@marks.in_english
def add(request: ActingRequest) -> HttpResponse:
    """Identify a benefit."""
    insight.require_add(request.actor, BENEFIT)
    first = {"better": "higher", "adds": "adds-up", "confidence": "medium"}
    form = forms.BenefitGiven(_sent(request), initial=first)
    _sources(form)
    rows = agreements.visible(request.actor).order_by("title_en", "reference")
    listed = rows.values_list("reference", "title_en")
    forms.choose(form, "agreement", [("", "None"), *listed])
    functions = sorted((jinja.in_language(t), c) for c, t in catalogues.functions().items())
    forms.choose(
        form, "function", [("", "None"), *((code, title) for title, code in functions)]
    )
    if form.is_valid():
        with web.said_on(form):
            key = operations.add_benefit(actor=request.actor, new=_new(form), at=clock.now())
            return redirect("benefits:benefit", key)
    return _asked(request, form, "Add a benefit", None)


def _new(form: forms.BenefitGiven) -> operations.NewBenefit:
    given = form.cleaned_data
    return operations.NewBenefit(
        reference=given["reference"],
        title=given["title"],
        benefit_class=BenefitClass(given["benefit_class"]),
        promise=form.promise,
        agreement=given["agreement"],
        function=given["function"],
        description=given["description"],
        owner=given["owner"],
        beneficiaries=read.lines(given["beneficiaries"]),
        share_rule=ShareRule(given["share_rule"]),
        effort=keeping.effort_read(given["effort"]),
        counted_in=given["counted_in"],
        reinvestment=given["reinvestment"],
        confidence=Confidence(given["confidence"]),
    )


@marks.in_english
def edit(request: ActingRequest, key: UUID) -> HttpResponse:
    """Edit words, at any time."""
    row = benefits.one(request.actor, key)
    first = {name: getattr(row, name) for name in WORDS}
    said = (f"{force} {number}" for force, number in read.effort_of(row).items())
    form = forms.WordsGiven(_sent(request), initial=first | {"effort": "\n".join(said)})
    if web.acted(
        form,
        lambda given: operations.edit_benefit(
            actor=request.actor,
            benefit=key,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("benefits:benefit", key)
    insight.require_edit(request.actor, row)
    return _asked(request, form, "Edit the benefit", row)


@marks.in_english
def promise(request: ActingRequest, key: UUID) -> HttpResponse:
    """Say what is promised: freely until it is frozen, then by a decision that is recorded."""
    row = benefits.one(request.actor, key)
    profile = read.profile_of(row)
    first = first_of(keeping.read(row.promise), is_money=profile.is_money)
    kind = forms.ChangeGiven if row.frozen_on else forms.PromiseGiven
    form = kind(_sent(request), initial=first, is_money=profile.is_money)
    _sources(form)
    if web.acted(form, lambda given: _promise(request, key, form)):
        return redirect("benefits:benefit", key)
    title = "Change what was promised" if row.frozen_on else "Measure, baseline and targets"
    insight.require_edit(request.actor, row)
    return _asked(request, form, title, row)


def _promise(request: ActingRequest, key: UUID, form: forms.PromiseGiven) -> None:
    version, given = web.forms.version_sent(request), form.cleaned_data
    common: Mapping[str, Any] = {
        "actor": request.actor, "benefit": key, "version": version, "at": clock.now()
    }  # fmt: skip
    if not isinstance(form, forms.ChangeGiven):
        operations.edit_benefit(given={}, promise=form.promise, **common)
        return
    decided = operations.Decided(
        given["reason"], given["decided_by"], given["decision"], given["decided_on"]
    )
    operations.change_promise(after=form.promise, decided=decided, **common)


@marks.in_english
def move(request: ActingRequest, key: UUID) -> HttpResponse:
    """Move a benefit to another status; at go-live its promise is frozen."""
    row = benefits.one(request.actor, key)
    form = forms.MoveGiven(_sent(request))
    moves = statuses.MOVES[Status(row.status)]
    forms.choose(form, "to", [(e.value, STATUSES[e]) for e in Status if e in moves])
    if web.acted(
        form,
        lambda given: operations.move_benefit(
            actor=request.actor,
            benefit=key,
            version=web.forms.version_sent(request),
            to=Status(given["to"]),
            reason=given["reason"],
            at=clock.now(),
        ),
    ):
        return redirect("benefits:benefit", key)
    insight.require_edit(request.actor, row)
    return _asked(request, form, "Move the benefit", row)


@marks.in_english
def reading(request: ActingRequest, key: UUID) -> HttpResponse:
    """Report a period that is over; the platform's own measure can be asked for it."""
    standing = benefits.to_report_on(request.actor, key, civil.day_of(clock.now()))
    form = forms.ReadingGiven(_sent(request))
    over = _over(standing)
    forms.choose(form, "period", [(_period(each), str(each)) for each in over])
    forces = [(each, force_named(each)) for each in standing.profile.reporting]
    forms.choose(form, "force", [("", "All together"), *forces])
    if "measured" in request.POST:
        span = next((e for e in over if _period(e) == request.POST.get("period")), None)
        if span is not None:
            measure(actor=request.actor, benefit=key, span=span, at=clock.now())
            return redirect("benefits:benefit", key)
    elif web.acted(
        form,
        lambda given: report(
            actor=request.actor,
            benefit=key,
            new=_reading(given, over, is_money=standing.profile.is_money),
            at=clock.now(),
        ),
    ):
        return redirect("benefits:benefit", key)
    source = standing.profile.measure.source if standing.profile.measure else ""
    more = {"is_measured": source in measuring.measures.names(), "over": over}
    return _asked(request, form, "Report a period", standing.row, more)


@marks.in_english
def correct(request: ActingRequest, key: UUID) -> HttpResponse:
    """Correct what was reported of a period; what stood there stays in its history."""
    held = benefits.reading_of(request.actor, key)
    row = benefits.one(request.actor, held.benefit)
    scale = 100 if read.profile_of(row).is_money else 1
    first = {"value": (held.value / scale).normalize(), "evidence": held.evidence}
    form = forms.FigureGiven(_sent(request), initial=first)
    if web.acted(
        form,
        lambda given: correct_reading(
            actor=request.actor,
            reading=key,
            version=web.forms.version_sent(request),
            value=given["value"] * scale,
            evidence=given["evidence"],
            at=clock.now(),
        ),
    ):
        return redirect("benefits:benefit", row.pk)
    insight.require_edit(request.actor, held)
    return _asked(request, form, f"Correct {held.title}", row, version=held.version)


def _over(of: Standing) -> list[Span]:
    today = civil.day_of(clock.now())
    return [target.span for target in of.profile.targets if target.span.ends_on <= today]


def _period(span: Span) -> str:
    return f"{span.starts_on}/{span.ends_on}"


def _reading(given: Mapping[str, Any], over: list[Span], *, is_money: bool) -> NewReading:
    span = next(each for each in over if _period(each) == given["period"])
    value = given["value"] * 100 if is_money else given["value"]
    return NewReading(span, value, given["evidence"], given["force"])


@marks.in_english
def use(request: ActingRequest, key: UUID) -> HttpResponse:
    """Put freed cash to a use."""
    row = benefits.one(request.actor, key)
    today = civil.day_of(clock.now())
    form = forms.UseGiven(_sent(request), initial={"on": today, "posts": 0})
    if web.acted(
        form,
        lambda given: reinvest(
            actor=request.actor,
            benefit=key,
            new=Allocation(
                row.code, given["on"], given["pounds"], given["destination"], given["posts"]
            ),
            at=clock.now(),
        ),
    ):
        return redirect("benefits:benefit", key)
    insight.require_edit(request.actor, row)
    return _asked(request, form, "Put freed cash to use", row)


def _sent(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _sources(form: django_forms.Form) -> None:
    names = [(name, name.replace("-", " ")) for name in measuring.measures.names()]
    forms.choose(form, "source", [("", "Reported by hand"), *names])


def _asked(
    request: ActingRequest,
    form: django_forms.Form,
    title: str,
    row: Any,
    more: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> HttpResponse:
    marking = records.marked_so_far(request.actor, MARKING)
    context = {**words(marking), "title": title, "row": row, **(more or {})}
    if version is None and row is not None:
        version = row.version
    return web.form_page(request, "benefits/form.html", form, context, version=version)
