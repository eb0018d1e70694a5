"""How a board took a paper, as somebody sends it; and why that cannot be right."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import How, Vote
from crossforce.boards.queries import holders
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules.days import beyond
from crossforce.boards.rules.motions import Answer, Consent
from crossforce.boards.rules.reasons import listed
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.votes import contradicted
from crossforce.kernel import civil
from crossforce.kernel.refusals import NotUnderstood
from crossforce.organisations import api as organisations


class BadVote(NotUnderstood):
    """The votes cannot be right; the message says why."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a board took a paper. At a meeting `where` is the meeting, else the board.

    `answers` are, by seat, who gave its vote in writing, when and in which document; `consents` are what legal
    persons agreed to in writing besides; `asked_on` is when a written decision was sent out; `alone` is the seat
    that decided urgently, and `urgency` why.
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


def refuse_votes(ballot: Ballot, sitting: Sitting) -> None:
    """Let nobody vote who has no vote. Raises BadVote."""
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


def refuse_consents(
    ballot: Ballot, paper: models.Paper, asked: Collection[str], on: date
) -> None:
    """Let nobody agree who is not asked to, without a document, or to a paper that is not out. Raises BadVote."""
    directory = organisations.directory()
    for each in ballot.consents:
        if directory.get(each.person) is None:
            raise BadVote(f"There is no organisation “{each.person}” that could agree.")
        refuse_document(each)
        out_on = civil.day_of(paper.out_at) if paper.out_at else None
        if each.on > on or (out_on and each.on < out_on):
            raise BadVote(
                f"{each.person} agreed in writing after its paper went out and not later than today:"
                f" {each.on:%-d %B %Y} cannot be."
            )
        if each.person not in asked:
            raise BadVote(
                f"{each.person} need not agree to this: {listed(sorted(asked)) or 'nobody'} must."
            )


def refuse_document(given: Consent) -> None:
    """A consent names a document that is kept here. Raises BadVote."""
    if not holders.may_read(given.document.strip()):
        raise BadVote(
            f"Name the document in which {given.person} agreed: a document among the records of this platform that"
            " you may read."
        )
