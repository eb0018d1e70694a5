"""A case over HTTP: its exhibits and their timeline."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence import queries
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


class CaseOut(Schema):
    """What one may read of a case, the first first; there is more of it where it is not whole.

    The continuity of exhibits under `unread` is not open to one, and not among the moments.
    """

    reference: str
    is_whole: bool
    unread: list[UUID]
    moments: list[MomentOut]


@router.get("/cases", response=CaseOut)
def case(request: ActingRequest, asked: Query[CaseAsked]) -> Any:
    """The exhibits of a case that one may read, and what was done with them, in one order."""
    return queries.case_of(request.actor, asked.reference)
