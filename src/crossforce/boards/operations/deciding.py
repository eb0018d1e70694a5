"""A board decides, and what it decided takes effect: once, from its day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import (
    DECISION,
    MEETING,
    PAPER,
    PURPOSES,
    How,
    MeetingState,
    PaperState,
    Vote,
)
from crossforce.boards.kinds import Carried, DecisionEffect, decision_effects
from crossforce.boards.operations import answering
from crossforce.boards.operations.wanting import wants_of
from crossforce.boards.queries import agreed, boards, carrying, due, holders, meetings
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules import keeping
from crossforce.boards.rules.charters import charter, required
from crossforce.boards.rules.days import beyond
from crossforce.boards.rules.decisions import Judgement, judge
from crossforce.boards.rules.effects import Outcome, refusal_to_take_effect
from crossforce.boards.rules.motions import Answer, Consent, Delegation, Law, Motion, Taken
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.rolls import answering as roll_of_answers
from crossforce.boards.rules.votes import contradicted
from crossforce.boards.rules.wants import Wants, mismatch
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records


class CannotDecide(Conflict):
    """This cannot be put to the vote as things stand; the message says why."""


class BadVote(NotUnderstood):
    """The votes cannot be right; the message says why."""


class NoEffect(Conflict):
    """The decision does not take effect; the message says why."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a board took a paper. At a meeting `where` is the meeting, else the board.

    `answers` are, by seat, who gave its vote in writing, when and in which document; `consents` are what legal persons agreed to in writing besides; `asked_on` is when a written
    decision was sent out; `alone` is the seat that decided urgently, and `urgency` why.
    """

    where: UUID
    paper: UUID
    how: How
    votes: Mapping[str, Vote]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    casting: Vote | None = None
    asked_on: date | None = None
    alone: str = ""
    urgency: str = ""


@guarded.acts
def decide(*, actor: Actor, ballot: Ballot, at: datetime) -> UUID:
    """Record how the board took a paper, and judge it by the signed clauses as they stood then.

    What was not validly decided is kept with its reasons, and can be put again. The meeting and the
    paper stand still meanwhile: whoever decides may change both. Raises CannotDecide, BadVote,
    NoAnswer, NoSuchMeeting, NoSuchBoard, NoSuchPaper, Refused, NotStanding, MayNotAdd, Clashes.
    """
    meeting = _held(ballot.where) if ballot.how is How.MEETING else None
    access.require(PAPER, ballot.paper, "edit")
    paper = meetings.paper_of(ballot.paper, is_locked=True)
    _refuse_paper(paper)
    board = boards.row_of(meeting.board if meeting else ballot.where)
    taken_at = _instant(meeting, at)
    sitting = boards.sitting(actor, board, civil.day_of(taken_at))
    _refuse_votes(ballot, sitting)
    _refuse_consents(ballot, paper, civil.day_of(at))
    answers = _answers(actor, ballot, sitting, paper, civil.day_of(at))
    law = _law(actor, paper, board, taken_at)
    motion = _motion(actor, paper)
    taken = _taken(ballot, board, meeting, sitting, law, motion, taken_at)
    judged = judge(motion, taken, law)
    row = _kept(actor, replace(ballot, answers=answers), paper, board, meeting, judged, at)
    if judged.is_decided:
        given = {"state": PaperState.DECIDED.value}
        records.edit(
            actor=actor, kind=PAPER, record=paper.pk, version=paper.version, given=given, at=at
        )
    return row


@guarded.acts
def take_effect(*, actor: Actor, decision: UUID, version: int, at: datetime) -> str:
    """Do what was decided, once, on its day or after; the answer says what came of it.

    Whoever does it needs what the effect needs (to open a budget, to publish a report), and of the decision only
    to read it: that it was done is told by what was done. What leaves no such trace is noted on the decision,
    by whoever keeps it. Raises NoSuchDecision, NoEffect, StaleVersion, and what the effect itself refuses with.
    """
    row, today = meetings.decision_of(decision), civil.day_of(at)
    against = None if row.is_decided else keeping.first_reason(row.judged)
    done_on = carrying.outcome(actor, row).done_on
    refusal = refusal_to_take_effect(Outcome(against, row.takes_effect_on, done_on), today)
    if refusal is not None:
        raise NoEffect(str(refusal))
    if not agreed.standing(actor, row.agreement, at).is_acted_on:
        raise NoEffect(
            "Nobody has signed this agreement here: nothing is carried out under it."
        )
    effect = _effect_of(row)
    if effect is not None and effect.is_traced:
        return effect.run(actor, _carried(row, effect), at)
    access.require(DECISION, decision, "edit")
    meetings.decision_of(decision, is_locked=True)
    said = effect.run(actor, _carried(row, effect), at) if effect else "Noted as carried out."
    given = {"done_on": today, "outcome": said}
    records.edit(
        actor=actor, kind=DECISION, record=decision, version=version, given=given, at=at
    )
    return said


def _effect_of(row: models.Decision) -> DecisionEffect | None:
    if not row.effect:
        return None
    effect = decision_effects.get(row.effect)
    if effect is None:
        raise NoEffect(f"Nothing here can do “{row.effect}”.")
    return effect


def _carried(row: models.Decision, effect: DecisionEffect) -> Carried:
    paper = meetings.paper_of(row.paper)
    _refuse_another_kind(paper, effect)
    day = civil.day_of(row.decided_at)
    return Carried(row.pk, row.title, row.agreement, paper.pence, day, row.effect_of)


def _refuse_another_kind(paper: models.Paper, effect: DecisionEffect) -> None:
    """What was decided of another kind does nothing, whenever it was decided."""
    wants = Wants(effect.title, effect.decision, is_priced=effect.sum_of is not None)
    refusal = mismatch(paper.decision, paper.pence, wants)
    if refusal is not None:
        raise NoEffect(str(refusal))


def _held(key: UUID) -> models.Meeting:
    access.require(MEETING, key, "edit")
    return meetings.row_of(key, is_locked=True)


def _refuse_paper(paper: models.Paper) -> None:
    if paper.state == PaperState.DECIDED.value:
        raise CannotDecide("This paper is decided already.")
    if paper.state == PaperState.WITHDRAWN.value:
        raise CannotDecide("This paper was taken back.")
    if paper.state == PaperState.DRAFT.value and not paper.decision:
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


def _refuse_votes(ballot: Ballot, sitting: Sitting) -> None:
    far = beyond(ballot.asked_on)
    if far is not None:
        raise BadVote(str(far))
    voting = {seat.code for seat in sitting.seats if seat.votes}
    unknown = sorted(set(ballot.votes) - voting)
    if unknown:
        raise BadVote(f"{unknown[0]} has no vote on this board on that day.")
    others = sorted(set(ballot.votes) - {ballot.alone})
    if ballot.how is How.URGENT and others:
        raise BadVote(
            f"{others[0]} has no vote on what one seat decides alone: name the seat that does, and its vote only."
        )
    persons = [each.person for each in ballot.consents]
    against = contradicted(Roll(sitting.seats, {}), ballot.votes, persons)
    if against:
        raise BadVote(
            f"{min(against)} cannot have agreed in writing: its own seat did not vote for it."
        )


def _refuse_consents(ballot: Ballot, paper: models.Paper, on: date) -> None:
    """Nobody agrees for a body without a document, nor to a paper that is not out."""
    directory = organisations.directory()
    for each in ballot.consents:
        if directory.get(each.person) is None:
            raise BadVote(f"There is no organisation “{each.person}” that could agree.")
        _refuse_document(each, ballot.how)
        out_on = civil.day_of(paper.out_at) if paper.out_at else None
        if each.on > on or (out_on and each.on < out_on):
            raise BadVote(
                f"{each.person} agreed in writing after its paper went out and not later than today:"
                f" {each.on:%-d %B %Y} cannot be."
            )


def _refuse_document(given: Consent, how: How) -> None:
    """Between meetings it is one that is kept here; a meeting may also have had it on its table."""
    document = given.document.strip()
    if not (holders.may_read(document) or (document and how is How.MEETING)):
        raise BadVote(
            f"Name the document in which {given.person} agreed: between meetings a document among the records of"
            " this platform that you may read."
        )


def _answers(
    actor: Actor, ballot: Ballot, sitting: Sitting, paper: models.Paper, on: date
) -> dict[str, Answer]:
    """Between meetings every vote has its evidence; at a meeting there is none besides who came."""
    if ballot.how is How.MEETING:
        return {}
    return answering.answered(actor, sitting, paper, ballot.votes, ballot.answers, on)


def _law(actor: Actor, paper: models.Paper, board: models.Board, at: datetime) -> Law:
    return Law(
        terms=agreed.terms_of(actor, paper.agreement, at),
        directory=organisations.directory(),
        practice=agreed.known_practice(civil.day_of(at)),
        days=boards.days_of(board),
        chair_casts=board.chair_casts,
    )


def _motion(actor: Actor, paper: models.Paper) -> Motion:
    return Motion(
        reference=str(paper.pk),
        title=paper.title,
        decision=paper.decision,
        pence=paper.pence,
        functions=due.functions_of(paper),
        paper_out_at=paper.out_at,
        effect_on=paper.effect_on,
        is_procedural=not paper.decision,
        wants=wants_of(actor, paper.effect, paper.agreement, paper.effect_of),
    )


def _taken(
    ballot: Ballot,
    board: models.Board,
    meeting: models.Meeting | None,
    sitting: Sitting,
    law: Law,
    motion: Motion,
    at: datetime,
) -> Taken:
    charters = (
        charter(law.terms, each, at) for each in motion.functions or law.terms.functions
    )
    return Taken(
        how=ballot.how,
        at=at,
        bodies=frozenset(sitting.bodies),
        roll=_roll(ballot, meeting, sitting, civil.day_of(at)),
        votes=ballot.votes,
        quorum=required(charters),
        casting=ballot.casting,
        chair=board.chair,
        consents=frozenset(each.person for each in ballot.consents),
        asked_on=ballot.asked_on,
        alone=ballot.alone,
        delegation=_delegation(ballot, board),
        urgency=ballot.urgency,
    )


def _roll(ballot: Ballot, meeting: models.Meeting | None, sitting: Sitting, on: date) -> Roll:
    offices = agreed.known_offices(on)
    if meeting is None:
        return roll_of_answers(sitting.seats, list(ballot.votes), offices)
    return Roll(sitting.seats, keeping.attendance(meeting.attendance), offices)


def _delegation(ballot: Ballot, board: models.Board) -> Delegation | None:
    """What the board lets the seat decide alone; the chair at least what practice gives it."""
    if not ballot.alone:
        return None
    for each in keeping.delegations(board.delegations):
        if each.seat == ballot.alone:
            return each
    return Delegation(ballot.alone) if ballot.alone == board.chair else None


def _kept(
    actor: Actor,
    ballot: Ballot,
    paper: models.Paper,
    board: models.Board,
    meeting: models.Meeting | None,
    judged: Judgement,
    at: datetime,
) -> UUID:
    values: dict[str, Any] = {
        "title": paper.title,
        "paper": paper.pk,
        "board": board.pk,
        "meeting": meeting.pk if meeting else None,
        "agreement": paper.agreement,
        "how": ballot.how.value,
        "decided_at": judged.taken.at,
        "decided_by": actor.reference,
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
        "purposes": list(PURPOSES),
    }
    place = replace(
        records.place_of(paper.scope_id), holder=records.place_of(board.scope_id).holder
    )
    row = records.create(actor=actor, new=records.NewRecord(DECISION, place, values), at=at)
    key: UUID = row.pk
    return key
