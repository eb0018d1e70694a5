"""A board decides: what it said to a paper is judged by the signed clauses as they stand, and kept."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import BOARD, MEETING, How, MeetingState, PaperState
from crossforce.boards.operations import (
    alone,
    answering,
    balloting,
    judging,
    own_answers,
    taking,
)
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.operations.taking import Where
from crossforce.boards.queries import boards, deciding, meetings, papers
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules import keeping
from crossforce.boards.rules.decisions import Judgement
from crossforce.boards.rules.motions import Answer
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict
from crossforce.people.api import Actor


class CannotDecide(Conflict):
    """This cannot be put to the vote as things stand; the message says why."""


@guarded.acts
def decide(*, actor: Actor, ballot: Ballot, at: datetime) -> UUID:
    """Record how the board took a paper, and judge it by the signed clauses as they stood then.

    What was not validly decided is kept with its reasons, and can be put again. Whoever may change the meeting
    (between meetings, the board) decides papers that they may read, whose these ever are; of two boards of the same
    bodies the one that is kept first. The meeting and the paper stand still meanwhile. Raises CannotDecide, BadVote,
    NoAnswer, NoSuchMeeting, NoSuchBoard, NoSuchPaper, Refused, NotStanding, MayNotAdd, Clashes.
    """
    where = _where(ballot)
    alone.with_paper(ballot.paper)
    paper = papers.row_of(ballot.paper)
    _refuse_paper(paper)
    taken_at = _instant(where.meeting, at)
    sitting = boards.sitting(actor, where.board, civil.day_of(taken_at))
    if another := deciding.why_another(where.board, sitting, paper.agreement):
        raise CannotDecide(another)
    ballot = own_answers.with_own(ballot, paper, sitting)
    balloting.refuse_votes(ballot, sitting)
    answers = _answers(actor, ballot, sitting, paper, civil.day_of(at))
    judged = judging.judged(actor, ballot, where, paper, sitting, taken_at)
    balloting.refuse_consents(ballot, paper, judged.authority.answer.who, civil.day_of(at))
    values = _values(replace(ballot, answers=answers), paper, judged)
    return taking.keep(actor, where, paper, values, at)


def _where(ballot: Ballot) -> Where:
    """The meeting, locked, or the board, for who may change it. Raises NoSuchMeeting, NoSuchBoard, Refused."""
    if ballot.how is not How.MEETING:
        access.require(BOARD, ballot.where, "edit")
        return Where(boards.row_of(ballot.where), None)
    access.require(MEETING, ballot.where, "edit")
    meeting = meetings.row_of(ballot.where, is_locked=True)
    return Where(boards.row_of(meeting.board), meeting)


def _refuse_paper(paper: models.Paper) -> None:
    state = papers.standing_of([paper])[0].state
    if state is PaperState.DECIDED:
        raise CannotDecide("This paper is decided already.")
    if state is PaperState.WITHDRAWN:
        raise CannotDecide("This paper was taken back.")
    if state is PaperState.DRAFT and not paper.decision:
        raise CannotDecide("This paper is still a draft. Send it out first.")


def _instant(meeting: models.Meeting | None, at: datetime) -> datetime:
    """When it was decided: the beginning of the meeting, or now between meetings."""
    if meeting is None:
        return at
    if meeting.state != MeetingState.PLANNED.value:
        raise CannotDecide("This meeting has been held or cancelled.")
    if not meetings.has_begun(meeting, at):
        raise CannotDecide(
            f"This meeting has not begun: it does on {meeting.on:%-d %B %Y} at {meeting.begins:%H:%M}."
        )
    return meetings.instant_of(meeting)


def _answers(
    actor: Actor, ballot: Ballot, sitting: Sitting, paper: models.Paper, on: date
) -> dict[str, Answer]:
    """Between meetings every vote has its evidence; at a meeting there is none besides who came."""
    if ballot.how is How.MEETING:
        return {}
    return answering.answered(actor, sitting, paper, ballot.votes, ballot.answers, on)


def _values(ballot: Ballot, paper: models.Paper, judged: Judgement) -> dict[str, Any]:
    return {
        "how": ballot.how.value,
        "decided_at": judged.taken.at,
        "is_decided": judged.is_decided,
        "takes_effect_on": judged.takes_effect_on,
        "votes": keeping.votes_text(ballot.votes, ballot.answers),
        "consents": keeping.consents_text(ballot.consents),
        "casting": ballot.casting.value if ballot.casting else "",
        "asked_on": ballot.asked_on,
        "alone": ballot.alone,
        "judged": keeping.judged_text(judged),
        "urgency": ballot.urgency.strip(),
        "effect": paper.effect,
        "effect_of": paper.effect_of,
    }
