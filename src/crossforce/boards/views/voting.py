"""Votes on papers: of a meeting, and between meetings."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.boards import models
from crossforce.boards.choices import MARKING, How, Vote
from crossforce.boards.forms.seats import (
    BY,
    IN,
    ON,
    VOTE,
    Writing,
    ballot_form,
    consents_in,
)
from crossforce.boards.operations import deciding
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.queries import answers, boards, facing, holders, meetings, papers
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.facing import Facing
from crossforce.boards.rules.motions import Answer
from crossforce.boards.rules.seats import Seat
from crossforce.boards.views import answers as own_answers
from crossforce.boards.views import tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import marks
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
def vote(request: ActingRequest, meeting: UUID, key: UUID) -> HttpResponse:
    """Record the vote of a meeting on a paper."""
    found = meetings.shown(request.actor, meeting, civil.day_of(clock.now()))
    insight.require_edit(request.actor, found.meeting)
    row = papers.paper(request.actor, key)
    faced = facing.facing(request.actor, found, row)
    voting = faced.taking_part or faced.away
    put = Put(row, found.sitting, meeting, voting, found.board.chair_casts)
    return _ballot(request, put, _faced(faced, found.meeting.on))


@marks.in_english
def between(request: ActingRequest, board: UUID, key: UUID) -> HttpResponse:
    """Record a decision in writing, or an urgent one, between meetings."""
    row = boards.board(request.actor, board)
    insight.require_edit(request.actor, row)
    sitting = boards.sitting(request.actor, row, civil.day_of(clock.now()))
    voting = tuple(seat for seat in sitting.seats if seat.votes)
    asked = papers.paper(request.actor, key)
    own = answers.given(request.actor, board, key)
    put = Put(asked, sitting, board, voting, row.chair_casts, tuple(own.values()))
    return _ballot(request, put, None)


@dataclass(frozen=True, slots=True)
class Put:
    """A paper that is put to the vote: `where` is the meeting, or the board between meetings.

    `own` are the answers that holders of seats gave themselves: nobody is asked for these again.
    """

    paper: models.Paper
    sitting: Sitting
    where: UUID
    voting: tuple[Seat, ...]
    chair_casts: bool
    own: tuple[answers.Given, ...] = ()


def _faced(faced: Facing, on: date) -> dict[str, Any]:
    """Whether enough take part, who does not, and who must agree, in words."""
    said = [("Takes no part", ", ".join(tables.seat(seat, on) for seat in faced.away) or "–")]
    if faced.approval is not None:
        who = ", ".join(tables.organisation(code) for code in faced.approval.who) or "–"
        some = faced.approval.needed < len(faced.approval.who)
        of = f"{faced.approval.needed} of " if some else ""
        why = (
            str(faced.approval.why)
            .replace("each-policing-body", "each policing body")
            .replace("each-chief-officer", "each chief officer")
        )
        said += [("Must agree", of + who), ("By what", f"{why[:1].upper()}{why[1:]}")]
    return {"wanting": list(faced.quorum.reasons()), "said": said}


def _ballot(request: ActingRequest, put: Put, faced: dict[str, Any] | None) -> HttpResponse:
    """The form of votes."""
    sitting, answered = put.sitting, {each.seat for each in put.own}
    whole = [(seat.code, tables.seat(seat, sitting.on)) for seat in put.voting]
    seats = [each for each in whole if each[0] not in answered]
    others = facing.others(request.actor, put.paper, sitting.bodies, put.voting, sitting.on)
    form = ballot_form(
        seats,
        [(code, tables.organisation(code)) for code in others],
        request.POST if request.method == "POST" else None,
        chair_casts=put.chair_casts,
        documents=[(str(key), title) for key, title in holders.documents(request.actor)],
        between=_writing(request, put) if faced is None else None,
        alone=whole,
    )
    if form.is_valid():
        ballot = _cast(form.cleaned_data, [code for code, _ in seats], put.where, put.paper.pk)
        with web.said_on(form):
            made = deciding.decide(actor=request.actor, ballot=ballot, at=clock.now())
            return redirect("boards:decision", made)
    back, word = (
        ("boards:board", "The board") if faced is None else ("boards:meeting", "The meeting")
    )
    trail = [("Boards", reverse("boards:boards")), (word, reverse(back, args=[put.where]))]
    context = {
        "title": f"Vote on “{put.paper.title}”",
        "trail": trail,
        "marking": records.marked_so_far(request.actor, MARKING),
    }
    said = {"faced": faced, "own": own_answers.table(request, list(put.own))}
    return web.form_page(request, "boards/vote.html", form, context | said)


def _writing(request: ActingRequest, put: Put) -> Writing:
    held = holders.holders(request.actor, put.voting, put.sitting.on)
    return Writing(
        {
            code: [(each.by, each.said or tables.read_out(each.office)) for each in known]
            for code, known in held.items()
        }
    )


def _cast(given: dict[str, Any], seats: list[str], where: UUID, paper: UUID) -> Ballot:
    said = {code: given[VOTE + code] for code in seats}
    casting = given.get("casting", "")
    return Ballot(
        where=where,
        paper=paper,
        how=How(given.get("how", How.MEETING.value)),
        votes={code: Vote(word) for code, word in said.items() if word},
        answers={
            code: Answer(given[BY + code], given[ON + code], given[IN + code])
            for code in seats
            if given.get(ON + code)
        },
        consents=consents_in(given),
        casting=Vote(casting) if casting else None,
        asked_on=given.get("asked_on"),
        alone=given.get("alone", ""),
        urgency=given.get("urgency", ""),
    )
