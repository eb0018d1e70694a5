"""Signing keys over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Status

from crossforce.agreements import operations
from crossforce.agreements.endpoints import drawing, schemas
from crossforce.agreements.endpoints.asking import actor
from crossforce.agreements.endpoints.routing import router
from crossforce.agreements.queries import signatures
from crossforce.kernel import clock


@router.get("/keys", response=list[schemas.Key], summary="Your organisation's signing keys")
def keys(request: HttpRequest) -> list[schemas.Key]:
    me = actor(request)
    return [drawing.key(each) for each in signatures.keys(me, me.organisation)]


@router.post("/keys", response={201: schemas.Key}, summary="Issue or register a key")
def issue(request: HttpRequest, given: schemas.NewKey) -> Status[Any]:
    made = operations.issue_key(
        actor=actor(request),
        organisation=given.organisation,
        key=_new(given),
        at=clock.now(),
    )
    return Status(201, drawing.key(made))


@router.post("/keys/{uuid:key}/rotate", response={201: schemas.Key}, summary="Replace a key")
def rotate(request: HttpRequest, key: UUID, given: schemas.Replacement) -> Status[Any]:
    made = operations.rotate_key(actor=actor(request), key=key, new=_new(given), at=clock.now())
    return Status(201, drawing.key(made))


@router.post("/keys/{uuid:key}/revoke", response=schemas.Key, summary="Revoke a key at once")
def revoke(request: HttpRequest, key: UUID, given: schemas.Reason) -> schemas.Key:
    held = operations.revoke_key(
        actor=actor(request), key=key, reason=given.reason, at=clock.now()
    )
    return drawing.key(held)


def _new(given: schemas.NewKey | schemas.Replacement) -> operations.NewKey:
    public = bytes.fromhex(given.public) if given.public else None
    return operations.NewKey(given.label, given.days, public)
