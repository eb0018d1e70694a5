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
from crossforce.duty.operations import arriving, mappings
from crossforce.duty.operations.arriving import DESK
from crossforce.duty.queries import importing as reads
from crossforce.intake import api as intake
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
            for row, is_alive in DESK.standing(lambda: reads.imports(request.actor))
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
        file = intake.Arrived(text, given["file"].name, given["file"].chunks())
        key, is_new = arriving.receive(actor=request.actor, file=file, at=clock.now())
        return _received(request, key, is_new=is_new)
    context = {"marking": MARKING, "mappings": kept}
    return web.form_page(request, "duty/import-send.html", form, context)


def _received(request: ActingRequest, key: UUID, *, is_new: bool) -> HttpResponse:
    """To the import of a file that was sent; whoever sends one again is told what became of it."""
    state = State(reads.one_import(request.actor, key).row.state)
    if state in CHECKED:
        jobs.LINE.check(request.actor, key)
    if not is_new:
        messages.info(request, AGAIN[state])
    return redirect("duty:import", key)


def show(request: ActingRequest, key: UUID) -> HttpResponse:
    """How an import stands."""
    progress = DESK.waiting.progress(key)
    found = reads.one_import(request.actor, key)
    context = {
        "found": found,
        "row": found.row,
        "findings": found.findings[:FIRST],
        "stands": _standing(found.row, is_alive=progress.is_alive)[0],
        "is_for_losses": any(each.rule == "most-cancelled" for each in found.findings),
        "marking": MARKING,
    }
    return intake.page(request, "duty/import.html", context, desk=DESK, progress=progress)


@require_POST
def run(request: ActingRequest, key: UUID) -> HttpResponse:
    """Bring it in, or go on with it."""
    row = DESK.require_open(request.actor, key)
    line = jobs.LINE
    (line.check if row.state == State.CHECKING else line.run)(request.actor, key)
    return redirect("duty:import", key)


def _standing(row: Any, *, is_alive: bool) -> tuple[str, bool]:
    """How an import stands, in words; and whether it stopped, and can be gone on with."""
    return intake.standing(row, is_alive=is_alive, states=STATES, stopped=STOPPED)


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
