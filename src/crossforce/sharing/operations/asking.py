"""Asking the holder for a record, the holder's decision, and breaking the glass when it cannot wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.kernel.events import publish
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.sharing import queries
from crossforce.sharing.choices import OPENED, NewShare, Origin
from crossforce.sharing.events import AccessRequested, GlassBroken, RequestDecided
from crossforce.sharing.operations.sharing import give_share


class CannotAsk(Conflict):
    """That cannot be asked for so; the message says why."""


class ReachesNobody(CannotAsk):
    """Nobody of its holder could decide that now, so the request would reach nobody.

    It takes a clause, which the parties sign.
    """


class ForOneself(Refused):
    """Nobody decides about what they ask for, get, or opened themself. Somebody else of the holder does."""


class AlreadyDecided(Conflict):
    """The holder has decided this request already."""


class NoGlassToBreak(Refused):
    """No agreement lets you break the glass for this record. Ask its holder for access instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: one record, for which actions, why, until when."""

    kind: str
    record: UUID
    actions: tuple[str, ...]
    reason: str
    until: datetime


@guarded.acts
def ask(*, actor: people.Actor, asked: Asked, at: datetime) -> access.Request:
    """Ask the holder of a record that the actor may find or read for more.

    Raises Missing; CannotAsk; ReachesNobody where nobody could decide it.
    """
    holder = access.described(asked.kind, asked.record).holder
    if refusal := _refusal(asked, at):
        raise CannotAsk(refusal)
    where = access.place(asked.kind, asked.record)
    if actor.posting is None or where is None:
        raise CannotAsk("Only somebody in a posting asks for a record.")
    if not queries.deciders(asked.kind, asked.record):
        raise ReachesNobody
    row = access.Request.objects.create(
        scope=where,
        record=asked.record,
        kind=asked.kind,
        holder=holder,
        posting=actor.posting,
        organisation=actor.organisation,
        actions=list(asked.actions),
        purpose=actor.purpose,
        reason=asked.reason.strip(),
        until=asked.until,
        asked_at=at,
        asked_by=_who(actor),
    )
    _record(actor, "access.requested", row, {"actions": list(asked.actions)}, at)
    publish(AccessRequested(row.pk, holder, at))
    return row


@guarded.acts
def decide(
    *, actor: people.Actor, request: UUID, is_granted: bool, answer: str, at: datetime
) -> access.Request:
    """The holder opens the record to the asker until the day asked for, or says no and why.

    Raises Refused for anybody else, and for whoever asked; AlreadyDecided. Of two decisions at once the later waits, and is refused.
    """
    queries.require_deciding(actor, queries.request(actor, request).holder)
    row = queries.locked(actor, request)
    if row.decided_at is not None:
        raise AlreadyDecided
    if queries.is_oneself(row.posting):
        raise ForOneself
    if not is_granted and not answer.strip():
        raise CannotAsk("Say why not: the asker reads it.")
    if is_granted and row.until <= at:
        raise CannotAsk("The time asked for has passed; let them ask again.")
    if is_granted and row.until > at + timedelta(days=queries.limit("request-days", at)):
        raise CannotAsk("It asks for longer than may be granted; let them ask again.")
    if is_granted:
        row.share = give_share(
            actor=actor,
            share=_share_of(row, at),
            origin=Origin.REQUEST,
            holder=row.holder,
            at=at,
        )
    row.decided_at, row.decided_by = at, _who(actor)
    row.is_granted, row.answer = is_granted, answer.strip()
    row.save(update_fields=["decided_at", "decided_by", "is_granted", "answer", "share"])
    _record(actor, "access.request-decided", row, {"granted": is_granted}, at)
    publish(RequestDecided(row.pk, row.holder, row.organisation, is_granted, at))
    return row


@guarded.acts
def break_glass(
    *, actor: people.Actor, kind: str, record: UUID, reason: str, at: datetime
) -> UUID:
    """Open a record at once, for the minutes that a clause allows; its holder is told in that moment.

    Raises NoGlassToBreak where no clause allows it, Missing for a record that may not be known of.
    """
    if len(reason.strip()) < queries.limit("glass-reason-characters", at):
        raise CannotAsk("Say what the emergency is: the holder reads it at once.")
    access.described(kind, record)
    clause = queries.glass(kind, record)
    if clause is None or actor.posting is None:
        raise NoGlassToBreak
    until = at + timedelta(minutes=clause.minutes)
    share = NewShare(
        kind=kind,
        record=record,
        posting=actor.posting,
        actions=("find", "read"),
        holds=Period(at, until),
        purposes=(actor.purpose,),
        agreement=clause.agreement,
        version=clause.version,
        clause=clause.clause,
        reason=reason.strip(),
    )
    identifier = give_share(
        actor=actor, share=share, origin=Origin.BREAK_GLASS, holder=clause.holder, at=at
    )
    publish(GlassBroken(identifier, clause.holder, actor.organisation, at))
    return identifier


def _share_of(row: access.Request, at: datetime) -> NewShare:
    return NewShare(
        kind=row.kind,
        record=row.record,
        posting=row.posting,
        actions=tuple(row.actions),
        holds=Period(at, row.until),
        purposes=(row.purpose,) if row.purpose else (),
        reason=row.reason,
        request=row.pk,
    )


def _refusal(asked: Asked, at: datetime) -> str | None:
    days = queries.limit("request-days", at)
    if not asked.reason.strip():
        return "Say what you need it for: the holder decides by it."
    if not asked.actions or set(asked.actions) - set(OPENED):
        return f"Choose among: {', '.join(OPENED)}."
    if not at < asked.until <= at + timedelta(days=days):
        return f"Ask for a time that ends within {days} days from now."
    return None


def _who(actor: people.Actor) -> str:
    return str(actor.staff or actor.office)


def _record(
    actor: people.Actor,
    operation: str,
    row: access.Request,
    detail: dict[str, object],
    at: datetime,
) -> None:
    ledger.append(
        actor=actor,
        operation=operation,
        subject=f"{row.kind}:{row.record}",
        detail={"request": str(row.pk), **detail},  # type: ignore[dict-item]
        at=at,
        about=ledger.About(concerns=sorted({row.holder, row.organisation})),
        private={"reason": row.reason},
    )
