"""Deconfliction: one's interests, which of them somebody else shares, and what the other may know."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, marks
from crossforce.nominals.choices import MARKING, Decision
from crossforce.nominals.forms import interests as forms
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.operations.deconflicting import (
    CannotRegister,
    NewInterest,
    TooMany,
)
from crossforce.nominals.queries import interests as reads
from crossforce.nominals.rules import interests as rules
from crossforce.people.api import ActingRequest


@marks.in_english
@asking.only()
def interests(request: ActingRequest) -> HttpResponse:
    """One's interests; those that somebody else shares come first, and those whose day is past last."""
    at = clock.now()
    found = deconflicting.look(actor=request.actor, at=at)
    context = {
        "found": sorted(found, key=lambda each: each.met is None),
        "said": {each.value: words for each, words in forms.SAID.items()},
        "schemes": forms.schemes() | {rules.RECORD: "A record"},
        "may_register": reads.may_register(request.actor),
        "waiting": Decision.WAITING,
        "used": reads.counted(request.actor, at),
        "most": [rules.figure(key, civil.day_of(at)) for key in ("most-on", "most-a-day")],
        "button": web.forms.bare(request),
        "marking": MARKING,
    }
    return web.page(request, "nominals/interests.html", context)


@marks.in_english
@asking.only("record")
def register(request: ActingRequest) -> HttpResponse:
    """Register an interest, in a number or address, or in a record that one came from."""
    record = request.GET.get("record", "")
    at = clock.now()
    form = forms.Register(request.POST or None, today=civil.day_of(at), record=record)
    if form.is_valid():
        try:
            new = _new(form.cleaned_data, record)
            deconflicting.register(actor=request.actor, new=new, at=at)
        except (CannotRegister, TooMany) as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("nominals:interests")
    context = {"marking": MARKING, "is_record": bool(record)}
    return web.form_page(request, "nominals/interest-add.html", form, context)


@marks.in_english
def decide(request: ActingRequest, key: UUID) -> HttpResponse:
    """What another who is interested too may know."""
    row = reads.one(request.actor, key)
    form = forms.Decide(
        request.POST or None, initial={"decision": row.decision, "contact": row.contact}
    )
    if form.is_valid():
        given = form.cleaned_data
        deconflicting.decide(
            actor=request.actor,
            interest=key,
            decision=Decision(given["decision"]),
            contact=given["contact"],
            at=clock.now(),
        )
        return redirect("nominals:interests")
    context = {"marking": MARKING, "row": row}
    return web.form_page(request, "nominals/interest-decide.html", form, context)


@marks.in_english
def move_day(request: ActingRequest, key: UUID) -> HttpResponse:
    """To which day it counts, also once its day is past."""
    row = reads.one(request.actor, key)
    at = clock.now()
    form = forms.Day(request.POST or None, today=civil.day_of(at))
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            deconflicting.move_day(actor=request.actor, interest=key, until=until, at=at)
        except (CannotRegister, TooMany) as refused:
            form.add_error("until", refused.message)
        else:
            return redirect("nominals:interests")
    context = {"marking": MARKING, "row": row}
    return web.form_page(request, "nominals/interest-day.html", form, context)


@require_POST
def withdraw(request: ActingRequest, key: UUID) -> HttpResponse:
    """Be interested no longer."""
    deconflicting.withdraw(actor=request.actor, interest=key, at=clock.now())
    return redirect("nominals:interests")


def _new(given: dict[str, Any], record: str) -> NewInterest:
    try:
        key = UUID(record) if record else None
    except ValueError:
        raise CannotRegister("There is no such record, or none that you may know of.") from None
    return NewInterest(
        name=given["name"],
        reason=given["reason"],
        contact=given["contact"],
        until=given["until"],
        scheme=given.get("scheme", ""),
        said=given.get("said", ""),
        record=key,
        decision=Decision(given["decision"]),
    )
