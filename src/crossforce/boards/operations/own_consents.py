"""A body whose board it is answers itself what is proposed as the board's own rules: yes or no, to that very proposal."""

from datetime import datetime
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import Vote
from crossforce.boards.operations import alone
from crossforce.boards.operations.answers import keep
from crossforce.boards.operations.own_rules import NothingProposed
from crossforce.boards.queries import boards
from crossforce.boards.queries import own_rules as queries
from crossforce.boards.rules import own_rules
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.people.api import Actor


class AnotherProposal(Conflict):
    """What is proposed has changed since. Look at what is proposed now, and answer that."""


class NotMyBody(Refused):
    """You hold no office of this body today, so that you cannot answer for it; the message says for whom you can."""


class YesOrNo(NotUnderstood):
    """A body agrees to own rules or does not: an abstention is no agreement. Answer for or against."""


@guarded.acts
def answer(
    *, actor: Actor, board: UUID, proposal: str, body: str, vote: Vote, at: datetime
) -> UUID:
    """Answer what is proposed, for the body whose office one holds; until it counts the answer may be changed.

    `proposal` is the digest of what is answered. Raises NoSuchBoard, NothingProposed, AnotherProposal, NotMyBody, YesOrNo, AnsweredByTheOffice,
    MayNotAdd.
    """
    alone.with_own_rules(board)
    row, today = boards.row_of(board), civil.day_of(at)
    proposed = own_rules.proposed(row.proposed)
    if proposed is None:
        raise NothingProposed
    if proposal != proposed.digest:
        raise AnotherProposal
    if vote is Vote.ABSTAIN:
        raise YesOrNo
    mine = queries.held_by(actor, queries.whose(actor, row, today), today)
    if body not in mine:
        raise NotMyBody(
            f"You can answer today for: {', '.join(mine) or 'none of the bodies whose board this is'}."
        )
    whole = {
        "title": f"Own rules of {row.title}",
        "board": board,
        "proposal": proposal,
        "seat": body,
    }
    return keep(
        actor,
        row,
        models.SeatAnswer.objects.filter(board=board, proposal=proposal, seat=body),
        lambda each: queries.is_of_the_office(actor, each, body, today),
        whole,
        vote,
        at,
    )
