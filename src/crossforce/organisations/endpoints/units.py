"""A force's own units."""

from uuid import UUID

from ninja import Status

from crossforce.kernel import clock
from crossforce.organisations import operations, queries
from crossforce.organisations.choices import PreciseDate
from crossforce.organisations.endpoints.routing import router
from crossforce.organisations.endpoints.shapes import (
    ActingRequest,
    ChangedUnit,
    ClosedUnit,
    NewUnit,
    UnitShown,
)
from crossforce.organisations.models import Unit


@router.get("/{code}/units", response=list[UnitShown])
def list_units(request: ActingRequest, code: str) -> list[UnitShown]:
    """The organisation's own units, parents before children."""
    queries.organisation(request.actor, code)
    return [_unit(each) for each in queries.units(request.actor, organisation=code)]


@router.post("/{code}/units", response={201: UnitShown})
def open_unit(request: ActingRequest, code: str, body: NewUnit) -> Status[UnitShown]:
    """Open a unit of the organisation that you act for."""
    unit = operations.NewUnit(
        code=body.code,
        name=body.name.words,
        since=PreciseDate(date=body.since),
        above=body.above,
    )
    row = operations.open_unit(
        actor=request.actor, organisation=code, unit=unit, at=clock.now()
    )
    return Status(201, _unit(row))


@router.post("/{code}/units/{unit}/change", response=UnitShown)
def change_unit(request: ActingRequest, code: str, unit: UUID, body: ChangedUnit) -> UnitShown:
    """Give a unit another name or place."""
    queries.unit(request.actor, unit, organisation=code)
    row = operations.change_unit(
        actor=request.actor,
        unit=unit,
        version=body.version,
        name=body.name.words,
        above=body.above,
        at=clock.now(),
    )
    return _unit(row)


@router.post("/{code}/units/{unit}/close", response=UnitShown)
def close_unit(request: ActingRequest, code: str, unit: UUID, body: ClosedUnit) -> UnitShown:
    """End a unit on a day."""
    queries.unit(request.actor, unit, organisation=code)
    row = operations.close_unit(
        actor=request.actor,
        unit=unit,
        version=body.version,
        on=PreciseDate(date=body.on),
        at=clock.now(),
    )
    return _unit(row)


def _unit(row: Unit) -> UnitShown:
    return UnitShown(
        id=row.pk,
        code=row.code,
        name=row.name,
        organisation=row.organisation_id,
        above=row.parent_id,
        since=row.since,
        until=row.until,
        version=row.version,
    )
