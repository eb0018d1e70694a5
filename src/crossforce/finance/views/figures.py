"""Figures that forces state of themselves: the list beside the reference files, stated, corrected, brought in."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.agreements.api import titles as called
from crossforce.finance import forms
from crossforce.finance.choices import FIGURE, MARKING, Confidence, Driver
from crossforce.finance.operations import figures as operations
from crossforce.finance.operations.figures import NewFigure
from crossforce.finance.queries import figures as reads
from crossforce.finance.queries.figures import Shown, Wanted
from crossforce.finance.rules.figures import SURE, TITLES
from crossforce.finance.views import files, tables
from crossforce.finance.views.bringing import before, refused, sent
from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

ASKED = ("driver", "force")


@marks.in_english
@asking.only(*ASKED, "format", *tables.STEPS)
def figures(request: ActingRequest) -> HttpResponseBase:
    """What forces state, with the source of each, beside what the reference files say."""
    wanted = _wanted(request)
    if asking.one_of(request, "format", ("csv",)):
        ask = partial(reads.taken_out, request.actor, wanted)
        return records.marked_file(request.actor, "figures", files.FIGURES, ask)
    step, named = tables.step_of(request), tables.names()
    page, marking = records.marked(
        request.actor, partial(reads.page, request.actor, wanted, step)
    )
    drivers, forces = reads.asked_of(request.actor)
    titles = called(request.actor, {each.row.agreement for each in page.rows})
    context = {
        "table": Table(
            "Figures to share by",
            heads("What is counted|Force|As at|Source|Counts|Reference files", "Figure"),
            [_row(each, named(each.row.force), titles) for each in page.rows],
        ),
        "wanted": wanted,
        "drivers": [(each, TITLES[Driver(each)]) for each in drivers],
        "forces": sorted((each, named(each)) for each in forces),
        "steps": tables.steps(request, page),
        "may_add": insight.may_add(request.actor, FIGURE),
        "marking": marking,
        "query": request.GET.urlencode(),
    }
    return web.page(request, "finance/figures.html", context)


@marks.in_english
def add(request: ActingRequest) -> HttpResponse:
    """State a figure of one's own force."""
    insight.require_add(request.actor, FIGURE)
    form = forms.FigureGiven(request.POST or None)
    titles = called(request.actor)
    forms.choose(form, "agreement", [("", ""), *tables.called(titles, titles)])
    if form.is_valid():
        given = form.cleaned_data
        with web.said_on(form):
            new = NewFigure(
                Driver(given["driver"]),
                given["on"],
                given["value"],
                given["source"],
                Confidence(given["confidence"]),
                given["agreement"],
                given["note"],
            )
            operations.state_figure(actor=request.actor, new=new, at=clock.now())
            messages.success(request, "The figure is stated.")
            return redirect("finance:figures")
    context = {
        "title": "State a figure", "marking": MARKING, "cancel": "figures",
        "about": "Of your own force. Shares of a year use it before the figure that the reference files have for that"
        " year; budgets that are open keep theirs.",
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context)


@marks.in_english
def correct(request: ActingRequest, figure: UUID) -> HttpResponse:
    """Say it anew; what it was stays in its history."""
    row = reads.one(request.actor, figure).row
    form = forms.FigureCorrected(
        request.POST or None, initial=row.values() | {"value": f"{row.value:,}"}
    )
    if form.is_valid():
        with web.said_on(form):
            operations.correct_figure(
                actor=request.actor,
                figure=figure,
                version=web.forms.version_sent(request),
                given=form.cleaned_data,
                at=clock.now(),
            )
            messages.success(
                request, "The figure is corrected. What it was stays in its history."
            )
            return redirect("finance:figures")
    insight.require_edit(request.actor, row)
    context = {
        "title": "Correct the figure", "about": row.title, "cancel": "figures",
        "marking": records.marked_alone(request.actor, row),
        "link": ("The record: history, why I can see this", reverse("records:show", args=[FIGURE, row.pk])),
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context, version=row.version)


@marks.in_english
def bring_in(request: ActingRequest) -> HttpResponse:
    """Bring a file in: all of it, or, with what is wrong cell by cell, nothing."""
    insight.require_add(request.actor, FIGURE)
    form = forms.FiguresUpload(request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "title": "Bring figures in", "marking": MARKING, "cancel": "figures", "link": before(),
        "about": "Of your own force. A figure that is stated already for its day is corrected by the file.",
    }  # fmt: skip
    if form.is_valid():
        is_rehearsal = form.cleaned_data["act"] == "check"
        done = operations.bring_figures_in(
            actor=request.actor, sent=sent(form), at=clock.now(), is_rehearsal=is_rehearsal
        )
        if done.is_refused:
            return refused(request, form, context, done)
        counts = f"{done.new} new, {done.changed} corrected, {done.unchanged} as they were"
        if not is_rehearsal:
            messages.success(request, f"Figures brought in: {counts}.")
            return redirect("finance:figures")
        context["note"] = f"Nothing is wrong in the file. It would bring: {counts}."
    return web.form_page(request, "finance/form.html", form, context)


def _wanted(request: HttpRequest) -> Wanted:
    driver = asking.one_of(request, "driver", tuple(map(str, Driver)))
    return Wanted(driver, request.GET.get("force", "").strip()[:120])


def _row(each: Shown, force: str, titles: dict[str, str]) -> list[Cell | str]:
    row = each.row
    what = TITLES[Driver(row.driver)]
    if row.agreement:
        what = f"{what}: {titles.get(row.agreement, row.agreement)}"
    href = reverse("finance:figure-correct", args=[row.pk])
    if not each.may_edit:
        href = reverse("records:show", args=[FIGURE, row.pk])
    sure = SURE[Confidence(row.confidence)]
    return [
        Cell(what, href),
        force,
        tables.day(row.on),
        f"{row.source} ({sure[:1].lower()}{sure[1:]})",
        _counts(each),
        _beside(each),
        tables.number(row.value),
    ]


def _counts(each: Shown) -> str:
    if each.why_not:
        return f"No. {each.why_not}"
    return "Yes, but no clause shares a cost by it." if each.unused else "Yes"


def _beside(each: Shown) -> str:
    """What the reference files say, and whether that counts beside it."""
    if each.beside is None:
        return "–"
    told = f"{tables.number(each.beside.value)}, {tables.day(each.beside.on)}"
    return f"{told}: gives way" if each.is_of_its_year else told
