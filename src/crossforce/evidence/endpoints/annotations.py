"""Notes on originals over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.evidence.operations import annotating
from crossforce.evidence.operations.annotating import NewAnnotation
from crossforce.evidence.queries.annotations import annotations_of
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class NoteIn(Schema):
    """What is noted, and where.

    Of an image a place is left, top, width and height in per cent; of a PDF a page, with or without these; of a film or sound a
    second, or from which to which, of a film with or without these. Nothing: all of it.
    """

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=1000)
    place: str = Field(default="", max_length=100)


class WordsIn(Schema):
    """A note in other words, and the version that is changed."""

    model_config = ConfigDict(extra="forbid")

    version: int
    text: str = Field(min_length=1, max_length=1000)


class NoteOut(Schema):
    """A note on an original."""

    id: UUID
    item: UUID
    version: int
    place: str
    where: str = Field(alias="spot.words")
    text: str
    created_at: datetime
    created_by: str


@router.get("/items/{uuid:item}/notes", response=list[NoteOut])
def notes(request: ActingRequest, item: UUID) -> Any:
    """The notes on an original in the order of their places, 500 at most."""
    return annotations_of(request.actor, item).rows


@router.post("/items/{uuid:item}/notes", response={201: NoteOut})
def annotate(request: ActingRequest, item: UUID, sent: NoteIn) -> Any:
    """Put a note on an original. Nothing of it is in the bytes, and it goes into no link, pack or bundle."""
    new = NewAnnotation(item, sent.place, sent.text)
    return Status(201, annotating.annotate(actor=request.actor, new=new, at=clock.now()))


@router.post("/notes/{uuid:note}", response=NoteOut)
def reword(request: ActingRequest, note: UUID, sent: WordsIn) -> Any:
    """Say a note in other words; what it said before stays in its history."""
    return annotating.reword(
        actor=request.actor,
        annotation=note,
        version=sent.version,
        text=sent.text,
        at=clock.now(),
    )
