"""Links and proposed corrections over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from crossforce.kernel import clock
from crossforce.records import operations, queries
from crossforce.records.choices import Reference
from crossforce.records.endpoints import shapes
from crossforce.records.endpoints.shapes import ActingRequest
from crossforce.records.queries import corrections

router = Router()


@router.post("/{kind}/{uuid:record}/links", response={201: shapes.Part})
def link(
    request: ActingRequest, kind: str, record: UUID, given: shapes.NewLink
) -> Status[shapes.Part]:
    """Tie a record to another."""
    operations.link(
        actor=request.actor,
        one=Reference(kind, record),
        other=Reference(given.kind, given.record),
        relation=given.relation.value,
        at=clock.now(),
    )
    return Status(201, shapes.Part(kind=given.kind, record=given.record))


@router.post("/links/{uuid:link}/cut", response={204: None})
def unlink(request: ActingRequest, link: UUID) -> Status[None]:
    """Cut a link."""
    operations.unlink(actor=request.actor, link=link, at=clock.now())
    return Status(204, None)


@router.get("/proposals", response=list[shapes.Proposal])
def list_proposals(request: ActingRequest) -> list[shapes.Proposal]:
    """Corrections to answer, and the sender's own."""
    to_answer, mine = queries.proposals(request.actor)
    return [shapes.proposal_of(row) for row in (*to_answer, *mine)]


class Told(Schema):
    """A record that was received and corrected since, and which organisations were told."""

    kind: str
    record: UUID
    title: str
    by: str
    at: datetime
    recipients: list[str]


@router.get("/corrections", response=list[Told])
def list_corrections(request: ActingRequest) -> list[Any]:
    """Corrections of records that the sender's organisation received, for those who read the ledger there."""
    return corrections.corrections(request.actor)


@router.post("/{kind}/{uuid:record}/proposals", response={201: shapes.Proposal})
def propose(
    request: ActingRequest, kind: str, record: UUID, given: shapes.NewProposal
) -> Status[shapes.Proposal]:
    """Propose a correction to the holder of a record."""
    row = operations.propose(
        actor=request.actor,
        kind=kind,
        record=record,
        given=given.fields,
        reason=given.reason,
        at=clock.now(),
    )
    return Status(201, shapes.proposal_of(row))


@router.post("/proposals/{uuid:proposal}/accept", response={204: None})
def accept(request: ActingRequest, proposal: UUID) -> Status[None]:
    """Make the proposed correction."""
    operations.accept(actor=request.actor, proposal=proposal, at=clock.now())
    return Status(204, None)


@router.post("/proposals/{uuid:proposal}/refuse", response=shapes.Proposal)
def refuse(request: ActingRequest, proposal: UUID, given: shapes.Because) -> shapes.Proposal:
    """Leave the record as it is, and say why."""
    row = operations.refuse(
        actor=request.actor, proposal=proposal, answer=given.reason, at=clock.now()
    )
    return shapes.proposal_of(row)
