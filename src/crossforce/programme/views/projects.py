"""The portfolio, and one project with its milestones, phases, risks and money."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from crossforce.boards import api as boards
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.programme import models
from crossforce.programme.choices import (
    PROJECT,
    Case,
    Completeness,
    Light,
    ProjectState,
    TrialState,
)
from crossforce.programme.forms.acts import Decided, TrialDecided
from crossforce.programme.forms.given import Given, choose, typed
from crossforce.programme.operations import projects as operations
from crossforce.programme.queries import entries
from crossforce.programme.queries import portfolio as listing
from crossforce.programme.queries import projects as reads
from crossforce.programme.queries.known import agreements_named
from crossforce.programme.queries.portfolio import Wanted
from crossforce.programme.views import governing, taking_out, words
from crossforce.programme.views.asked import asked
from crossforce.records import api as records

FIELDS: Final = (
    "code", "title", "entry", "agreement", "function", "forces", "owner", "purpose", "benefit",
    "strategic", "economic", "commercial", "financial", "management", "trial_from", "trial_to",
    "cost", "secured", "lesson", "source",
)  # fmt: skip
BARS: Final = {
    Light.GREEN: "duty",
    Light.AMBER: "duty",
    Light.RED: "duty",
    Light.BLUE: "absence",
    Light.GREY: "on-call",
}
"""How a bar is drawn: to be done is filled, done is grey, what has no light is open."""


@marks.in_english
@asking.only("state", "function", "page", "format")
def portfolio(request: ActingRequest) -> HttpResponseBase:
    """The projects with their lights, and their way out as CSV."""
    wanted = _wanted(request)
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.projects(request, wanted)
    found, marking = records.marked(
        request.actor, lambda: listing.portfolio(request.actor, wanted, clock.now())
    )
    if wanted.page > found.pages:
        raise Missing
    names = words.Names()
    context = {
        "found": found,
        "wanted": wanted,
        "states": [(str(each), words.plain(each)) for each in ProjectState],
        "functions": names.functions(),
        "lights": words.LIGHTS,
        "words": names,
        "marking": marking,
    }
    return web.page(request, "programme/projects.html", context)


@marks.in_english
def add(request: ActingRequest) -> HttpResponse:
    """Begin to explore a project."""
    insight.require_add(request.actor, PROJECT)
    form = _form(request, {name: request.GET.get(name, "") for name in ("entry", "function")})
    if form.is_valid():
        with web.said_on(form):
            key = operations.add_project(
                actor=request.actor, given=form.cleaned_data, at=clock.now()
            )
            return redirect("programme:project", key=key)
    return asked(request, form, "Add a project", "project")


@marks.in_english
@asking.only("format")
def project(request: ActingRequest, key: UUID) -> HttpResponse:
    """One project: its light and why, what it waits for, what may go wrong, what it costs."""
    if form := asking.one_of(request, "format", taking_out.SPREADSHEETS):
        return taking_out.milestones(request, key, form)
    (shown, entry), marking = records.marked(request.actor, lambda: _with_entry(request, key))
    context = {
        "shown": shown,
        "row": shown.row,
        "cases": [
            (words.plain(case), Completeness(getattr(shown.row, str(case))).name.capitalize())
            for case in Case
        ],
        "entry": entry,
        "governed": governing.governed(request, shown.row, civil.day_of(clock.now())),
        "decided": boards.decision_in_words(request.actor, shown.row.decision),
        "agreements": agreements_named(request.actor, [shown.row.agreement]),
        "is_running": shown.trial is TrialState.RUNNING,
        "bars": BARS,
        "lights": words.LIGHTS,
        "words": words.Names(),
        "marking": marking,
    }
    return web.page(request, "programme/project.html", context)


def _with_entry(
    request: ActingRequest, key: UUID
) -> tuple[reads.Shown, models.RegisterEntry | None]:
    shown = reads.shown(request.actor, key, clock.now())
    return shown, entries.coded(request.actor, shown.holder, shown.row.entry)


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change what a project says."""
    row = reads.one(request.actor, key)
    form = _form(request, typed(row, FIELDS))
    if web.acted(
        form,
        lambda given: operations.change_project(
            actor=request.actor,
            project=key,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:project", key=key)
    return asked(request, form, f"Change {row.title}", "project", row)


@marks.in_english
def move(request: ActingRequest, key: UUID, to: str) -> HttpResponse:
    """Take a project through a gate, or back."""
    if to not in set(ProjectState):
        raise Missing
    row, state = reads.one(request.actor, key), ProjectState(to)
    form = Decided(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.move_project(
            actor=request.actor,
            project=key,
            version=web.forms.version_sent(request),
            to=state,
            **given,
            at=clock.now(),
        ),
    ):
        messages.success(request, f"It is now {words.plain(state).lower()}.")
        return redirect("programme:project", key=key)
    return asked(request, form, words.way(state), "project", row)


@marks.in_english
def trial(request: ActingRequest, key: UUID) -> HttpResponse:
    """Make a running trial longer, or adopt it."""
    row = reads.one(request.actor, key)
    form = TrialDecided(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.decide_trial(
            actor=request.actor,
            project=key,
            version=web.forms.version_sent(request),
            **given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:project", key=key)
    return asked(request, form, "Decide on the trial", "project", row)


def _wanted(request: ActingRequest) -> Wanted:
    return Wanted(
        asking.one_of(request, "state", [str(each) for each in ProjectState]),
        asking.one_of(request, "function", dict(words.Names().functions())),
        asking.number(request, "page"),
    )


def _form(request: ActingRequest, first: dict[str, Any]) -> Given:
    form = Given(request.POST or None, model=models.Project, names=FIELDS, initial=first)
    choose(form, "function", words.Names().functions())
    return form
