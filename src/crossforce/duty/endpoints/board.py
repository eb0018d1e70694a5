"""The board over HTTP."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from crossforce.duty import queries
from crossforce.duty.endpoints.acting import ActingRequest
from crossforce.kernel import clock

router = Router()


class Row(Schema):
    """Somebody on duty."""

    id: UUID
    force: str
    number: str
    name: str
    unit: str
    function: str
    call_sign: str
    starts_at: datetime
    ends_at: datetime
    availability: str
    skills: list[str]
    authorities: list[str]


class Board(Schema):
    """Everybody on duty at an instant."""

    at: datetime
    rows: list[Row]


@router.get("/board", response=Board)
def board(request: ActingRequest) -> Board:
    """Everybody on duty now whom the sender may see."""
    found = queries.on_duty(request.actor, clock.now(), queries.Filter())
    return Board(at=found.at, rows=[_row(each) for each in found.rows])


def _row(each: queries.OnDuty) -> Row:
    entry = each.entry
    return Row(
        id=entry.pk,
        force=each.force,
        number=entry.number,
        name=entry.name,
        unit=entry.unit,
        function=entry.function,
        call_sign=entry.call_sign,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        availability=str(each.availability),
        skills=sorted(each.able.skills),
        authorities=sorted(each.able.authorities),
    )
