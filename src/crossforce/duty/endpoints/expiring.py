"""The requalification list over HTTP."""

from datetime import datetime
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.queries.expiring import MOST_DAYS, expiring
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class DueAsked(Schema):
    """How many days ahead, and of whom; every condition given must hold."""

    days: int = Field(90, ge=1, le=MOST_DAYS)
    force: str = Field("", max_length=80)
    unit: str = Field("", max_length=80)
    function: str = Field("", max_length=80)
    skill: str = Field("", max_length=80)
    authority: str = Field("", max_length=80)


class DueRow(Schema):
    """A skill or authority that has lapsed, will, or may not be used.

    `until` is its end, if one is known; of what is not valid any more, when it was lost.
    """

    until: datetime | None
    state: str
    is_authority: bool
    code: str
    lacks: list[str]
    staff: UUID
    name: str
    number: str
    force: str
    unit: str
    function: str


class UnitAhead(Schema):
    """How much has lapsed in a unit, lapses within 30 days, and later."""

    unit: str
    gone: int
    soon: int
    later: int


class Requalification(Schema):
    """Who must requalify, what is gone first, and how much of it falls to each unit."""

    at: datetime
    days: int
    units: list[UnitAhead]
    rows: list[DueRow]


@router.get("/requalification", response=Requalification)
def requalification(request: ActingRequest, asked: Query[DueAsked]) -> Requalification:
    """What those on the rota have lost, then what lapses, as far as the sender may see."""
    wanted = queries.Filter(
        asked.force, asked.unit, asked.function, asked.skill, asked.authority
    )
    found = expiring(request.actor, clock.now(), asked.days, wanted)
    units = [
        UnitAhead(unit=each.unit, gone=each.gone, soon=each.soon, later=each.later)
        for each in found.ahead
    ]
    rows = [
        DueRow(
            until=each.lapse.until,
            state=each.lapse.state.value,
            is_authority=each.lapse.is_authority,
            code=each.lapse.code,
            lacks=list(each.lapse.wanting),
            staff=each.lapse.staff,
            name=each.entry.name,
            number=each.entry.number,
            force=each.force,
            unit=each.entry.unit,
            function=each.entry.function,
        )
        for each in found.rows
    ]
    return Requalification(at=found.at, days=found.days, units=units, rows=rows)
