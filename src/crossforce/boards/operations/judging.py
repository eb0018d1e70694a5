"""What is judged: the motion of a paper, how the board took it, and the law of that instant."""

from datetime import date, datetime

from crossforce.boards import models
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.operations.taking import Where
from crossforce.boards.operations.wanting import wants_of
from crossforce.boards.queries import agreed, boards, due
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules import keeping
from crossforce.boards.rules.charters import charter, required
from crossforce.boards.rules.decisions import Judgement, judge
from crossforce.boards.rules.motions import Delegation, Law, Motion, Taken
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.rolls import answering as roll_of_answers
from crossforce.kernel import civil
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


def judged(
    actor: Actor,
    ballot: Ballot,
    where: Where,
    paper: models.Paper,
    sitting: Sitting,
    at: datetime,
) -> Judgement:
    """What came of it at the instant at which it was taken. Raises NoSuchAgreement, NotStanding."""
    law = _law(actor, paper, where.board, at)
    motion = _motion(actor, paper)
    charters = (
        charter(law.terms, each, law.begins_at or at)
        for each in motion.functions or law.terms.functions
    )
    taken = Taken(
        how=ballot.how,
        at=at,
        bodies=frozenset(sitting.bodies),
        roll=_roll(ballot, where.meeting, sitting, civil.day_of(at)),
        votes=ballot.votes,
        quorum=required(charters),
        casting=ballot.casting,
        chair=where.board.chair,
        consents=frozenset(each.person for each in ballot.consents),
        asked_on=ballot.asked_on,
        alone=ballot.alone,
        delegation=_delegation(ballot, where.board),
        urgency=ballot.urgency,
    )
    return judge(motion, taken, law)


def _law(actor: Actor, paper: models.Paper, board: models.Board, at: datetime) -> Law:
    found, as_of = agreed.binding(actor, paper.agreement, at)
    begins_at = as_of if as_of > at else None
    return Law(
        terms=found.terms,
        begins_at=begins_at,
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
