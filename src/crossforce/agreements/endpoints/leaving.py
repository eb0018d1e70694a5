"""Leaving and ending over the API, and the handover list."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from crossforce.agreements import operations
from crossforce.agreements.endpoints import drawing, schemas
from crossforce.agreements.endpoints.asking import actor
from crossforce.agreements.endpoints.routing import router
from crossforce.agreements.queries import agreements, leaving, showing
from crossforce.kernel import clock
from crossforce.kernel.web import api as frame


@router.get(
    "/{reference}/leaving", response=schemas.Leaving, summary="What leaving would mean today"
)
def outlook(request: HttpRequest, reference: str, organisation: str) -> schemas.Leaving:
    side, leave = leaving.outlook(actor(request), reference, organisation, clock.now())
    return schemas.Leaving(
        side=side,
        effective_on=leave.effective_on,
        clause=leave.clause,
        why=leave.why,
        winds_up_at=leave.winds_up_at,
        residual_ends_at=leave.residual_ends_at,
        handover=list(leave.handover),
        settlement=leave.settlement,
    )


@router.post("/{reference}/leave", response=schemas.Agreement, summary="Give notice to leave")
def leave(request: HttpRequest, reference: str, given: schemas.WithReason) -> schemas.Agreement:
    at = clock.now()
    operations.give_notice(
        actor=actor(request),
        reference=reference,
        organisation=given.organisation,
        reason=given.reason,
        at=at,
    )
    return _now(request, reference, at)


@router.post("/{reference}/end", response=schemas.Agreement, summary="Propose that all end")
def end(request: HttpRequest, reference: str, given: schemas.Ending) -> schemas.Agreement:
    at = clock.now()
    operations.propose_ending(
        actor=actor(request),
        reference=reference,
        organisation=given.organisation,
        wanted_on=given.wanted_on,
        reason=given.reason,
        at=at,
    )
    return _now(request, reference, at)


@router.post(
    "/{reference}/notices/{uuid:notice}/join",
    response=schemas.Agreement,
    summary="Join a notice that needs you",
)
def join(
    request: HttpRequest, reference: str, notice: UUID, given: schemas.ForParty
) -> schemas.Agreement:
    at = clock.now()
    operations.join_notice(
        actor=actor(request),
        reference=reference,
        notice=notice,
        organisation=given.organisation,
        at=at,
    )
    return _now(request, reference, at)


@router.get(
    "/{reference}/notices/{uuid:notice}/handover",
    response=list[schemas.Item],
    summary="The handover list",
)
def handover(request: HttpRequest, reference: str, notice: UUID) -> list[schemas.Item]:
    row = agreements.of(actor(request), reference)
    return [drawing.item(each) for each in leaving.items(row, notice)]


@router.post(
    "/{reference}/handover/{uuid:item}/settle",
    response=schemas.Item,
    summary="Settle an item of the list",
)
def settle(
    request: HttpRequest, reference: str, item: UUID, given: schemas.Outcome
) -> schemas.Item:
    row = leaving.item(agreements.of(actor(request), reference), item)
    settled = operations.settle_item(
        actor=actor(request),
        reference=reference,
        item=item,
        outcome=given.outcome,
        version=frame.version_of(request, row),
        at=clock.now(),
    )
    return drawing.item(settled)


def _now(request: HttpRequest, reference: str, at: datetime) -> schemas.Agreement:
    return drawing.agreement(showing.agreement(actor(request), reference, at))
