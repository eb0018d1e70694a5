"""The register: its list and its numbers, one entry, whom to ask, what is alike."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.programme import models
from crossforce.programme.choices import ENTRY, Stage
from crossforce.programme.forms.acts import Words
from crossforce.programme.forms.given import Given, choose, typed
from crossforce.programme.operations import entries as operations
from crossforce.programme.queries import entries as reads
from crossforce.programme.queries import looking
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.queries.known import agreements_named
from crossforce.programme.rules import likeness, staleness
from crossforce.programme.views import taking_out, words
from crossforce.programme.views.asked import asked
from crossforce.records import api as records

FIELDS: Final = (
    "code", "title", "description", "function", "forces", "partners", "owner", "agreement",
    "threat", "capability_evidence", "threat_evidence", "baseline", "saving", "saving_method",
    "protection_before", "protection_after", "saving_evidence", "source",
)  # fmt: skip
PAGE: Final = 250
CHASED: Final = 100


@marks.in_english
@asking.only("words", "holder", "stage", "function", "region", "stale", "format", "page")
def register(request: ActingRequest) -> HttpResponseBase:
    """The register that one may read, its numbers, and its way out as a spreadsheet."""
    wanted = _wanted(request)
    if form := asking.one_of(request, "format", taking_out.SPREADSHEETS):
        return taking_out.register(request, wanted, form)
    found, marking = records.marked(
        request.actor, lambda: reads.entries(request.actor, wanted, clock.now())
    )
    names = words.Names()
    page, pages = asking.number(request, "page"), max(1, -(-len(found.entries) // PAGE))
    if page > pages:
        raise Missing
    query = request.GET.copy()
    for each in ("format", "page"):
        query.pop(each, None)
    context = {
        "found": found,
        "shown": found.entries[(page - 1) * PAGE : page * PAGE],
        "page": page,
        "pages": pages,
        "wanted": wanted,
        "numbers": found.numbers,
        "stages": [(str(each), words.plain(each)) for each in Stage],
        "functions": names.functions(),
        "regions": names.regions(),
        "holders": [(code, names.organisation(code)) for code in found.holders],
        "colours": words.STAGES,
        "words": names,
        "query": query.urlencode(),
        "marking": marking,
    }
    return web.page(request, "programme/register.html", context)


@marks.in_english
def add(request: ActingRequest) -> HttpResponse:
    """Enter an idea."""
    insight.require_add(request.actor, ENTRY)
    form = _form(request, {})
    if form.is_valid():
        with web.said_on(form):
            key = operations.add_entry(
                actor=request.actor, given=form.cleaned_data, at=clock.now()
            )
            return redirect("programme:entry", key=key)
    return asked(request, form, "Enter an idea", "entry")


@marks.in_english
def entry(request: ActingRequest, key: UUID) -> HttpResponse:
    """One entry: its test, where it may go, what is like it."""
    shown, marking = records.marked(
        request.actor, lambda: reads.shown(request.actor, key, clock.now())
    )
    context = {
        "shown": shown,
        "row": shown.row,
        "colours": words.STAGES,
        "agreements": agreements_named(request.actor, [shown.row.agreement]),
        "words": words.Names(),
        "look": web.forms.bare(request, version=shown.row.version),
        "marking": marking,
    }
    return web.page(request, "programme/entry.html", context)


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change what an entry says."""
    row = reads.one(request.actor, key)
    form = _form(request, typed(row, FIELDS))
    if web.acted(
        form,
        lambda given: operations.change_entry(
            actor=request.actor,
            entry=key,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:entry", key=key)
    return asked(request, form, f"Change {row.title}", "entry", row)


@marks.in_english
def move(request: ActingRequest, key: UUID, to: str) -> HttpResponse:
    """Take an entry to another stage."""
    if to not in set(Stage):
        raise Missing
    row, stage = reads.one(request.actor, key), Stage(to)
    form = Words(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.move_entry(
            actor=request.actor,
            entry=key,
            version=web.forms.version_sent(request),
            to=stage,
            words=given["words"],
            at=clock.now(),
        ),
    ):
        messages.success(request, f"It is now at {words.plain(stage).lower()}.")
        return redirect("programme:entry", key=key)
    return asked(request, form, words.way(stage), "entry", row)


@require_POST
@marks.in_english
def look(request: ActingRequest, key: UUID) -> HttpResponse:
    """Say that it is still right."""
    version = web.forms.version_sent(request)
    operations.look_at_entry(actor=request.actor, entry=key, version=version, at=clock.now())
    messages.success(request, "Noted: somebody has looked at it today.")
    return redirect("programme:entry", key=key)


@marks.in_english
@asking.only("format", "page")
def chase(request: ActingRequest, *, own: bool = False) -> HttpResponseBase:
    """Whom to ask about what, or what one is asked oneself, page by page, and all of it as a file."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.chased(request, own=own)
    ask = looking.own if own else reads.chased
    found, marking = records.marked(request.actor, lambda: ask(request.actor, clock.now()))
    page, total = asking.number(request, "page"), sum(len(each.entries) for each in found)
    pages = max(1, -(-total // CHASED))
    if page > pages:
        raise Missing
    context = {
        "found": staleness.part(found, (page - 1) * CHASED, CHASED),
        "total": total,
        "page": page,
        "pages": pages,
        "is_own": own,
        "words": words.Names(),
        "marking": marking,
    }
    return web.page(request, "programme/chase.html", context)


@marks.in_english
@asking.only("format")
def alike(request: ActingRequest) -> HttpResponseBase:
    """Entries that may be one idea twice."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.alike(request)
    found, marking = records.marked(
        request.actor, lambda: reads.alike(request.actor, clock.now())
    )
    context = {
        "found": found[:MOST_PAIRS],
        "number": len(found),
        "is_cut": len(found) == likeness.MOST_PAIRS,
        "words": words.Names(),
        "marking": marking,
    }
    return web.page(request, "programme/alike.html", context)


MOST_PAIRS: Final = 100


def _wanted(request: ActingRequest) -> Wanted:
    names = words.Names()
    return Wanted(
        asking.one_of(request, "holder", names.codes()),
        asking.one_of(request, "stage", [str(each) for each in Stage]),
        asking.one_of(request, "function", dict(names.functions())),
        asking.one_of(request, "stale", ("yes",)) == "yes",
        request.GET.get("words", "").strip()[:120],
        asking.one_of(request, "region", dict(names.regions())),
    )


def _form(request: ActingRequest, first: dict[str, Any]) -> Given:
    form = Given(request.POST or None, model=models.RegisterEntry, names=FIELDS, initial=first)
    choose(form, "function", words.Names().functions())
    return form
