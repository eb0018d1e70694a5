"""The board over HTTP."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.endpoints.asking import instant
from crossforce.duty.rules import board as rules
from crossforce.people.api import ActingRequest

router = Router()
MOST = 5_000
PERSON = ("number", "name")
Code = Annotated[str, Field(max_length=80)]


class Asked(Schema):
    """Whom to show, and when; every condition given must hold. `at` is now when it is left out."""

    at: datetime | None = None
    force: Code = ""
    unit: Code = ""
    function: Code = ""
    skill: Code = ""
    authority: Code = ""
    availability: Code = ""
    offset: int = Field(0, ge=0)
    limit: int = Field(1000, ge=1, le=MOST)

    @property
    def wanted(self) -> queries.Filter:
        """The conditions."""
        return queries.Filter(
            self.force, self.unit, self.function, self.skill, self.authority, self.availability
        )

    @property
    def part(self) -> queries.Part:
        """The part of the answer."""
        return queries.Part(self.offset, self.limit)


class Then(Schema):
    """What a duty said at the instant that one looks back at, where it says something else now."""

    number: str | None = None
    name: str | None = None
    what: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    unit: str | None = None
    function: str | None = None
    call_sign: str | None = None
    role: str | None = None
    location: str | None = None
    status: str | None = None


class Row(Schema):
    """Somebody on duty or on call; `barred` authorities are held and not valid.

    Of a duty that was recorded, changed or cancelled after the instant that one looks back at, it is said when;
    and `then` says what it said at that instant.
    """

    id: UUID
    force: str
    number: str
    name: str
    unit: str
    function: str
    call_sign: str
    role: str
    what: str
    starts_at: datetime
    ends_at: datetime
    availability: str
    status: str
    location: str
    latitude: float | None
    longitude: float | None
    skills: list[str]
    authorities: list[str]
    barred: list[str]
    recorded_since: datetime | None = None
    changed_since: datetime | None = None
    cancelled_since: datetime | None = None
    then: Then | None = None


class Count(Schema):
    """How many a unit, or one of its functions, has on duty, against its minimum (0: none is set).

    Of a minimum that names a skill or an authority, only those who have it are counted. `is_part`: several forces share the unit and not all of its duties are seen or asked for; whether
    it is short cannot be said. Without `is_told` its minimum may not be seen by the sender.
    """

    unit: str
    function: str
    has: int
    minimum: int
    is_short: bool
    is_part: bool
    is_told: bool
    skill: str
    authority: str


class Gap(Schema):
    """When a unit, or one of its functions, will have fewer than its minimum.

    One that `is_open` lasts until the end of what was looked at, or later.
    """

    unit: str
    function: str
    starts_at: datetime
    ends_at: datetime
    has: int
    minimum: int
    skill: str
    authority: str
    is_open: bool


class Suspended(Schema):
    """The agreement that makes a unit: its title, who suspended it, and since when."""

    title: str
    by: str
    since: datetime


class Closed(Schema):
    """The agreement that makes the unit asked for, who takes part in it, and whose duties may not be read."""

    title: str
    forces: list[str]
    unread: list[str]


class Board(Schema):
    """Everybody on duty at an instant, counts against minimum cover, and gaps of the next 24 hours.

    `reaches` is false when the sender may see no duties at all: then nothing follows from the rest.
    Of the units in `hidden` a part is counted, and no gaps are told; of others they are `told_until` sight of them ends. Of those that are `suspended` nobody of
    another force is shown. Where nobody is shown of a unit asked for, `closed` says whose duties may not be read.
    """

    at: datetime
    total: int
    reaches: bool
    marking: str
    rows: list[Row]
    counts: list[Count]
    gaps: list[Gap]
    told_until: dict[str, datetime]
    hidden: list[str]
    suspended: dict[str, Suspended]
    closed: Closed | None


class Span(Schema):
    """What somebody does from one instant to another: duty, on-call or absence.

    A duty does not run while its person is away; an absence without `id` is one that the sender may not read.
    """

    id: UUID | None
    what: str
    starts_at: datetime
    ends_at: datetime
    unit: str
    function: str
    call_sign: str


class Lane(Schema):
    """One person's spans."""

    force: str
    number: str
    name: str
    spans: list[Span]


