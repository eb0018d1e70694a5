"""Changing the directory: the platform's administrator."""

from typing import Any

from ninja import Status

from crossforce.kernel import clock
from crossforce.organisations import directory, operations
from crossforce.organisations.endpoints.routing import router
from crossforce.organisations.endpoints.shapes import (
    ActingRequest,
    NewBody,
    NewName,
    NewSuccession,
)
from crossforce.organisations.models import rows


@router.post("", response={201: directory.Organisation}, by_alias=True)
def establish_organisation(request: ActingRequest, body: NewBody) -> Status[Any]:
    """Enter a body in the directory."""
    row = operations.establish(actor=request.actor, organisation=body.value, at=clock.now())
    return Status(201, rows.value_of(row))


@router.post("/{code}/name", response=directory.Organisation, by_alias=True)
def rename_organisation(request: ActingRequest, code: str, body: NewName) -> Any:
    """Record another name for the same legal person."""
    row = operations.rename(
        actor=request.actor,
        organisation=code,
        version=body.version,
        name=body.name.words,
        enactment=body.enactment,
        at=clock.now(),
        policing_body_kind=body.policing_body_kind,
    )
    return rows.value_of(row)


@router.post("/{code}/succession", response=directory.Organisation, by_alias=True)
def succeed_organisation(request: ActingRequest, code: str, body: NewSuccession) -> Any:
    """Record that another body follows, or that this one is abolished."""
    row = operations.follow_or_end(
        actor=request.actor,
        organisation=code,
        version=body.version,
        heir=body.heir,
        enactment=body.enactment,
        at=clock.now(),
    )
    return rows.value_of(row)
