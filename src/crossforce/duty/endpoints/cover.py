"""Minimum cover and the gaps ahead, over HTTP."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.endpoints.board import Gap, gap_told
from crossforce.duty.operations import cover as operations
from crossforce.duty.operations.cover import NewCover
from crossforce.duty.queries import cover as covers
from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()


class CoverAsked(Schema):
    """Which unit, and how many days ahead gaps are told."""

    days: int = Field(7, ge=1, le=covers.MOST_DAYS)
    force: str = Field("", max_length=80)
    unit: str = Field("", max_length=80)
    function: str = Field("", max_length=80)


class CoverIn(Schema):
    """At least so many in a unit, or in a function of it, on these days (1 Monday to 7) between these times.

    Who has not the skill or the authority that is named does not count.
    """

    unit: str = Field(max_length=80)
    function: str = Field("", max_length=80)
    weekdays: str = Field("1234567", max_length=7)
    begins: time
    ends: time
    minimum: int = Field(ge=1, le=9_999)
    skill: str = Field("", max_length=80)
    authority: str = Field("", max_length=80)

    @property
    def new(self) -> NewCover:
        """As the operation takes it."""
        return NewCover(**self.model_dump())


class CoverRow(Schema):
    """Minimum cover as it is held."""

    id: UUID
    version: int
    holder: str
    unit: str
    function: str
    weekdays: str
    begins: time
    ends: time
    minimum: int
    skill: str
    authority: str


class Covered(Schema):
    """What units need, and when there will be too few. `hidden`: not all of their duties may be seen.

    `untold`: the skills or authorities that their cover names may not be read.
    `told_until`: from that instant no gaps are told, as not all of these units may be seen any more.
    """

    needed: list[CoverRow]
    gaps: list[Gap]
    hidden: list[str]
    untold: list[str]
    told_until: dict[str, datetime]


@router.get("/cover", response=Covered)
def cover(request: ActingRequest, asked: Query[CoverAsked]) -> Covered:
    """The minimum cover of units, and the gaps ahead."""
    wanted = queries.Filter(asked.force, asked.unit, asked.function)
    short = covers.shortfalls(request.actor, clock.now(), asked.days, wanted)
    return Covered(
        needed=[_row(each) for each in covers.cover(request.actor, wanted)],
        gaps=[gap_told(each) for each in short.gaps],
        hidden=list(short.hidden),
        untold=list(short.untold),
        told_until=dict(short.told_until),
    )


@router.post("/cover", response={201: CoverRow})
def set_cover(request: ActingRequest, sent: CoverIn) -> Any:
    """Say what a unit needs."""
    key = operations.set_cover(actor=request.actor, new=sent.new, at=clock.now())
    return Status(201, _row(covers.one_cover(request.actor, key)))


@router.get("/cover/{cover}", response=CoverRow)
def show_cover(request: ActingRequest, response: HttpResponse, cover: UUID) -> CoverRow:
    """One row of minimum cover, with the ETag that a change carries."""
    api.tagged(response, covers.cover_row(request.actor, cover))
    return _row(covers.one_cover(request.actor, cover))


@router.put("/cover/{cover}", response=CoverRow)
def change_cover(request: ActingRequest, cover: UUID, sent: CoverIn) -> CoverRow:
    """Say it anew, with If-Match; the unit stays."""
    version = api.version_of(request, covers.cover_row(request.actor, cover))
    operations.change_cover(
        actor=request.actor, cover=cover, version=version, new=sent.new, at=clock.now()
    )
    return _row(covers.one_cover(request.actor, cover))


def _row(each: covers.Needed) -> CoverRow:
    return CoverRow(
        id=each.id,
        version=each.version,
        holder=each.holder,
        unit=each.unit,
        function=each.function,
        weekdays=each.weekdays,
        begins=each.begins,
        ends=each.ends,
        minimum=each.minimum,
        skill=each.skill,
        authority=each.authority,
    )
