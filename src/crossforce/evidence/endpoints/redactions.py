"""Redaction over HTTP: what might go is found, a copy is made, and a second person decides about it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.evidence import queries
from crossforce.evidence.choices import Verdict
from crossforce.evidence.endpoints.originals import Original
from crossforce.evidence.operations import redacting
from crossforce.evidence.operations.redacting import NewRedaction
from crossforce.evidence.rules.redacting import MOST_OF_WORDS, Place, said
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class WordsIn(Schema):
    """What is looked for in a PDF, a text or an e-mail; in an image, faces are, and no words; of a film each is a box that is followed, as a place."""

    model_config = ConfigDict(extra="forbid")

    words: list[str] = Field(default=[], max_length=100)


class PlacesOut(Schema):
    """Places that might go, as numbers: what stands for a place says the type of the original."""

    places: Sequence[Place]


class RedactionIn(Schema):
    """What is taken out, and on what ground.

    Of an image a place is left, top, width and height in per cent; of a PDF the page before them; of a text or e-mail the
    line, the first letter and the last; of sound from which second to which; of a film that, or with a box after it.
    """

    model_config = ConfigDict(extra="forbid")

    places: list[list[float]] = Field(min_length=1, max_length=MOST_OF_WORDS)
    ground: str = Field(min_length=1, max_length=500)


class VerdictIn(Schema):
    """What a second person says of a redacted copy."""

    model_config = ConfigDict(extra="forbid")

    decision: Verdict
    why: str = Field(default="", max_length=500)


@router.get("/items/{uuid:item}/redactions", response=list[Original])
def redactions(request: ActingRequest, item: UUID) -> Any:
    """The redacted copies of an original, the oldest first."""
    queries.item_of(request.actor, item)
    return queries.redacted_of(request.actor, item)


@router.post(
    "/items/{uuid:item}/redactions/search", response=PlacesOut, url_name="evidence-find"
)
def find(request: ActingRequest, item: UUID, sent: WordsIn) -> Any:
    """Faces of an image, or where words stand in anything else: each is a proposal, and others may be there."""
    found = redacting.find(actor=request.actor, item=item, words=sent.words, at=clock.now())
    return {"places": found}


@router.post(
    "/items/{uuid:item}/redactions", response={201: Original}, url_name="evidence-redact"
)
def redact(request: ActingRequest, item: UUID, sent: RedactionIn) -> Any:
    """Make a redacted copy. It stands beside its untouched original, and goes to nobody before somebody else approved it."""
    new = NewRedaction(item, said(sent.places), sent.ground)
    return Status(201, redacting.redact(actor=request.actor, new=new, at=clock.now()))


@router.post("/items/{uuid:item}/decision", response=Original)
def decide(request: ActingRequest, item: UUID, sent: VerdictIn) -> Any:
    """Approve a redacted copy, or refuse it: another person than had it made."""
    return redacting.decide(
        actor=request.actor, item=item, decision=sent.decision, why=sent.why, at=clock.now()
    )
