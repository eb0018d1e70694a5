"""Why somebody may do something, or what is missing and who could grant it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crossforce.access import api as access
from crossforce.access.choices import MARKINGS
from crossforce.insight.choices import Explanation, Reason, Where
from crossforce.kernel import guarded, statements
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.people import api as people

EARLIEST: Final = datetime(1, 1, 1, tzinfo=UTC)
REASONS: Final = "SELECT * FROM access_reasons(%s, %s, %s, %s, %s, %s)"
AUDIENCE: Final = "SELECT * FROM access_audience(%s, %s, %s, %s)"
FAR_FROM_ALLOWING: Final = 3


@guarded.acts
def explain(
    actor: people.Actor, kind: str, action: str, at: datetime, record: UUID | None = None
) -> Explanation:
    """Why the actor may, or may not, do this to a record, or to any of the kind, at the instant.

    Raises Missing for a record of which the actor may not be told: one that is hidden from them and
    one that does not exist have the same answer.
    """
    return _explained(kind, action, at, record, posting=actor.posting, purpose=actor.purpose)


@guarded.acts
def explain_for(
    actor: people.Actor,
    *,
    posting: UUID,
    purpose: str,
    kind: str,
    action: str,
    at: datetime,
    record: UUID | None = None,
) -> Explanation:
    """The same for somebody else of the actor's organisation. Raises Refused; Missing."""
    people.require(actor, "access.explain")
    return _explained(kind, action, at, record, posting=posting, purpose=purpose)


@guarded.acts
def audience(
    actor: people.Actor, kind: str, record: UUID, action: str, at: datetime
) -> list[Reason]:
    """Every clause and share that lets anybody do this to the record. Raises Missing."""
    where = access.place(kind, record)
    if where is None:
        raise Missing
    found = [_reason(row) for row in statements.answers(AUDIENCE, kind, where, action, at)]
    return found + _shares(Q(record=record, kind=kind), action, at, at)


def _explained(
    kind: str,
    action: str,
    at: datetime,
    record: UUID | None,
    *,
    posting: UUID | None,
    purpose: str,
) -> Explanation:
    where = None if record is None else access.place(kind, record)
    if record is not None and where is None:
        raise Missing
    found = [
        _reason(row)
        for row in statements.answers(REASONS, kind, action, where, at, posting, purpose)
    ]
    if record is not None and posting is not None:
        mine = Q(record=record, kind=kind, posting=posting)
        found += _shares(mine, action, at, at)
    because = tuple(each for each in found if each.allows)
    if because:
        return Explanation(kind, action, at, True, because)
    near = _nearest(found, at)
    there = None if record is None else _where(kind, record)
    return Explanation(kind, action, at, False, (), near, there)


def _where(kind: str, record: UUID) -> Where:
    told = access.described(kind, record)
    return Where(told.holder, told.collection, told.compartment, told.marking)


def _nearest(found: Iterable[Reason], at: datetime) -> tuple[Reason, ...]:
    """Clauses that lack least come first; one that lacks nearly everything helps nobody."""
    near = [each for each in found if each.agreement and len(each.missing) <= FAR_FROM_ALLOWING]
    return tuple(
        sorted(
            near, key=lambda each: (each.distance(at), each.agreement, each.clause, each.holder)
        )
    )


def _shares(which: Q, action: str, now: datetime, at: datetime) -> list[Reason]:
    rows = access.Share.objects.filter(which, holds__contains=at, actions__contains=[action])
    return [_of_share(row) for row in rows.order_by("given_at", "id")]


def _of_share(row: access.Share) -> Reason:
    return Reason(
        agreement=row.agreement,
        version=0,
        clause=row.clause,
        term=str(row.pk),
        holder=row.holder,
        recipient="",
        collection="",
        units=(),
        roles=(),
        actions=tuple(row.actions),
        purposes=tuple(row.purposes),
        marking="",
        compartment="",
        holds=_period(row.holds),
        glass_minutes=None,
        glass_roles=(),
        is_now=True,
        is_unit=True,
        is_role=True,
        is_purpose=True,
        is_action=True,
        covers=True,
        origin=row.origin,
    )


def _reason(row: Sequence[Any]) -> Reason:
    (*head, units, roles, actions, purposes, rank, compartment, holds, minutes, glass) = row[
        :16
    ]
    agreement, version, clause, term, holder, recipient, collection = head
    return Reason(
        agreement,
        version,
        clause,
        term,
        holder,
        recipient,
        collection,
        tuple(units),
        tuple(roles),
        tuple(actions),
        tuple(purposes),
        MARKINGS[rank],
        compartment,
        _period(holds),
        minutes,
        tuple(glass),
        *row[16:],
    )


def _period(held: Any) -> Period:
    return Period(held.lower or EARLIEST, held.upper)
