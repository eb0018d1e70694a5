"""What the holder is told of its records: who asks for one, who broke the glass, what stands open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.oversight.models import GlassReview
from crossforce.oversight.queries.deciding import Holder, holders
from crossforce.people import api as people
from crossforce.sharing import api as sharing

REQUESTED, BROKEN = "requested", "glass-broken"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know of: a request, or a broken glass. `waits` until the holder has answered it."""

    what: str
    identifier: UUID
    at: datetime
    kind: str
    record: UUID
    reason: str
    posting: UUID
    who: Holder | None
    waits: bool

    @property
    def subject(self) -> str:
        """The record, as the ledger names it."""
        return f"{self.kind}:{self.record}"


@guarded.acts
def notices(actor: people.Actor, at: datetime) -> list[Notice]:
    """Requests for records of the actor's organisation and broken glasses, what waits first.

    Raises Refused.
    """
    people.require(actor, sharing.DECIDE)
    ours = sharing.estate(actor.organisation)
    asked = list(sharing.requests(actor).filter(holder__in=ours))
    broken = list(
        sharing.shares(actor).filter(holder__in=ours, origin=access.Origin.BREAK_GLASS.value)
    )
    judged = reviews(row.pk for row in broken)
    postings = {row.posting for row in asked} | {row.posting for row in broken}
    who = holders(actor, postings, at)
    found = [
        _notice(REQUESTED, row, row.asked_at, who, waits=row.decided_at is None)
        for row in asked
    ]
    found += [
        _notice(BROKEN, row, row.given_at, who, waits=row.pk not in judged) for row in broken
    ]
    return sorted(found, key=lambda each: (each.waits, each.at), reverse=True)


def waiting(actor: people.Actor, at: datetime) -> int:
    """How many notices wait for the actor's organisation; 0 for whoever does not decide."""
    return sum(each.waits for each in notices(actor, at)) if actor.may(sharing.DECIDE) else 0


def reviews(shares: Any) -> dict[UUID, GlassReview]:
    """What was found of broken glasses, by what they opened."""
    return GlassReview.objects.in_bulk(list(shares))


def _notice(
    what: str, row: Any, at: datetime, who: dict[UUID, Holder], *, waits: bool
) -> Notice:
    return Notice(
        what=what,
        identifier=row.pk,
        at=at,
        kind=row.kind,
        record=row.record,
        reason=row.reason,
        posting=row.posting,
        who=who.get(row.posting),
        waits=waits,
    )
