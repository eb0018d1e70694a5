"""The card of command and accountability over HTTP: of a person on duty, of a unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.endpoints.asking import instant
from crossforce.duty.queries import whole
from crossforce.people.api import ActingRequest

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


class Held(Schema):
    """A skill or an authority that somebody was given: until when it counts, or since when it does not.

    `state`: `valid`, `expired`, `suspended` or `skill-missing`, which is without the skills that are `wanting`.
    """

    code: str
    is_authority: bool
    state: str
    until: datetime | None
    wanting: list[str]


class Near(Schema):
    """A force whose area a place near the boundary may be in, and who would command there."""

    area: str
    name: str


class Suspended(Schema):
    """An agreement of which nothing is acted on: who suspended it, and since when."""

    title: str
    by: str
    since: datetime


class Card(Schema):
    """Who answers for somebody on duty; the first line is the one chief officer who commands.

    `area_from` says how the area is known: `asked`; `located`, by the coordinates; `nearest`, to a place
    just outside of every area; `nowhere`, for one in no area; `own`, where no place is noted. `near`: other
    areas within a kilometre. `standing`: `duty`, `on-call`, `away` or `not-then`; `is_on` only for the
    first. `held` is all that they were given, and `sees` the kinds of it that the sender may read of them,
    were any noted; `clearances` is null where theirs may not be.
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
    held: list[Held]
    sees: list[str]
    clearances: list[Clearance] | None
    suspended: Suspended | None


class Staffing(Schema):
    """Who answers for the people of one force in a unit."""

    force: str
    sentence: str
    lines: list[Line]


class UnitCard(Schema):
    """Who answers for the people of a unit, by home force; each is under their own while it is `suspended`."""

    unit: str
    title: str
    at: datetime
    area: str
    function: str
    agreement: str
    version: int
    staffing: list[Staffing]
    suspended: Suspended | None


class Unit(Schema):
    """A unit of an agreement that is in force, or suspended."""

    unit: str
    title: str
    agreement: str
    is_suspended: bool


@router.get("/units", response=list[Unit])
def units(request: ActingRequest, at: datetime | None = None) -> list[Unit]:
    """The units of agreements in force that the sender may know of."""
    found = queries.units(request.actor, instant(at))
    return [
        Unit(
            unit=each.code,
            title=each.title,
            agreement=each.agreement,
            is_suspended=each.is_suspended,
        )
        for each in found
    ]


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
        suspended=_suspended(found.suspended),
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
        held=[
            Held(
                code=each.code,
                is_authority=each.is_authority,
                state=str(each.state),
                until=each.until,
                wanting=list(each.wanting),
            )
            for each in found.held
        ],
        sees=sorted(found.sees),
        clearances=None
        if clearances is None
        else [Clearance(code=each.code, ends_at=each.ends_at) for each in clearances],
        suspended=_suspended(found.suspended),
    )


def _suspended(found: whole.Suspended | None) -> Suspended | None:
    return Suspended(title=found.title, by=found.by, since=found.since) if found else None


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
