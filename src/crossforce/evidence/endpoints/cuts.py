"""Stills and clips of films and sound over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.evidence import queries
from crossforce.evidence.endpoints.originals import Original
from crossforce.evidence.operations import cutting
from crossforce.evidence.operations.cutting import NewCut
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class CutIn(Schema):
    """A moment such as 1:12.5 for a still, or two for a clip of at most ten minutes, and why it is made."""

    model_config = ConfigDict(extra="forbid")

    span: str = Field(min_length=1, max_length=60)
    ground: str = Field(min_length=1, max_length=500)


@router.get("/items/{uuid:item}/cuts", response=list[Original])
def cuts(request: ActingRequest, item: UUID) -> Any:
    """The stills and clips of a film or sound, the oldest first."""
    return queries.cuts_of(request.actor, queries.item_of(request.actor, item))


@router.post("/items/{uuid:item}/cuts", response={201: Original}, url_name="evidence-cut")
def cut(request: ActingRequest, item: UUID, sent: CutIn) -> Any:
    """Make a still or clip, an item of the same exhibit beside its untouched original."""
    new = NewCut(item, sent.span, sent.ground)
    return Status(201, cutting.cut(actor=request.actor, new=new, at=clock.now()))
