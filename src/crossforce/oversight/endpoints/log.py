"""Who looked, and questions to the log, over HTTP. Every question is an entry of the ledger."""

import re
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.kernel import clock
from crossforce.oversight import choices, operations
from crossforce.oversight.choices import (
    EARLIEST_DAY,
    LATEST_DAY,
    LOGGED,
    MARKING,
    Look,
    Question,
    Seen,
)
from crossforce.people.api import ActingRequest

router = Router(tags=["oversight"])
Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Logged = Annotated[str, Field(pattern=f"^({'|'.join(map(re.escape, LOGGED))})?$")]


class Asked(Schema):
    """When, and which of the six logged operations; `shown`, of what was consulted: how much of it."""

    operation: Logged = ""
    shown: Literal["", Seen] = ""
    since: Day | None = None
    until: Day | None = None


class AskedPage(Asked):
    """The same, and which part of the answer."""

    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class AskedLog(Asked):
    """Any question to the log. `staff` is one of the own people; `recipient` as it was recorded."""

    kind: Text = ""
    purpose: Text = ""
    organisation: Text = ""
    recipient: Text = ""
    record: UUID | None = None
    staff: UUID | None = None
    about: UUID | None = None


class AskedLogPage(AskedLog, AskedPage):
    """The same, and which part of the answer."""


class Days(Schema):
    """The first and the last day."""

    since: Day
    until: Day


class Citation(Schema):
    """The agreement, version and clause that an act rests on."""

    reference: str
    version: int
    clause: str


class Act(Schema):
    """One logged act. `name` and `staff` are empty where another organisation acted.

    `shown`: `read`; `found` (that it exists, and whom to ask); `counted`; `taken-out`; `handed-over`.
    """

    entry: UUID
    at: datetime
    operation: str
    shown: str
    subject: str
    organisation: str
    office: str
    name: str
    staff: str
    purpose: str
    records: int
    recipient: str
    basis: list[Citation]


class Acts(Schema):
    """One page of acts. Those beyond ten thousand are not counted."""

    marking: str = MARKING
    total: int
    items: list[Act]


class Count(Schema):
    """How many acts, touching how many records, in a month by an organisation."""

    month: date
    organisation: str
    operation: str
    acts: int
    records: int


class Counts(Schema):
    """Counts by month, organisation and operation."""

    marking: str = MARKING
    items: list[Count]


class Alert(Schema):
    """Something in the log to look into."""

    rule: str
    staff: UUID
    name: str
    day: date
    count: int
    threshold: int


class Alerts(Schema):
    """Alerts, newest first."""

    marking: str = MARKING
    items: list[Alert]


@router.get("/looks/records/{record}", response=Acts)
def looks_at_record(request: ActingRequest, record: UUID, asked: Query[AskedPage]) -> Acts:
    """Who touched a record of the sender's organisation."""
    return _looked(request, asked, Question(record=record))


@router.get("/looks/by/{staff}", response=Acts)
def looks_by(request: ActingRequest, staff: UUID, asked: Query[AskedPage]) -> Acts:
    """What somebody of the sender's organisation touched."""
    return _looked(request, asked, Question(staff=staff))


@router.get("/looks/about/{person}", response=Acts)
def looks_about(request: ActingRequest, person: UUID, asked: Query[AskedPage]) -> Acts:
    """Who touched records about somebody."""
    return _looked(request, asked, Question(about=person))


@router.get("/log", response=Acts)
def query_log(request: ActingRequest, asked: Query[AskedLogPage]) -> Acts:
    """Logged acts that answer every condition; for a data protection officer."""
    answer = operations.query_log(
        actor=request.actor,
        question=Question(**asked.dict(exclude={"offset", "limit"})),
        page=operations.Page(asked.offset, asked.limit),
        at=clock.now(),
    )
    return _acts(answer)


@router.get("/log/counts", response=Counts)
def count_log(request: ActingRequest, asked: Query[AskedLog]) -> Counts:
    """The same, counted by month, organisation and operation."""
    rows = operations.count_log(
        actor=request.actor, question=Question(**asked.dict()), at=clock.now()
    )
    return Counts(items=[_count(row) for row in rows])


@router.get("/log/alerts", response=Alerts)
def look_for_alerts(request: ActingRequest, asked: Query[Days]) -> Alerts:
    """What the own people's looking gives to ask about, by the rule pack `log-alerts`."""
    rows = operations.look_for_alerts(
        actor=request.actor, since=asked.since, until=asked.until, at=clock.now()
    )
    return Alerts(items=[_alert(row) for row in rows])


def _looked(request: ActingRequest, asked: AskedPage, about: Question) -> Acts:
    question = Question(
        operation=asked.operation,
        shown=asked.shown,
        since=asked.since,
        until=asked.until,
        record=about.record,
        staff=about.staff,
        about=about.about,
    )
    answer = operations.who_looked(
        actor=request.actor,
        question=question,
        page=operations.Page(asked.offset, asked.limit),
        at=clock.now(),
    )
    return _acts(answer)


def _acts(answer: operations.Answer) -> Acts:
    return Acts(total=answer.total, items=[act_of(look) for look in answer.looks])


def act_of(look: Look) -> Act:
    """The act as the API gives it."""
    return Act(
        entry=look.entry,
        at=look.at,
        operation=look.operation,
        shown=look.shown,
        subject=look.subject,
        organisation=look.organisation,
        office=look.who.office,
        name=look.who.name,
        staff=look.who.staff,
        purpose=look.who.purpose,
        records=look.records,
        recipient=look.recipient,
        basis=[
            Citation(reference=each.reference, version=each.version, clause=each.clause)
            for each in look.basis
        ],
    )


def _count(row: choices.Count) -> Count:
    return Count(
        month=row.month,
        organisation=row.organisation,
        operation=row.operation,
        acts=row.acts,
        records=row.records,
    )


def _alert(row: choices.Alert) -> Alert:
    return Alert(
        rule=row.rule,
        staff=row.staff,
        name=row.name,
        day=row.day,
        count=row.count,
        threshold=row.threshold,
    )
