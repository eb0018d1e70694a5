"""Boards are set up and changed, and their meetings planned."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.agreements.api import titles
from crossforce.boards import models
from crossforce.boards.choices import BOARD, MARKING, Cycle
from crossforce.boards.forms.boards import (
    BoardGiven,
    MeetingAdded,
    delegation_words,
    seat_words,
)
from crossforce.boards.operations import keeping as operations
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.queries import boards, permitting
from crossforce.boards.rules import keeping, own_rules
from crossforce.boards.rules.seats import SeatRule
from crossforce.boards.views import tables
from crossforce.boards.views.boards import trail
from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.web import marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

MONTHS_AHEAD: Final = 12


@marks.in_english
def set_up(request: ActingRequest) -> HttpResponse:
    """Set up a board."""
    insight.require_add(request.actor, BOARD)
    form = _form(request, {})
    return _asked(
        request,
        form,
        "Set up a board",
        lambda new: operations.set_up(actor=request.actor, new=new, at=clock.now()),
    )


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change a board."""
    row = boards.board(request.actor, key)
    insight.require_edit(request.actor, row)

    def save(new: NewBoard) -> UUID:
        version = web.forms.version_sent(request)
        operations.change(
            actor=request.actor, board=key, version=version, new=new, at=clock.now()
        )
        return key

    return _asked(
        request, _form(request, _given(row)), f"Change {row.title}", save, row.version
    )


@require_POST
def plan(request: ActingRequest, key: UUID) -> HttpResponse:
    """Plan the meetings of the next twelve months."""
    operations.plan_meetings(
        actor=request.actor, board=key, months=MONTHS_AHEAD, at=clock.now()
    )
    return redirect("boards:board", key)


@marks.in_english
def add_meeting(request: ActingRequest, key: UUID) -> HttpResponse:
    """Add a meeting on a day, at the board's own hour unless another is chosen."""
    row = boards.board(request.actor, key)
    permitting.require_plan(request.actor, row)
    first = {"begins": f"{row.begins:%H:%M}"}
    form = MeetingAdded(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        with web.said_on(form):
            made = operations.add_meeting(
                actor=request.actor, board=key, at=clock.now(), **form.cleaned_data
            )
            return redirect("boards:meeting", made)
    context = {
        "title": "Add a meeting",
        "trail": trail(row),
        "marking": records.marked_so_far(request.actor, MARKING),
    }
    return web.form_page(request, "boards/form.html", form, context)


def _form(request: ActingRequest, first: dict[str, Any]) -> BoardGiven:
    choices = (
        list(titles(request.actor).items()),
        [(cycle.value, words) for cycle, words in tables.CYCLES.items()],
        [(number, words) for number, words in enumerate(tables.WEEKS, start=1)],
        list(enumerate(tables.WEEKDAYS)),
    )
    data = request.POST if request.method == "POST" else None
    return BoardGiven(data, initial=first, choices=choices)


def _given(row: models.Board) -> dict[str, Any]:
    """As it would be once all have agreed to what is proposed."""
    proposed = own_rules.proposed(row.proposed)
    rules = proposed.rules if proposed else boards.rules_of(row)
    closed = [f"{day} {why}" for day, why in keeping.closed(row.closed).items()]
    plain = ("title", "code", "agreement", "reports_to", "cycle", "week", "weekday", "month")
    return {
        **{name: getattr(row, name) for name in plain},
        "begins": f"{row.begins:%H:%M}",
        "seats": "\n".join(map(seat_words, rules.seats)),
        "chair": rules.chair,
        "chair_casts": rules.chair_casts,
        "delegations": "\n".join(map(delegation_words, rules.delegations)),
        "closed": "\n".join(closed),
    }


def _new(given: dict[str, Any]) -> NewBoard:
    return NewBoard(
        title=given["title"],
        code=given["code"],
        agreement=given["agreement"],
        reports_to=given["reports_to"],
        cycle=Cycle(given["cycle"]),
        weekday=int(given["weekday"]),
        week=int(given["week"]),
        month=given["month"],
        begins=given["begins"],
        seats=tuple(SeatRule(*each) for each in given["seats"]),
        chair=given["chair"],
        chair_casts=given["chair_casts"],
        delegations=tuple(given["delegations"]),
        closed=given["closed"],
    )


def _asked(
    request: ActingRequest, form: BoardGiven, title: str, save: Any, version: int | None = None
) -> HttpResponse:
    if form.is_valid():
        with web.said_on(form):
            return redirect("boards:board", save(_new(form.cleaned_data)))
    context = {"title": title, "trail": [("Boards", reverse("boards:boards"))]}
    return web.form_page(
        request,
        "boards/form.html",
        form,
        context | {"marking": records.marked_so_far(request.actor, MARKING)},
        version=version,
    )
