"""Spreadsheets sent: checked, then brought in."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.programme.choices import IMPORT, MARKING
from crossforce.programme.forms.acts import Upload
from crossforce.programme.operations.importing import NoSuchProject, Outcome, Sheet, bring_in
from crossforce.programme.queries import imports
from crossforce.programme.reading.layouts import LAYOUTS
from crossforce.programme.views import taking_out, words
from crossforce.records import api as records
from crossforce.records.reading.limits import MOST_BYTES

FIRST = 200
COLOURS = {"done": "green", "in-part": "yellow", "refused": "red"}
ASKED = ("layout", "project")


@marks.in_english
@asking.only(*ASKED)
def send(request: ActingRequest) -> HttpResponse:
    """Send a spreadsheet; what it did, or would do, stands above the form."""
    insight.require_add(request.actor, IMPORT)
    first = {name: request.GET[name] for name in ASKED if name in request.GET}
    form = Upload(request.POST or None, request.FILES or None, initial=first)
    outcome: Outcome | None = None
    is_rehearsal = True
    if form.is_valid():
        given = form.cleaned_data
        sent = Sheet(
            given["file"].name,
            given["file"].read(MOST_BYTES + 1),
            given["layout"],
            given["project"],
            given["sheet"],
        )
        is_rehearsal = given["act"] == "check"
        try:
            outcome = bring_in(
                actor=request.actor,
                sent=sent,
                at=clock.now(),
                is_rehearsal=is_rehearsal,
                is_in_part=given["act"] == "in-part",
            )
        except NoSuchProject as wrong:
            form.add_error("project", wrong.message)
    context = {
        "outcome": outcome,
        "findings": outcome.findings[:FIRST] if outcome else (),
        "sound": outcome.sound[:FIRST] if outcome else (),
        "is_rehearsal": is_rehearsal,
        "marking": MARKING,
    }
    return web.form_page(request, "programme/import.html", form, context)


@marks.in_english
@asking.only("format")
def past(request: ActingRequest) -> HttpResponseBase:
    """The files that were sent before, the latest first."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.imports(request)
    found, marking = records.marked(request.actor, lambda: imports.imports(request.actor))
    context = {
        "found": found,
        "most": records.MOST_SHEETS,
        "may_add": insight.may_add(request.actor, IMPORT),
        "kind": IMPORT,
        "layouts": {name: each.title for name, each in LAYOUTS.items()},
        "colours": COLOURS,
        "words": words.Names(),
        "marking": marking,
    }
    return web.page(request, "programme/imports.html", context)
