"""Why somebody may do something, or what is missing and who could grant it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.access.choices import MARKINGS
from crossforce.insight.choices import Explanation, Reason, Where
from crossforce.kernel import clock, guarded, statements
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing, Refused
from crossforce.organisations import api as organisations
from crossforce.people import api as people

EARLIEST: Final = datetime(1, 1, 1, tzinfo=UTC)
REASONS: Final = "SELECT * FROM access_reasons(%s, %s, %s, %s, %s, %s)"
OPENINGS: Final = "SELECT * FROM access_openings(%s, %s, %s, %s, %s, %s)"
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
def may_add(actor: people.Actor, kind: str) -> bool:
    """Whether some clause lets the actor add records of the kind somewhere, also where there are none yet.

    No scope is there to say so before the first is added; then the clauses are asked.
    """
    if access.scopes(kind, "add"):
        return True
    return bool(explain(actor, kind, "add", clock.now()).because)


class MayAddNowhere(Refused):
    """No agreement or policy lets you add such a record anywhere, in this posting and for this purpose."""


@guarded.acts
def require_add(actor: people.Actor, kind: str) -> None:
    """Let a page that adds a record of the kind show its form. Raises MayAddNowhere."""
    if not may_add(actor, kind):
        raise MayAddNowhere


@guarded.acts
def require_edit(actor: people.Actor, row: Any) -> None:
    """Let a page that changes the record show its form. Raises Missing, and Refused, which names the holder."""
    try:
        access.require(row.record_kind, row.pk, "edit")
    except Refused as refused:
        holder = organisations.directory().get(access.described(row.record_kind, row.pk).holder)
        if holder is None:
            raise
        told = f"{refused.message.removesuffix('.')}, {holder.name.en}."
        raise Refused(told) from refused


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
    """Every clause that lets anybody do this to the record. Raises Missing."""
    where = access.place(kind, record)
    if where is None:
        raise Missing
    return [_reason(row) for row in statements.answers(AUDIENCE, kind, where, action, at)]


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
        asked = (kind, action, record, at, posting, purpose)
        found += [_opening(*row) for row in statements.answers(OPENINGS, *asked)]
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
    """Clauses and openings that lack least come first; one that lacks nearly everything helps nobody."""
    near = [
        each
        for each in found
        if (each.agreement or each.origin) and len(each.missing) <= FAR_FROM_ALLOWING
    ]
    return tuple(
        sorted(
            near, key=lambda each: (each.distance(at), each.agreement, each.clause, each.holder)
        )
    )


def _opening(
    identifier: UUID, origin: str, agreement: str, clause: str, holder: str, *told: Any
) -> Reason:
    """One opening, condition by condition, as the database counts them."""
    actions, purposes, holds, *conditions = told
    is_now, is_purpose, is_action, is_posted, is_bound, is_counted = conditions
    return Reason(
        agreement=agreement,
        version=0,
        clause=clause,
        term=str(identifier),
        holder=holder,
        recipient="",
        collection="",
        units=(),
        roles=(),
        actions=tuple(actions),
        purposes=tuple(purposes),
        marking="",
        compartment="",
        holds=_period(holds),
        glass_minutes=None,
        glass_roles=(),
        is_now=is_now,
        is_unit=True,
        is_role=True,
        is_purpose=is_purpose,
        is_action=is_action,
        covers=True,
        is_posted=is_posted,
        origin=origin,
        is_bound=is_bound,
        is_counted=is_counted,
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
