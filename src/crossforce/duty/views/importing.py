"""Exports brought in: sent, looked at, run, gone on with; and what was refused of them."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.duty import forms, jobs
from crossforce.duty import mapping as exports
from crossforce.duty.choices import MARKING, State
from crossforce.duty.operations import arriving, mappings, waiting
from crossforce.duty.queries import importing as reads
from crossforce.duty.rules import imports as rules
from crossforce.kernel import clock, web
from crossforce.people.api import ActingRequest

FIRST: Final = 200
CHECKED: Final = (State.CHECKING, State.REHEARSED)
AGAIN: Final = {
    State.CHECKING: "This file was sent before, and is checked again.",
    State.REHEARSED: "This file was sent before, and is checked again. Nothing is brought in yet.",
    State.RUNNING: "This file was sent before: this is its import.",
    State.REFUSED: "This file was sent before, and was refused just now. What is wrong with it stands here.",
    State.DONE: "This file is in already. Nothing was done now.",
}
STATES: Final = {
    State.CHECKING: "Being checked",
    State.REHEARSED: "Checked, nothing brought in yet",
    State.REFUSED: "Refused",
    State.RUNNING: "Being brought in",
    State.DONE: "Brought in",
}
STOPPED: Final = {
    State.CHECKING: "Stopped while it was being checked",
    State.RUNNING: "Stopped while it was being brought in",
}


def imports(request: ActingRequest) -> HttpResponse:
    """What was brought in before."""
    may_import, may_keep = reads.may_import(request.actor)
    context = {
        "imports": [
            (row, *_standing(row, is_alive=is_alive))
            for row, is_alive in arriving.listed(request.actor)
        ],
        "mappings": reads.mappings(request.actor),
        "may_import": may_import,
        "may_keep": may_keep,
        "marking": MARKING,
    }
    return web.page(request, "duty/imports.html", context)


def send(request: ActingRequest) -> HttpResponse:
    """Send a file."""
    form = forms.Upload(request.POST or None, request.FILES or None)
    kept = chosen(request, form)
    if form.is_valid():
        given = form.cleaned_data
        text = kept[given["mapping"]].text
        if given["accept_losses"]:
            text = mappings.accepting(text)
        file = arriving.Arrived(text, given["file"].name, given["file"].chunks())
        key, is_new = arriving.receive(actor=request.actor, file=file, at=clock.now())
        return _received(request, key, is_new=is_new)
    context = {"marking": MARKING, "mappings": kept}
    return web.form_page(request, "duty/import-send.html", form, context)


def _received(request: ActingRequest, key: UUID, *, is_new: bool) -> HttpResponse:
    """To the import of a file that was sent; whoever sends one again is told what became of it."""
    state = State(reads.one_import(request.actor, key).row.state)
    if state in CHECKED:
        jobs.check(request.actor, key)
    if not is_new:
        messages.info(request, AGAIN[state])
    return redirect("duty:import", key)


def show(request: ActingRequest, key: UUID) -> HttpResponse:
    """How an import stands."""
    progress = waiting.progress(key)  # first: what ends in between is seen at its end
    found = reads.one_import(request.actor, key)
    can_go_on = found.is_open and not progress.is_alive and waiting.is_here(key)
    is_at_work = found.is_open and progress.is_alive
    refreshes = is_at_work and request.GET.get("refresh") != "no"
    context = {
        "found": found,
        "row": found.row,
        "findings": found.findings[:FIRST],
        "stands": _standing(found.row, is_alive=progress.is_alive)[0],
        "is_for_losses": any(each.rule == "most-cancelled" for each in found.findings),
        "state": State(found.row.state),
        "step": progress.step,
        "is_in_line": progress.is_in_line,
        "is_at_work": is_at_work,
        "refreshes": refreshes,
        "can_go_on": can_go_on,
        "run": web.forms.bare(request) if can_go_on else None,
        "marking": MARKING,
    }
    answer = web.page(request, "duty/import.html", context)
    if refreshes:
        answer["Refresh"] = str(rules.looks_again_after(clock.now() - found.row.changed_at))
    return answer


@require_POST
def run(request: ActingRequest, key: UUID) -> HttpResponse:
    """Bring it in, or go on with it."""
    row = arriving.require_open(request.actor, key)
    (jobs.check if row.state == State.CHECKING else jobs.run)(request.actor, key)
    return redirect("duty:import", key)


def _standing(row: Any, *, is_alive: bool) -> tuple[str, bool]:
    """How an import stands, in words; and whether it stopped, and can be gone on with."""
    state = State(row.state)
    if state is State.REHEARSED and is_alive:  # it was sent again, or its check is just ending
        state = State.CHECKING
    is_stopped = state in STOPPED and not is_alive
    return (STOPPED if is_stopped else STATES)[state], is_stopped


def report(request: ActingRequest, key: UUID) -> HttpResponse:
    """What was refused, row by row, as a file."""
    found = reads.one_import(request.actor, key)
    content = exports.report(found.findings, MARKING)
    return web.downloads.file(
        f"refused-{key}-{MARKING}.csv", content, "text/csv; charset=utf-8"
    )


def chosen(request: ActingRequest, form: Any) -> dict[str, Any]:
    """The mappings that the form offers, by their keys."""
    kept = {str(each.pk): each for each in reads.mappings(request.actor)}
    choices = [("", "Choose one"), *((key, each.title) for key, each in kept.items())]
    forms.choose(form, "mapping", choices)
    return kept
