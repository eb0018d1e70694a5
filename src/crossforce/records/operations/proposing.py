"""Corrections: a reader proposes, the holder answers."""

import pkgutil
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import events, guarded
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.kernel.registry import RecordKind
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records import models, queries
from crossforce.records.choices import ACCEPTED, PROPOSED, REFUSED, ProposalState
from crossforce.records.events import CorrectionAnswered
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats, changing, telling, values
from crossforce.records.rules.changes import differing


class NoSuchProposal(Missing):
    """There is no such proposal, or none that is yours to answer."""


class Answered(Conflict):
    """This proposal was answered already."""


class OutOfDate(Conflict):
    """The record has changed since this was proposed. Refuse it with that reason, or ask for it anew."""


class MayEdit(Conflict):
    """You may change this record yourself, so there is nothing to propose."""


@guarded.acts
def propose(
    *,
    actor: Actor,
    kind: str,
    record: UUID,
    given: Mapping[str, Any],
    reason: str,
    at: datetime,
) -> models.Proposal:
    """Propose a correction to the holder of a record that one may read.

    Raises NoSuchRecord, MayEdit, NotByHand.
    """
    if not reason.strip():
        raise NotUnderstood("Say why it should be corrected.")
    row = beats.permitted(kind, record, "read")
    if actor.posting is None:
        raise beats.NoSuchRecord
    if access.may(kind, record, "edit"):
        raise MayEdit
    wanted = values.checked(
        _may_change(queries.correctable(kind), given), given, is_whole=False
    )
    changed = differing({name: getattr(row, name) for name in wanted}, wanted)
    if not changed:
        raise changing.NothingChanges
    made = models.Proposal.objects.create(
        record=record,
        kind=kind,
        scope_id=row.scope_id,
        version=row.version,
        changes={name: beats.plain(after) for name, (_, after) in changed.items()},
        reason=reason.strip(),
        posting=actor.posting,
        organisation=actor.organisation,
        proposed_at=at,
        proposed_by=actor.reference,
    )
    _record(actor, PROPOSED, row, made, {"fields": sorted(changed)}, at)
    return made


@guarded.acts
def accept(*, actor: Actor, proposal: UUID, at: datetime) -> GovernedRecord:
    """Make the proposed correction: it is an edit by whoever accepts. Raises OutOfDate, Answered."""
    found, row = _permit(proposal)
    if found.version != row.version:
        raise OutOfDate
    row = _correcting(found.kind)(
        actor=actor,
        record=found.record,
        version=found.version,
        given=values.checked(queries.kind_of(found.kind), found.changes, is_whole=False),
        at=at,
    )
    _answer(actor, found, ProposalState.ACCEPTED, "", at)
    _record(actor, ACCEPTED, row, found, {"version": row.version}, at)
    telling.tell(actor=actor, row=row, at=at)
    return row


@guarded.acts
def refuse(*, actor: Actor, proposal: UUID, answer: str, at: datetime) -> models.Proposal:
    """Leave the record as it is, and tell the proposer why."""
    if not answer.strip():
        raise NotUnderstood("Say why it stays as it is: the proposer is told.")
    found, row = _permit(proposal)
    _answer(actor, found, ProposalState.REFUSED, answer.strip(), at)
    _record(actor, REFUSED, row, found, {}, at, answer=answer.strip())
    return found


def _may_change(kind: RecordKind, given: Mapping[str, Any]) -> RecordKind:
    """The kind, where none of these fields stays as it is. Raises NotUnderstood."""
    if stay := [name for name in kind.stay if name in given]:
        labels = queries.labels_of(kind.name)
        named = ", ".join(labels[name] for name in stay)
        raise NotUnderstood(f"No correction can be made of: {named}. Leave that away.")
    return kind


def _correcting(kind: str) -> Callable[..., GovernedRecord]:
    """What makes a correction: the service's own operation, where its kind names one. Raises NotByHand."""
    if found := queries.correctable(kind).corrected_by:
        return pkgutil.resolve_name(found)  # type: ignore[no-any-return]
    return partial(changing.edit, kind=kind)


def _permit(proposal: UUID) -> tuple[models.Proposal, GovernedRecord]:
    """The proposal, locked, and its record. Raises NoSuchProposal, Answered; Refused."""
    found = models.Proposal.objects.filter(pk=proposal).first()
    if found is None:
        raise NoSuchProposal
    row = beats.permitted(found.kind, found.record, "edit")
    found = models.Proposal.objects.select_for_update().get(pk=proposal)
    if found.state != ProposalState.OPEN:
        raise Answered
    return found, row


def _answer(
    actor: Actor, found: models.Proposal, state: ProposalState, answer: str, at: datetime
) -> None:
    found.state, found.answer = state.value, answer
    found.answered_at, found.answered_by = at, actor.reference
    found.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    is_accepted = state is ProposalState.ACCEPTED
    events.publish(CorrectionAnswered(found.pk, found.posting, is_accepted, at))


def _record(
    actor: Actor,
    operation: str,
    row: GovernedRecord,
    proposal: models.Proposal,
    detail: Mapping[str, Any],
    at: datetime,
    answer: str = "",
) -> None:
    """An act of governance about a record; for the eyes of its holder and of the proposer's auditor."""
    holder = queries.place_of(row.scope_id).holder
    said = {"reason": proposal.reason, "changes": proposal.changes}
    ledger.append(
        actor=actor,
        operation=operation,
        subject=row.reference.subject,
        detail={**detail, "proposal": str(proposal.pk)},
        about=ledger.About(concerns=(holder, proposal.organisation), scopes=(row.scope_id,)),
        private={**said, "answer": answer} if answer else said,
        at=at,
    )
