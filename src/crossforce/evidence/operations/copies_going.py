"""Copies and their exhibits go: who gave one is told, and nobody forgets one that is still out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import RECEIVED
from crossforce.evidence.models import Received
from crossforce.evidence.queries import copies
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records


class StillOut(Conflict):
    """The copy is still with the receiver. Ask it back first; this is kept until its receipt is here."""


class StillHere(Conflict):
    """The copy is still here, or still offered. This record goes once that is over."""


class GiverUntold(Refused):
    """It is a copy that another force gave, which is told when it goes, and you may not tell it. Ask whoever received it."""


def given_ended(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Keep the record of a copy while that is out. Raises StillOut."""
    if copies.given_one(actor, row.pk, at).is_out:
        raise StillOut


def received_ended(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Keep the record of a copy while that is here. Raises StillHere."""
    if row.ended_at is None:
        raise StillHere


def copy_gone(actor: Actor, exhibit: UUID, at: datetime) -> None:
    """Write the receipt for the giver when the exhibit goes that is its copy. Raises GiverUntold."""
    if not records.told(RECEIVED, "bound", [exhibit]):
        return
    row = Received.objects.filter(exhibit=exhibit).first()
    if row is None or not records.allowed(RECEIVED, "edit")(row):
        raise GiverUntold
    ended(actor, row, "Destroyed with all that was of it", at)


def ended(actor: Actor, row: Received, how: str, at: datetime) -> Received:
    """A copy is not here any more, or never came: the entry concerns both sides."""
    given = {"ended_at": at, "ended_by": actor.reference, "ended_how": how, "arrivals": ""}
    changed = records.edit(
        actor=actor, kind=RECEIVED, record=row.pk, version=row.version, given=given, at=at
    )
    assert isinstance(changed, Received)
    enter(actor, changed, "evidence.copy-ended", at)
    return changed


def enter(actor: Actor, row: Received, operation: str, at: datetime) -> None:
    """What became of a copy, entered for both sides: each can have the log's receipt for it."""
    holder = records.place_of(row.scope_id).holder
    ledger.append(
        actor=actor,
        operation=operation,
        subject=row.reference.subject,
        detail={"copy": str(row.copy)},
        at=at,
        about=ledger.About(concerns=[holder, row.giver], scopes=[row.scope_id]),
    )
