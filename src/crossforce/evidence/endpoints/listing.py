"""Exhibits on a list over HTTP: found as people name them, by case and reference."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence.queries import naming
from crossforce.people.api import ActingRequest

router = Router()


class ExhibitsAsked(Schema):
    """Which exhibits; capitals make no difference."""

    model_config = ConfigDict(extra="forbid")

    case: str = Field("", max_length=80)
    reference: str = Field("", max_length=40)


class ExhibitOut(Schema):
    """An exhibit by what it is called. What more it says: `/api/v1/records/evidence.exhibit`."""

    id: UUID = Field(alias="pk")
    exhibit_reference: str
    case_reference: str
    description: str
    seized_at: datetime


class ExhibitsOut(Schema):
    """The newest first; there are more where it is not whole."""

    is_whole: bool
    exhibits: list[ExhibitOut]


@router.get("/exhibits", response=ExhibitsOut)
def exhibits(request: ActingRequest, asked: Query[ExhibitsAsked]) -> Any:
    """Exhibits that one may read: of a case, of a reference, or all."""
    return naming.find(request.actor, case=asked.case, reference=asked.reference)
