"""One record opened to one posting, by whoever holds it, for a time."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.acting import api as acting
from crossforce.kernel import guarded, statements
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, Missing
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.sharing import queries
from crossforce.sharing.choices import OPENED, NewShare, Origin


class CannotShare(Conflict):
    """The record cannot be opened so; the message says why."""


@guarded.acts
def give_share(
    *,
    actor: people.Actor,
    share: NewShare,
    origin: Origin,
    holder: str,
    at: datetime,
    given_by: people.Actor | None = None,
) -> UUID:
    """Open the record to the posting. Whether it may be opened is decided by whoever calls.

    Raises CannotShare for an unknown action or a period without an end; Missing for no such record, and
    where the database does not find it decided by whoever could (access_may_open).
    """
    unknown = sorted(set(share.actions) - set(OPENED))
    if unknown or not share.actions:
        raise CannotShare(f"Choose among: {', '.join(OPENED)}.")
    if share.holds.ends_at is None:
        raise CannotShare("Say until when: a single record is opened for a time only.")
    identifier = new_id()
    content = _as_sent(share) | {
        "id": str(identifier),
        "origin": str(origin),
        "given_at": at.isoformat(),
        "given_by": str((given_by or actor).staff or (given_by or actor).office),
    }
    if not statements.answer(
        "SELECT access_put_share(%s, %s)", *acting.sealed("share", content)
    ):
        raise Missing
    _record(actor, f"access.{origin}-opened", identifier, share, holder, at)
    return identifier


@guarded.acts
def end_share(*, actor: people.Actor, share: UUID, at: datetime) -> None:
    """End a share of a record that the actor's organisation holds, or the actor's own. Raises Missing."""
    row = queries.share(actor, share)
    content = {"id": str(share), "at": at.isoformat()}
    statements.answer("SELECT access_end_share(%s, %s)", *acting.sealed("end-share", content))
    ledger.append(
        actor=actor,
        operation="access.share-ended",
        subject=f"{row.kind}:{row.record}",
        detail={"share": str(share)},
        at=at,
        about=ledger.About(concerns=[row.holder], scopes=[row.scope]),
    )


def _record(
    actor: people.Actor,
    operation: str,
    identifier: UUID,
    share: NewShare,
    holder: str,
    at: datetime,
) -> None:
    cited = (
        [ledger.Citation(share.agreement, share.version, share.clause)]
        if share.agreement
        else []
    )
    ledger.append(
        actor=actor,
        operation=operation,
        subject=f"{share.kind}:{share.record}",
        detail={
            "share": str(identifier),
            "actions": list(share.actions),
            "until": share.holds.ends_at.isoformat() if share.holds.ends_at else None,
        },
        at=at,
        about=ledger.About(concerns=[holder], agreements=cited),
        private={"posting": str(share.posting), "reason": share.reason},
    )


def _as_sent(share: NewShare) -> dict[str, Any]:
    sent = asdict(share)
    holds = sent.pop("holds")
    return sent | {
        "record": str(share.record),
        "posting": str(share.posting),
        "request": str(share.request) if share.request else None,
        "starts_at": holds["starts_at"].isoformat(),
        "ends_at": holds["ends_at"].isoformat(),
    }
