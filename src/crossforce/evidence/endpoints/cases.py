"""Cases over HTTP: their exhibits and timeline, and until when material is kept."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence import queries
from crossforce.evidence.queries import cases
from crossforce.people.api import ActingRequest

router = Router()


class CaseAsked(Schema):
    """Which case."""

    model_config = ConfigDict(extra="forbid")

    reference: str = Field(min_length=1, max_length=80)


class MomentOut(Schema):
    """Something that was done with an exhibit: seized, a file kept, or an act of its continuity."""

    at: datetime
    exhibit: UUID = Field(alias="exhibit.pk")
    exhibit_reference: str = Field(alias="exhibit.exhibit_reference")
    what: str
    who: str


class WhyOut(Schema):
    """The rule in words, where it stands, and how sure that is (as in rule packs)."""

    words: str
    source: str
    confidence: str


class ClockOut(Schema):
    """Until when something keeps it: a case that one may read, or its own day where none is named. No day: not known yet."""

    case: UUID | None = Field(None, alias="case.pk")
    until: date | None
    why: WhyOut


class CaseOut(Schema):
    """What one may read of a case, the first first; there is more of it where it is not whole.

    The continuity of exhibits under `unread` is not open to one, and not among the moments.
    """

    reference: str
    is_whole: bool
    unread: list[UUID]
    moments: list[MomentOut]


class CaseFileOut(Schema):
    """A case, until when its material is kept, and what one may read of it."""

    id: UUID = Field(alias="row.pk")
    reference: str = Field(alias="row.case_reference")
    title: str = Field(alias="row.title")
    clock: ClockOut
    timeline: CaseOut


@router.get("/cases", response=CaseOut)
def case(request: ActingRequest, asked: Query[CaseAsked]) -> Any:
    """The exhibits of a case that one may read, and what was done with them, in one order."""
    return queries.case_of(request.actor, asked.reference)


@router.get("/cases/{uuid:case}", response=CaseFileOut)
def case_file(request: ActingRequest, case: UUID) -> Any:
    """One case: until when its material is kept, and its timeline. What it says itself: `/api/v1/records/evidence.case`."""
    return cases.case_file(request.actor, case)


@router.get("/exhibits/{uuid:exhibit}/retention", response=list[ClockOut])
def retention(request: ActingRequest, exhibit: UUID) -> Any:
    """Until when an exhibit is kept: its own day, and those of its cases that one may read."""
    return cases.clocks_of(request.actor, exhibit)
