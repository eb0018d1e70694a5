"""What parties do with a version over the API: consider, sign, refuse; and withdraw, suspend, resume."""

from datetime import datetime

from django.http import HttpRequest

from crossforce.agreements import operations
from crossforce.agreements.endpoints import drawing, schemas
from crossforce.agreements.endpoints.asking import actor
from crossforce.agreements.endpoints.routing import router
from crossforce.agreements.queries import agreements, showing
from crossforce.kernel import clock

VERSION = "/{reference}/versions/{int:number}"


@router.post(VERSION + "/consider", response=schemas.Agreement, summary="Record your view")
def consider(
    request: HttpRequest, reference: str, number: int, given: schemas.Consideration
) -> schemas.Agreement:
    at = clock.now()
    version = agreements.version(agreements.of(actor(request), reference), number)
    operations.consider(
        actor=actor(request),
        reference=reference,
        number=number,
        organisation=given.organisation,
        consideration=operations.Consideration(
            given.view,
            given.interest,
            given.existing_agreements,
            given.consistency,
            given.opportunities,
        ),
        version=agreements.edit_of_party(version, given.organisation),
        at=at,
    )
    return _now(request, reference, at)


@router.post(
    VERSION + "/sign", response=schemas.Agreement, summary="Sign with your key held here"
)
def sign(
    request: HttpRequest, reference: str, number: int, given: schemas.ForParty
) -> schemas.Agreement:
    at = clock.now()
    operations.sign(
        actor=actor(request),
        reference=reference,
        number=number,
        organisation=given.organisation,
        at=at,
    )
    return _now(request, reference, at)


@router.post(
    VERSION + "/sign-outside",
    response=schemas.Agreement,
    summary="Hand in a signature made outside",
)
def sign_outside(
    request: HttpRequest, reference: str, number: int, given: schemas.OutsideSignature
) -> schemas.Agreement:
    at = clock.now()
    operations.sign_outside(
        actor=actor(request),
        reference=reference,
        number=number,
        organisation=given.organisation,
        key=given.key,
        signature=bytes.fromhex(given.signature),
        at=at,
    )
    return _now(request, reference, at)


@router.post(VERSION + "/refuse", response=schemas.Agreement, summary="Refuse the version")
def refuse(
    request: HttpRequest, reference: str, number: int, given: schemas.WithReason
) -> schemas.Agreement:
    at = clock.now()
    operations.refuse(
        actor=actor(request),
        reference=reference,
        number=number,
        organisation=given.organisation,
        reason=given.reason,
        at=at,
    )
    return _now(request, reference, at)


@router.post(VERSION + "/withdraw", response=schemas.Agreement, summary="Take the version back")
def withdraw(
    request: HttpRequest, reference: str, number: int, given: schemas.Reason
) -> schemas.Agreement:
    at = clock.now()
    operations.withdraw(
        actor=actor(request), reference=reference, number=number, reason=given.reason, at=at
    )
    return _now(request, reference, at)


@router.post("/{reference}/suspend", response=schemas.Agreement, summary="Suspend at once")
def suspend(
    request: HttpRequest, reference: str, given: schemas.WithReason
) -> schemas.Agreement:
    at = clock.now()
    operations.suspend(
        actor=actor(request),
        reference=reference,
        organisation=given.organisation,
        reason=given.reason,
        at=at,
    )
    return _now(request, reference, at)


@router.post("/{reference}/resume", response=schemas.Agreement, summary="Lift your suspension")
def resume(request: HttpRequest, reference: str, given: schemas.ForParty) -> schemas.Agreement:
    at = clock.now()
    operations.resume(
        actor=actor(request), reference=reference, organisation=given.organisation, at=at
    )
    return _now(request, reference, at)


def _now(request: HttpRequest, reference: str, at: datetime) -> schemas.Agreement:
    return drawing.agreement(showing.agreement(actor(request), reference, at))
