"""The originals of a case over HTTP: with what they say of their capture, their previews, and where they were captured as GeoJSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence.answering import previewed
from crossforce.evidence.operations import previewing
from crossforce.evidence.operations.previewing import Progress
from crossforce.evidence.queries import galleries
from crossforce.evidence.views import captured_files
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class CaseNamed(Schema):
    """Which case."""

    model_config = ConfigDict(extra="forbid")

    reference: str = Field(min_length=1, max_length=80)


class PageAsked(CaseNamed):
    """Which case, and which page of 24."""

    page: int = Field(1, ge=1, le=100_000)


class ShownOut(Schema):
    """An original with what it says of its capture, by which clock, and how exact: none of it is checked. Not looked into: nothing is known."""

    id: UUID = Field(alias="row.pk")
    name: str = Field(alias="row.name")
    media_type: str = Field(alias="row.media_type")
    exhibit: UUID = Field(alias="exhibit.pk")
    exhibit_reference: str = Field(alias="exhibit.exhibit_reference")
    looked_at: datetime | None = Field(None, alias="row.looked_at")
    captured_at: datetime | None = Field(None, alias="row.captured_at")
    captured_clock: str = Field(alias="row.captured_clock")
    captured_with: str = Field(alias="row.captured_with")
    latitude: float | None = Field(None, alias="row.latitude")
    longitude: float | None = Field(None, alias="row.longitude")
    within_metres: int | None = Field(None, alias="row.within_metres")
    has_preview: bool
    unpictured: str = Field(alias="row.unpictured")

    @staticmethod
    def resolve_has_preview(each: Any) -> bool:
        """Whether one was made: then `/items/{id}/preview` has it."""
        return each.row.preview is not None


class GalleryOut(Schema):
    """A page of the originals of a case: how many there are in all, are placed, and wait to be looked into."""

    reference: str
    page: int
    pages: int
    number: int
    placed: int
    waiting: int
    may_look: bool
    is_whole: bool
    rows: list[ShownOut]


class LookedInto(Schema):
    """How many were looked into now, and how many are left; ask again, under another key, until none is."""

    done: int
    left: int


@router.get("/cases/gallery", response=GalleryOut)
def gallery(request: ActingRequest, asked: Query[PageAsked]) -> Any:
    """The originals of a case that one may read, those captured first before others, 24 at a time."""
    return galleries.gallery(request.actor, asked.reference, asked.page)


@router.post("/cases/gallery", response=LookedInto, url_name="evidence-gallery")
def look_into(request: ActingRequest, asked: Query[CaseNamed]) -> Progress:
    """Look into originals that nobody looked into, for some twenty seconds: what they say of their capture is kept, with a preview."""
    return previewing.go_on(actor=request.actor, reference=asked.reference, at=clock.now())


@router.get("/cases/places", response=dict[str, Any])
def places(request: ActingRequest, asked: Query[CaseNamed]) -> Any:
    """Where the originals of a case say that they were captured, as GeoJSON (RFC 7946), with the marking of all of it."""
    return captured_files.collection(request.actor, asked.reference)[1]


@router.get("/items/{uuid:item}/preview")
def preview(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The preview of an original, as JPEG. To see it is to read the original, and entered as such."""
    return previewed(request, item)
