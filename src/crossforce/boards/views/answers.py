"""The answers of seats to a paper between meetings: given by whoever holds one, and shown beside the paper."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.boards import models
from crossforce.boards.choices import MARKING, Vote
from crossforce.boards.forms.seats import AnswerGiven
from crossforce.boards.operations import own_answers
from crossforce.boards.queries import answers, boards, papers
from crossforce.boards.views import tables
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import dates, marks
from crossforce.kernel.web.tables import Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
def answer(request: ActingRequest, board: UUID, key: UUID) -> HttpResponse:
    """Answer a paper for the seat that one holds."""
    actor, at = request.actor, clock.now()
    row, asked = boards.board(actor, board), papers.paper(actor, key)
    sitting = boards.sitting(actor, row, civil.day_of(at))
    seats = [
        (each.code, tables.seat(each, sitting.on)) for each in answers.held_by(actor, sitting)
    ]
    if not seats:
        raise own_answers.NotMySeat("You hold no seat that votes on this board today.")
    form = AnswerGiven(request.POST if request.method == "POST" else None, seats=seats)
    if form.is_valid():
        given = form.cleaned_data
        with web.said_on(form):
            own_answers.answer(
                actor=actor,
                board=board,
                paper=key,
                seat=given["seat"],
                vote=Vote(given["vote"]),
                at=at,
            )
            return redirect("boards:paper", key)
    trail = [
        ("Papers", reverse("boards:papers")),
        (asked.title, reverse("boards:paper", args=[key])),
    ]
    context = {
        "title": f"Answer “{asked.title}”",
        "trail": trail,
        "marking": records.marked_so_far(request.actor, MARKING),
    }
    return web.form_page(request, "boards/form.html", form, context)


def table(request: ActingRequest, found: Sequence[models.SeatAnswer | answers.Given]) -> Table:
    """What the seats have answered so far, by whom and when."""
    named = answers.called(request.actor, found)
    who = records.who(request.actor, [(each.said_by, each.said_at) for each in found])
    rows = [
        [
            named.get(each.seat, tables.read_out(each.seat.replace(":", ", "))),
            tables.VOTES[Vote(each.vote)],
            who.get((each.said_by, each.said_at), "–"),
            dates.instant(each.said_at),
        ]
        for each in found
    ]
    return Table("Answers of seats so far", heads("Seat|Answer|By whom|When"), rows)
