"""Asking the holder, breaking the glass, opening one's own records, and what the holder is told of it."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.access import api as access
from crossforce.kernel import clock, web
from crossforce.kernel.refusals import Missing
from crossforce.oversight import forms, operations, queries
from crossforce.oversight.views import called, lines, listings, words
from crossforce.people import api as people
from crossforce.people.api import ActingRequest
from crossforce.sharing import api as sharing

MOST_POSTED: Final = 50


def ask(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Ask the holder of a record for more than one has."""
    holder = access.described(queries.kind_of(kind).name, record).holder
    if not sharing.deciders(kind, record):
        raise sharing.ReachesNobody
    form = forms.Ask(request.POST or None)
    if form.is_valid():
        asked = sharing.Asked(kind, record, form.chosen, form.why, form.until)
        row = sharing.ask(actor=request.actor, asked=asked, at=clock.now())
        return redirect("oversight:request", row.pk)
    context = {
        "title": "Ask for access",
        **_caption(request, kind, record),
        "said": f"{words.organisation(holder)} holds this record and decides. It reads your reason.",
        "button": "Ask the holder",
    }
    return web.form_page(request, "oversight/access/form.html", form, context)


def break_glass(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Open a record at once, by a clause that allows it."""
    clause = sharing.glass(queries.kind_of(kind).name, record)
    if clause is None:
        access.described(kind, record)
        raise sharing.NoGlassToBreak
    form = forms.BreakGlass(request.POST or None)
    if form.is_valid():
        share = sharing.break_glass(
            actor=request.actor,
            kind=kind,
            record=record,
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
        return redirect("oversight:opening", share)
    context = {
        "title": "Break the glass",
        **_caption(request, kind, record),
        "said": (
            f"{words.agreement(clause.agreement)}, version {clause.version}, clause {clause.clause}, lets you read this record "
            f"for {clause.minutes} minutes in an emergency. {words.organisation(clause.holder)} is told at once "
            "and judges afterwards whether it was justified."
        ),
        "button": "Break the glass",
        "warning": True,
    }
    return web.form_page(request, "oversight/access/form.html", form, context)


def open_record(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Open a record of one's own organisation to one posting."""
    holder = access.described(queries.kind_of(kind).name, record).holder
    sharing.require_deciding(request.actor, holder)
    to = _to(request)
    if request.method != "POST" and not to:
        return _whom(request, kind, record)
    form = forms.Open(request.POST or None, initial={"posting": to})
    if form.is_valid():
        opening = operations.Opening(
            kind, record, form.cleaned_data["posting"], form.chosen, form.why, form.until
        )
        share = operations.open_record(actor=request.actor, opening=opening, at=clock.now())
        return redirect("oversight:opening", share)
    context = {
        "title": "Open this record to somebody",
        **_caption(request, kind, record),
        "said": f"To one posting, for a time: {_posted(request, to)}. Nobody can pass it on.",
        "button": "Open it",
    }
    return web.form_page(request, "oversight/access/form.html", form, context)


def _to(request: ActingRequest) -> UUID | None:
    """The posting that was chosen."""
    given = request.POST if request.method == "POST" else request.GET
    return lines.uuid_in(given.get("posting", ""))


def _posted(request: ActingRequest, to: UUID | None) -> str:
    known = queries.holders(request.actor, {to} if to else set(), clock.now())
    return listings.who(known[to]) if to in known else "nobody is posted there now"


def _whom(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """To whom: by organisation and office, then one of those posted there."""
    at = clock.now()
    given = {name: request.GET.get(name, "") for name in ("organisation", "role")}
    is_asked = all(given.values())
    found, is_cut = (
        queries.postings_to(at, **given, most=MOST_POSTED) if is_asked else ([], False)
    )
    known = queries.holders(request.actor, {row.pk for row in found}, at)
    context = {
        "title": "Open this record to somebody",
        **_caption(request, kind, record),
        "given": given,
        "is_asked": is_asked,
        "is_cut": is_cut,
        "organisations": queries.bodies_posted(at),
        "roles": words.roles_offered(),
        "found": [(row, listings.who(known[row.pk]), known[row.pk].unit) for row in found],
    }
    return web.page(request, "oversight/access/whom.html", context)


def requests(request: ActingRequest) -> HttpResponseBase:
    """What one asked for, and what one's organisation is asked for."""
    query = partial(listings.requests, request.actor)
    return listings.REQUESTS.answer(request, query, "oversight/access/requests.html")


def show_request(request: ActingRequest, identifier: UUID) -> HttpResponse:
    """One request; with the decision, for whoever decides."""
    row = sharing.request(request.actor, identifier)
    decides = row.decided_at is None and _decides(request.actor, row)
    form = forms.Decide(request.POST or None) if decides else None
    if form is not None and form.is_valid():
        sharing.decide(
            actor=request.actor,
            request=identifier,
            is_granted=form.cleaned_data["decision"] == "grant",
            answer=form.cleaned_data["answer"],
            at=clock.now(),
        )
        return redirect("oversight:request", identifier)
    if form is None and request.method == "POST":
        raise sharing.AlreadyDecided if row.decided_at else Missing
    context = _of_row(request, row) | {"row": row}
    if form is None:
        return web.page(request, "oversight/access/request.html", context)
    return web.form_page(request, "oversight/access/request.html", form, context)


def openings(request: ActingRequest) -> HttpResponseBase:
    """Single records open to oneself, or opened by one's organisation."""
    query = partial(listings.openings, request.actor)
    return listings.OPENINGS.answer(request, query, "oversight/access/openings.html")


def opening(request: ActingRequest, share: UUID) -> HttpResponse:
    """One opening: to whom, why, until when; and what the holder found of a broken glass."""
    row, at = sharing.share(request.actor, share), clock.now()
    context = _of_row(request, row) | {
        "row": row,
        "origin": forms.ORIGINS[row.origin],
        "ends": listings.end_of(row),
        "is_open": listings.is_open(row, at),
        "end": web.forms.bare(request) if listings.is_open(row, at) else None,
        "review": queries.reviews([share]).get(share),
        "may_review": _may_review(request.actor, row),
    }
    return web.page(request, "oversight/access/opening.html", context)


def _may_review(actor: people.Actor, row: Any) -> bool:
    return row.origin == access.Origin.BREAK_GLASS.value and _decides(actor, row)


def _decides(actor: people.Actor, row: Any) -> bool:
    """About a request or an opening of somebody else."""
    return sharing.decides(actor, row.holder) and not sharing.is_oneself(row.posting)


@require_POST
def end(request: ActingRequest, share: UUID) -> HttpResponse:
    """End an opening before its time."""
    sharing.end_share(actor=request.actor, share=share, at=clock.now())
    return redirect("oversight:opening", share)


def review(request: ActingRequest, share: UUID) -> HttpResponse:
    """The holder judges a broken glass."""
    row = sharing.share(request.actor, share)
    if row.origin != access.Origin.BREAK_GLASS.value:
        raise Missing
    sharing.require_deciding(request.actor, row.holder)
    if sharing.is_oneself(row.posting):
        raise sharing.ForOneself
    form = forms.Review(request.POST or None)
    if form.is_valid():
        operations.review_glass(
            actor=request.actor,
            share=share,
            is_justified=form.cleaned_data["finding"] == "justified",
            words=form.cleaned_data["words"],
            at=clock.now(),
        )
        return redirect("oversight:opening", share)
    context = {
        "title": "Was it justified?",
        **_caption(request, row.kind, row.record),
        "said": f"The reason given: “{row.reason}”",
        "button": "Record what you found",
    }
    return web.form_page(request, "oversight/access/form.html", form, context)


def notices(request: ActingRequest) -> HttpResponseBase:
    """What the holder is told of its records, what waits first."""
    query = partial(listings.notices, request.actor)
    return listings.NOTICES.answer(request, query, "oversight/access/notices.html")


def _caption(request: ActingRequest, kind: str, record: UUID) -> dict[str, str]:
    """The record that a form is about."""
    known = called.of(request.actor, kind, record)
    return {"caption": known["subject"], "caption_link": known["subject_link"]}


def _of_row(request: ActingRequest, row: Any) -> dict[str, Any]:
    """What pages on one request or opening show: who, of what, held by whom."""
    who = queries.holders(request.actor, {row.posting}, clock.now()).get(row.posting)
    return {
        **called.of(request.actor, row.kind, row.record),
        "who": listings.posted(who),
        "holder": words.organisation(row.holder),
        "agreement": words.agreement(getattr(row, "agreement", "")),
        "actions": ", ".join(words.ACTIONS.get(each, each) for each in row.actions),
        "purposes": words.purposes,
        "until": words.until,
    }
