"""The card of command and accountability over HTTP: of a person on duty, of a unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.endpoints.acting import ActingRequest
from crossforce.duty.endpoints.asking import instant

router = Router()
Code = Annotated[str, Field(max_length=80)]


class Line(Schema):
    """One question answered: who, and the clause or the law that says so; else it `is_assumed`.

    `beside` is the clause that speaks of it where a law answers.
    """

    question: str
    code: str
    name: str
    ground: str
    reference: str
    version: int
    clause: str
    beside: str
    is_assumed: bool


class Clearance(Schema):
    """A vetting clearance that is in date."""

    code: str
    ends_at: datetime | None


class Near(Schema):
    """A force whose area a place near the boundary may be in, and who would command there."""

    area: str
    name: str


class Card(Schema):
    """Who answers for somebody on duty; the first line is the one chief officer who commands.

    `area_from` says how the area is known: `asked`; `located`, by the coordinates; `nearest`, to a place
    just outside of every area; `nowhere`, for one in no area; `own`, where no place is noted. `near`: other
    areas within a kilometre. `standing`: `duty`, `on-call`, `away` or `not-then`; `is_on` only for the
    first. `clearances` is null where the sender may not see any.
    """

    sentence: str
    at: datetime
    force: str
    area: str
    area_from: str
    near: list[Near]
    standing: str
    is_on: bool
    lines: list[Line]
    skills: list[str]
    authorities: list[str]
    barred: list[str]
    clearances: list[Clearance] | None


class Staffing(Schema):
    """Who answers for the people of one force in a unit."""

    force: str
    sentence: str
    lines: list[Line]


class UnitCard(Schema):
    """Who answers for the people of a unit, by home force."""

    unit: str
    title: str
    at: datetime
    area: str
    function: str
    agreement: str
    version: int
    staffing: list[Staffing]


class Unit(Schema):
    """A unit of an agreement in force."""

    unit: str
    title: str
    agreement: str


@router.get("/units", response=list[Unit])
def units(request: ActingRequest, at: datetime | None = None) -> list[Unit]:
    """The units of agreements in force that the sender may know of."""
    found = queries.units(request.actor, instant(at))
    return [Unit(unit=code, title=title, agreement=name) for code, title, name in found]


@router.get("/card/unit/{unit}", response=UnitCard)
def unit_card(
    request: ActingRequest,
    unit: str,
    at: datetime | None = None,
    area: Code = "",
    function: Code = "",
    force: Code = "",
) -> UnitCard:
    """Who answers for the people of a unit who are deployed in an area, by home force."""
    found = queries.unit_card(
        request.actor, unit, instant(at), area=area, function=function, force=force
    )
    return UnitCard(
        unit=found.unit,
        title=found.title,
        at=found.at,
        area=found.area,
        function=found.function,
        agreement=found.reference,
        version=found.version,
        staffing=[
            Staffing(force=row.force, sentence=row.sentence, lines=_lines(row.lines))
            for row in found.staffing
        ],
    )


@router.get("/card/{entry}", response=Card)
def card(
    request: ActingRequest, entry: UUID, at: datetime | None = None, area: Code = ""
) -> Card:
    """Who answers for one person on duty, now or at an instant; `area`: the force they are in."""
    found = queries.card(request.actor, entry, instant(at), area)
    clearances = found.clearances
    return Card(
        sentence=found.sentence,
        at=found.at,
        force=found.force,
        area=found.area,
        area_from=found.area_from,
        near=[Near(area=each.area, name=each.name) for each in found.near],
        standing=found.standing,
        is_on=found.is_on,
        lines=_lines(found.lines),
        skills=sorted(found.able.skills),
        authorities=sorted(found.able.authorities),
        barred=sorted(found.able.barred),
        clearances=None
        if clearances is None
        else [Clearance(code=each.code, ends_at=each.ends_at) for each in clearances],
    )


def _lines(lines: Sequence[queries.Line]) -> list[Line]:
    return [
        Line(
            question=each.question,
            code=each.code,
            name=each.name,
            ground=each.ground,
            reference=each.reference,
            version=each.version,
            clause=each.clause,
            beside=each.beside,
            is_assumed=each.is_assumed,
        )
        for each in lines
    ]
