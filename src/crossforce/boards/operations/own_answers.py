"""Whoever holds a seat answers a paper between meetings themself, over several days; the board's secretary closes."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import How, PaperState, Vote
from crossforce.boards.operations import alone
from crossforce.boards.operations.answers import keep
from crossforce.boards.operations.balloting import BadVote, Ballot
from crossforce.boards.queries import answers, boards, holders, papers
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules.motions import Answer
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people.api import Actor


class NotAsked(Conflict):
    """This paper cannot be answered now; the message says why."""


class NotMySeat(Refused):
    """You do not hold this seat today, so that you cannot answer for it; the message says which you hold."""


@guarded.acts
def answer(
    *, actor: Actor, board: UUID, paper: UUID, seat: str, vote: Vote, at: datetime
) -> UUID:
    """Give one's own answer to a paper, for the seat that one holds today; until it is decided it may be changed.

    Raises NoSuchBoard, NoSuchPaper, NotAsked, NotMySeat, AnsweredByTheOffice, MayNotAdd.
    """
    alone.with_paper(paper)
    asked = papers.standing_of([papers.row_of(paper)])[0]
    if asked.state is not PaperState.OUT:
        raise NotAsked("A paper is answered while it is out to the seats and not decided.")
    sitting = boards.sitting(actor, boards.row_of(board), civil.day_of(at))
    if not answers.is_before(asked.row, sitting):
        raise NotAsked("This paper does not come before that board today.")
    mine = [each.code for each in answers.held_by(actor, sitting)]
    if seat not in mine:
        raise NotMySeat(
            f"You hold today: {', '.join(mine) or 'no seat that votes on this board'}."
        )
    named = [each for each in sitting.voting if each.code == seat]
    return keep(
        actor,
        asked.row,
        models.SeatAnswer.objects.filter(paper=paper, board=board, seat=seat),
        lambda row: holders.is_of_the_office(actor, row, named, sitting.on),
        {"title": asked.row.title, "paper": paper, "board": board, "seat": seat},
        vote,
        at,
    )


def with_own(ballot: Ballot, paper: models.Paper, sitting: Sitting) -> Ballot:
    """The ballot with the answers that holders of seats gave themselves: these count, whoever closes. Raises BadVote."""
    if ballot.how is How.MEETING:
        return ballot
    known = answers.of_board(ballot.where, paper.pk)
    wanted = {seat.code for seat in sitting.seats if seat.votes}
    if ballot.how is How.URGENT:
        wanted &= {ballot.alone}
    found = {seat: row for seat, row in known.items() if seat in wanted}
    votes, given = dict(ballot.votes), dict(ballot.answers)
    for seat, row in found.items():
        vote = Vote(row.vote)
        if votes.get(seat, vote) is not vote:
            raise BadVote(f"{seat} answered itself, {vote}: nobody says otherwise for it.")
        votes[seat] = vote
        given[seat] = Answer(row.said_by, civil.day_of(row.said_at), own=str(row.pk))
    asked_on = ballot.asked_on
    if found and asked_on is None and ballot.how is How.WRITTEN and paper.out_at is not None:
        asked_on = civil.day_of(paper.out_at)
    return replace(ballot, votes=votes, answers=given, asked_on=asked_on)