class Timeline(Schema):
    """Who is on when, through the 24 hours from an hour before the instant."""

    at: datetime
    starts_at: datetime
    ends_at: datetime
    total: int
    reaches: bool
    marking: str
    lanes: list[Lane]


@router.get("/board", response=Board)
def board(request: ActingRequest, asked: Query[Asked]) -> Board:
    """Everybody on duty, now or at an instant, whom the sender may see."""
    found = queries.on_duty(request.actor, instant(asked.at), asked.wanted, asked.part)
    return Board(
        at=found.at,
        total=found.total,
        reaches=found.reaches,
        marking=found.marking,
        rows=[_row(each, found.at if found.is_past else None) for each in found.rows],
        counts=[
            Count(
                unit=each.unit,
                function=each.function,
                has=each.has,
                minimum=each.minimum,
                is_short=each.is_short,
                is_part=each.is_part,
                is_told=each.is_told,
                skill=each.skill,
                authority=each.authority,
            )
            for each in found.counts
        ],
        gaps=[gap_told(each) for each in found.gaps],
        told_until=dict(found.told_until),
        hidden=list(found.hidden),
        suspended={unit: Suspended(**each._asdict()) for unit, each in found.suspended.items()},
        closed=Closed(**found.closed._asdict()) if found.closed else None,
    )


@router.get("/timeline", response=Timeline)
def timeline(request: ActingRequest, asked: Query[Asked]) -> Timeline:
    """Who is on when, through 24 hours, as far as the sender may see; availability is not asked."""
    found = queries.timeline(request.actor, instant(asked.at), asked.wanted, asked.part)
    return Timeline(
        at=found.at,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        total=found.total,
        reaches=found.reaches,
        marking=found.marking,
        lanes=[_lane(each) for each in found.lanes],
    )


def _row(each: queries.OnDuty, then: datetime | None) -> Row:
    """A row of the board as the API gives it; `then` is the instant that one looks back at."""
    entry = each.entry
    is_new = then is not None and entry.created_at > then
    is_changed = then is not None and entry.changed_at > then
    return Row(
        id=entry.pk,
        force=each.force,
        number=entry.number,
        name=entry.name,
        unit=entry.unit,
        function=entry.function,
        call_sign=entry.call_sign,
        role=entry.role,
        what=entry.what,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        availability=str(each.availability),
        status=entry.status,
        location=entry.location,
        latitude=entry.latitude,
        longitude=entry.longitude,
        skills=sorted(each.able.skills),
        authorities=sorted(each.able.authorities),
        barred=sorted(each.able.barred),
        recorded_since=entry.created_at if is_new else None,
        changed_since=entry.changed_at if is_changed and not is_new else None,
        cancelled_since=entry.cancelled_at if then else None,
        then=_then(each),
    )


def _then(each: queries.OnDuty) -> Then | None:
    """What the duty said at that instant; None of one that was not changed since."""
    if each.then is None:
        return None
    names = {n for name in each.differs for n in (PERSON if name == "staff" else (name,))}
    return Then(**{name: getattr(each.then, name) for name in names})


def gap_told(each: rules.Gap) -> Gap:
    """A gap as the API gives it."""
    return Gap(**asdict(each))


def _lane(each: queries.Lane) -> Lane:
    return Lane(
        force=each.force,
        number=each.first.number,
        name=each.first.name,
        spans=list(map(_span, each.stretches)),
    )


def _span(each: queries.Stretch) -> Span:
    entry = each.entry
    return Span(
        id=entry and entry.pk,
        what=each.what,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        unit=entry.unit if entry else "",
        function=entry.function if entry else "",
        call_sign=entry.call_sign if entry else "",
    )
