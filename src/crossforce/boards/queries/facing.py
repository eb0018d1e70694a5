"""What a paper faces at a meeting: whether enough sit for it, who takes no part, and who must agree."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from crossforce.agreements import resolve
from crossforce.agreements.resolve import ApprovalAnswer
from crossforce.agreements.terms import CompiledTerms
from crossforce.boards import models
from crossforce.boards.kinds import decision_effects
from crossforce.boards.queries import agreed, due, meetings
from crossforce.boards.queries.meetings import Shown
from crossforce.boards.rules.charters import charter, required
from crossforce.boards.rules.quorums import Quorum, quorum
from crossforce.boards.rules.seats import Seat
from crossforce.boards.rules.wants import OF_ANY_VALUE
from crossforce.kernel import guarded
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Facing:
    """A paper before a meeting. `taking_part` are the seats whose votes count, `away` the other ones that vote.

    Where nobody's attendance is recorded yet, nobody takes part. `approval` is None for what binds nobody.
    """

    quorum: Quorum
    taking_part: tuple[Seat, ...]
    away: tuple[Seat, ...]
    approval: ApprovalAnswer | None


@guarded.acts
def facing(actor: Actor, found: Shown, row: models.Paper) -> Facing:
    """What the paper faces at the meeting. Raises NoSuchAgreement, NotStanding."""
    at, item = meetings.instant_of(found.meeting), str(row.pk)
    bound, at = agreed.binding(actor, row.agreement, at)
    terms, practice = bound.terms, agreed.known_practice(found.meeting.on)
    named = (charter(terms, each, at) for each in due.functions_of(row) or terms.functions)
    sitting = {seat.code for seat in found.roll.sitting(item)}
    voting = found.roll.voting
    return Facing(
        quorum=quorum(found.roll, item, required(named), practice.quorum_more_than),
        taking_part=tuple(seat for seat in voting if seat.code in sitting),
        away=tuple(seat for seat in voting if seat.code not in sitting),
        approval=_approval(row, terms, at),
    )


@guarded.acts
def others(
    actor: Actor, row: models.Paper, bodies: Collection[str], seats: Collection[Seat], on: date
) -> list[str]:
    """Who must agree to the paper besides the board (`bodies`) and those for whom these seats speak.

    Raises NoSuchAgreement, NotStanding.
    """
    bound, at = agreed.binding(actor, row.agreement, agreed.moment(on))
    approval = _approval(row, bound.terms, at)
    spoken_for = {seat.speaks_for for seat in seats}
    boards = set(bodies) - spoken_for if len(bodies) == 1 else set()
    who = approval.who if approval else ()
    return [code for code in who if code not in spoken_for | boards]


def _approval(row: models.Paper, terms: CompiledTerms, at: datetime) -> ApprovalAnswer | None:
    if not row.decision:
        return None
    directory = organisations.directory()
    effect = decision_effects.get(row.effect) if row.effect else None
    is_priced = effect is None or effect.sum_of is not None
    pence = row.pence if is_priced else OF_ANY_VALUE
    return resolve.approvers(terms, row.decision, pence, at, directory)
