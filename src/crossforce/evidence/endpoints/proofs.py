"""Proof packs over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence.answering import packed
from crossforce.evidence.operations import proving
from crossforce.evidence.operations.proving import NewPack
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class PackIn(Schema):
    """For whom a proof pack is made, and why."""

    model_config = ConfigDict(extra="forbid")

    recipient: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=500)
    is_redacted: bool = False


@router.post("/exhibits/{uuid:exhibit}/proof", url_name="evidence-proof")
def proof(request: ActingRequest, exhibit: UUID, sent: PackIn) -> Any:
    """A ZIP file with the exhibit's originals, its continuity, the log's receipts and instructions, to verify offline.

    Each is a disclosure of its own, also one that is asked for again under the same key.
    """
    new = NewPack(exhibit, **sent.model_dump())
    return packed(proving.make(actor=request.actor, new=new, at=clock.now()))
