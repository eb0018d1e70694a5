"""Copies that are offered by others, or came: taken, declined, and answered when they are asked back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.evidence.choices import LASTS, OnRecall
from crossforce.evidence.forms import copies as forms
from crossforce.evidence.operations import accepting, recalling
from crossforce.evidence.operations.recalling import Reply
from crossforce.evidence.queries import called, copies
from crossforce.evidence.queries.copies import Came
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def received(request: ActingRequest, copy: UUID) -> HttpResponse:
    """One copy that is offered, or came."""
    return _received_page(request, copy, {})


@marks.in_english
@require_POST
def take(request: ActingRequest, copy: UUID) -> HttpResponse:
    """Take a copy that is offered: all of it is there once this answers."""
    made = accepting.accept(actor=request.actor, received=copy, at=clock.now())
    messages.success(request, "The copy is taken. It is an exhibit of yours now.")
    return redirect("evidence:exhibit", made.pk)


@marks.in_english
@require_POST
def decline(request: ActingRequest, copy: UUID) -> HttpResponse:
    """Decline a copy that is offered."""
    form = forms.DeclineGiven(request.POST)

    def act(said: Any) -> None:
        accepting.decline(actor=request.actor, received=copy, at=clock.now(), **said)

    if not web.acted(form, act):
        return _received_page(request, copy, {"decline": form})
    messages.success(request, "The copy is declined. Its giver is told.")
    return redirect("evidence:received", copy)


@marks.in_english
@require_POST
def answer(request: ActingRequest, copy: UUID) -> HttpResponse:
    """Answer a giver that asks a copy back."""
    form = forms.AnswerGiven(request.POST)

    def act(said: Any) -> None:
        reply = Reply(OnRecall(said["answer"]), said["why"])
        recalling.answer(actor=request.actor, received=copy, reply=reply, at=clock.now())

    if not web.acted(form, act):
        return _received_page(request, copy, {"answer": form})
    messages.success(request, "It is answered. The giver is told.")
    return redirect("evidence:received", copy)


def came(each: Came) -> list[Any]:
    """A copy in a list."""
    row = each.row
    return [
        Cell(row.what, reverse("evidence:received", args=[row.pk])),
        called(row.giver),
        dates.instant(row.released_at),
        each.state,
    ]


def drawn(request: ActingRequest, wanted: Mapping[str, Form]) -> dict[str, Any]:
    """The forms of a page that has several, by name."""
    return {name: web.forms.adapt(request, form) for name, form in wanted.items()}


def facts(row: Any) -> list[tuple[str, str]]:
    """What both sides know of a copy."""
    day = dates.day(row.until_on) if row.until_on else ""
    clause = f"{row.agreement}, clause {row.clause}" if row.agreement else "None: on paper"
    return [
        ("Ground", row.ground),
        ("For how long", f"{LASTS[row.lasts]} {day}".strip()),
        ("By which clause", clause),
    ]


def _received_page(request: ActingRequest, copy: UUID, bound: dict[str, Form]) -> HttpResponse:
    at = clock.now()
    found, marking = records.marked(
        request.actor, lambda: copies.received_one(request.actor, copy, at)
    )
    wanted = dict[str, Form]()
    if found.row.is_offered and not found.withdrawn and found.may_act:
        wanted["decline"] = forms.DeclineGiven()
    if found.row.is_held and found.asked and found.may_act:
        wanted["answer"] = forms.AnswerGiven()
    context = {
        "found": found,
        "row": found.row,
        "facts": _facts_came(found),
        "marking": marking,
        "forms": drawn(request, wanted | bound) | {"button": web.forms.bare(request)},
    }
    return web.page(request, "evidence/received.html", context, status=422 if bound else 200)


def _facts_came(found: Came) -> list[tuple[str, str]]:
    row = found.row
    return [
        ("Given by", called(row.giver)),
        ("Released", f"{dates.instant(row.released_at)}, {row.released_by}"),
        *facts(row),
        ("How it stands", found.state),
        ("Taken", dates.instant(row.accepted_at) if row.accepted_at else "–"),
        ("Asked back", found.asked or "–"),
    ]
