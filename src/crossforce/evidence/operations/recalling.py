"""A copy is asked back; its receiver lets it go or says why it is kept; whoever hears nothing is tried on paper, and that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import COPY, EXHIBIT, RECEIVED, KeptAs, OnRecall
from crossforce.evidence.models import Copy, Exhibit, Received
from crossforce.evidence.operations.copies_going import enter
from crossforce.evidence.operations.going import PARTS
from crossforce.evidence.queries import copies
from crossforce.evidence.rules import copying
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.kernel.web import dates
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotAsked(Conflict):
    """Nobody asked this copy back, and its time is not over."""


class Over(Conflict):
    """This copy has ended, and its receipt is here."""


class AnswersItself(Conflict):
    """Its receiver holds it on this platform: the receipt comes from there, and no paper stands in for it while somebody there can answer."""


class NoReason(NotUnderstood):
    """Say why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a receiver answers: it lets the copy go, or keeps it and says why."""

    answer: OnRecall
    why: str = ""


@guarded.acts
def recall(*, actor: Actor, copy: UUID, why: str, at: datetime) -> Copy:
    """Ask a copy back, or withdraw one that nobody took. Raises Missing, Over, NoReason and what `records.edit` raises."""
    if not why.strip():
        raise NoReason
    found = copies.given_one(actor, copy, at)
    if not found.is_out:
        raise Over
    if found.row.recalled_at:
        return found.row
    given = {"recalled_at": at, "recalled_by": actor.reference, "recalled_why": why.strip()}
    return _changed(actor, found.row, given, "evidence.copy-recalled", at)


@guarded.acts
def tried(*, actor: Actor, copy: UUID, how: str, at: datetime) -> Copy:
    """Keep what was tried to reach a receiver. Raises Missing, NotAsked, NoReason and what `records.edit` raises."""
    if not how.strip():
        raise NoReason("Say what was tried, and what came of it.")
    found = copies.given_one(actor, copy, at)
    if not found.asked or not found.is_out:
        raise NotAsked
    given = {"tried": copying.tried(found.row.tried, how, dates.instant(at))}
    return _changed(actor, found.row, given, "evidence.copy-tried", at)


@guarded.acts
def receipt(*, actor: Actor, copy: UUID, paper: str, at: datetime) -> Copy:
    """Enter the receipt that came on paper: of a receiver that cannot answer here. Raises Missing, Over, AnswersItself, NoReason."""
    if not paper.strip():
        raise NoReason("Give the number of the paper, and what it says.")
    found = copies.given_one(actor, copy, at)
    if not found.is_out:
        raise Over
    if found.row.received and not found.unreached:
        raise AnswersItself
    told = f"Receipt on paper: {' '.join(paper.split())}"[:300]
    given = {"ended_at": at, "ended_by": actor.reference, "ended_how": told}
    return _changed(actor, found.row, given, "evidence.copy-receipt", at)


@guarded.acts
def answer(*, actor: Actor, received: UUID, reply: Reply, at: datetime) -> Received:
    """Answer a giver that asks a copy back. What is let go is due at once, and goes by two people.

    Raises Missing, NotAsked, NoReason and what `records.edit` raises.
    """
    found = copies.received_one(actor, received, at)
    if not found.row.is_held or not found.asked:
        raise NotAsked
    is_kept = reply.answer is OnRecall.KEEPS
    if is_kept and not reply.why.strip():
        raise NoReason("Say why it is kept: which case of yours needs it, or what holds it.")
    given = {
        "answer": reply.answer.value,
        "answer_why": reply.why.strip() if is_kept else "",
        "answered_at": at,
        "answered_by": actor.reference,
    }
    row = found.row
    changed = records.edit(
        actor=actor, kind=RECEIVED, record=row.pk, version=row.version, given=given, at=at
    )
    assert isinstance(changed, Received)
    _kept_as(actor, row.exhibit, KeptAs.MATERIAL if is_kept else KeptAs.LET_GO, at)
    enter(actor, changed, "evidence.copy-answered", at)
    return changed


def _kept_as(actor: Actor, exhibit: UUID, kept_as: KeptAs, at: datetime) -> None:
    """What is let go is due at once; what is kept is due as its case says (queries.retaining)."""
    row = Exhibit.objects.filter(pk=exhibit).first()
    if row is None:
        raise Missing
    if row.kept_as != kept_as:
        given = {"kept_as": kept_as.value}
        records.edit(
            actor=actor, kind=EXHIBIT, record=exhibit, version=row.version, given=given, at=at
        )
        for model in PARTS:
            for part in model.objects.filter(exhibit=exhibit).order_by("pk"):
                _reckon(actor, part, at)


def _reckon(actor: Actor, part: Any, at: datetime) -> None:
    """Its day anew, which follows from its exhibit's."""
    records.review(
        actor=actor,
        kind=part.record_kind,
        record=part.pk,
        version=part.version,
        group=part.review_group,
        last_notice=None,
        at=at,
    )


def _changed(
    actor: Actor, row: Copy, given: Mapping[str, object], operation: str, at: datetime
) -> Copy:
    changed = records.edit(
        actor=actor, kind=COPY, record=row.pk, version=row.version, given=given, at=at
    )
    holder = records.place_of(row.scope_id).holder
    ledger.append(
        actor=actor,
        operation=operation,
        subject=row.reference.subject,
        detail={"receiver": row.receiver},
        at=at,
        about=ledger.About(concerns=[holder, row.receiver], scopes=[row.scope_id]),
    )
    assert isinstance(changed, Copy)
    return changed
