"""How long records are kept, over HTTP."""

from uuid import UUID

from ninja import Router, Status

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.records import operations
from crossforce.records.endpoints import shapes
from crossforce.records.endpoints.records import changeable
from crossforce.records.endpoints.shapes import ActingRequest

router = Router()


@router.post("/{kind}/{uuid:record}/review", response=shapes.Record)
def review(
    request: ActingRequest, kind: str, record: UUID, given: shapes.Review
) -> dict[str, object]:
    """Put a record into a review group, which says when it is due."""
    seen = changeable(request, kind, record, "edit")
    row = operations.review(
        actor=request.actor,
        kind=kind,
        record=record,
        version=api.version_of(request, seen.row),
        group=given.group.value,
        last_notice=given.last_notice,
        at=clock.now(),
    )
    return shapes.record_of(row, seen.place)


@router.post("/{kind}/{uuid:record}/holds", response={201: shapes.Hold})
def hold(
    request: ActingRequest, kind: str, record: UUID, given: shapes.Because
) -> Status[shapes.Hold]:
    """Forbid the disposal of a record."""
    placed = operations.hold(
        actor=request.actor, kind=kind, record=record, reason=given.reason, at=clock.now()
    )
    return Status(201, shapes.hold_of(placed))


@router.post("/holds/{uuid:hold}/lift", response=shapes.Hold)
def lift(request: ActingRequest, hold: UUID, given: shapes.Because) -> shapes.Hold:
    """Lift a hold."""
    lifted = operations.lift(
        actor=request.actor, hold=hold, reason=given.reason, at=clock.now()
    )
    return shapes.hold_of(lifted)


@router.post("/{kind}/{uuid:record}/propose-disposal", response=shapes.Record)
def propose_disposal(request: ActingRequest, kind: str, record: UUID) -> dict[str, object]:
    """Propose that a record goes; somebody else decides."""
    seen = changeable(request, kind, record, "edit")
    row = operations.propose_disposal(
        actor=request.actor,
        kind=kind,
        record=record,
        version=api.version_of(request, seen.row),
        at=clock.now(),
    )
    return shapes.record_of(row, seen.place)


@router.post("/{kind}/{uuid:record}/dispose", response={204: None})
def dispose(
    request: ActingRequest, kind: str, record: UUID, given: shapes.Because
) -> Status[None]:
    """Destroy a record; the ledger keeps that it was."""
    seen = changeable(request, kind, record, "dispose")
    operations.dispose(
        actor=request.actor,
        kind=kind,
        record=record,
        version=api.version_of(request, seen.row),
        reason=given.reason,
        at=clock.now(),
    )
    return Status(204, None)
