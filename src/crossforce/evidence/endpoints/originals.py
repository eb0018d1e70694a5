"""Evidence over HTTP: what an exhibit has, the bytes of an original, and files sent by tus, the resumable protocol.

tus 1.0.0 with creation, checksum, termination and expiration (https://tus.io/protocols/resumable-upload): any client of it serves.
"""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from ninja import Router, Schema

from crossforce.evidence import queries
from crossforce.evidence.answering import answer
from crossforce.evidence.choices import LARGEST, MOST_AT_ONCE, WAITS
from crossforce.evidence.models import Item
from crossforce.evidence.operations import inspecting, receiving
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.rules import sending
from crossforce.kernel import clock
from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import problems
from crossforce.people.api import ActingRequest

router = Router()
VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,checksum,termination,expiration"
BYTES: Final = "application/offset+octet-stream"
PART: Final = 1024 * 1024


class NotTus(NotUnderstood):
    """This speaks tus 1.0.0: send Tus-Resumable: 1.0.0."""

    status = 412


class NotBytes(NotUnderstood):
    """Send the bytes as application/offset+octet-stream, with Upload-Offset and Content-Length."""

    status = 415


class TooLong(NotUnderstood):
    """Send at most 64 MiB at a time, and a file of less than 16 TiB."""

    status = 413


class Altered(Exception):
    """The bytes are not those of which the checksum was taken. Send them again."""


class Original(Schema):
    """A digital original of an exhibit. It never changes once it is kept.

    One that is derived from another is a redacted copy of it: on what ground, what was taken out, and what a second person decided. One
    that is cut from another, which its SHA-256 names, is a still or clip of it: why, and of which second or from which to which (places).
    """

    id: UUID
    exhibit: UUID
    name: str
    size: int
    state: str
    media_type: str
    sha256: str
    blake3: str
    created_at: datetime
    derived_from: UUID | None
    cut_from: str
    ground: str
    places: str
    made_with: str
    decision: str
    decided_at: datetime | None
    decided_why: str

    @staticmethod
    def resolve_state(row: Item) -> str:
        """A file that is late is given up."""
        return row.state_at(clock.now())


class Told(Schema):
    """A fact: `proven` by the bytes, `stated` by whatever made them and changed by anybody, or `derived` of what is stated."""

    name: str
    value: str
    sure: str


class Inside(Schema):
    """What an original tells of itself; `why_not` says what could not be read."""

    facts: list[Told]
    picture: str
    why_not: str


@router.get("/exhibits/{uuid:exhibit}/items", response=list[Original])
def items(request: ActingRequest, exhibit: UUID) -> list[Item]:
    """What came of an exhibit as files, the oldest first."""
    return queries.opened(request.actor, exhibit).items


@router.get("/items/{uuid:item}", response=Original)
def one(request: ActingRequest, item: UUID) -> Item:
    """One original."""
    return queries.item_of(request.actor, item)


@router.get("/items/{uuid:item}/inside", response=Inside, url_name="evidence-inside")
def inside(request: ActingRequest, item: UUID) -> Inside:
    """What an image, PDF, office document, film, recording or e-mail tells of itself, each fact with how sure it is, and a small JPEG of it in Base64.

    To look into it is to read it, and entered as such.
    """
    _, found = inspecting.look_into(actor=request.actor, item=item, at=clock.now())
    facts = [Told(name=each.name, value=each.value, sure=each.sure) for each in found.facts]
    picture = base64.b64encode(found.picture).decode()
    return Inside(facts=facts, picture=picture, why_not=found.why_not)


@router.get("/items/{uuid:item}/content", include_in_schema=False)
def content(request: ActingRequest, item: UUID) -> Any:
    """The bytes of an original; Range asks for a part of at most 16 MiB."""
    return answer(request, item)


@router.api_operation(
    ["OPTIONS"], "/uploads", include_in_schema=False, url_name="evidence-uploads"
)
def can(request: ActingRequest) -> HttpResponse:
    """What is spoken here."""
    said = _said(204)
    said.headers["Tus-Version"] = VERSION
    said.headers["Tus-Extension"] = EXTENSIONS
    said.headers["Tus-Max-Size"] = str(LARGEST)
    said.headers["Tus-Checksum-Algorithm"] = ",".join(sending.SUMS)
    return said


@router.post("/uploads", include_in_schema=False)
def create(request: ActingRequest) -> HttpResponse:
    """Begin a file: Upload-Length, and Upload-Metadata with `exhibit` and `filename`."""
    _agree(request)
    known = sending.metadata(request.headers.get("Upload-Metadata", ""))
    try:
        exhibit = UUID(known.get("exhibit", ""))
    except ValueError:
        raise NotUnderstood("Name the exhibit in Upload-Metadata, by its identifier.") from None
    size = _number(request, "Upload-Length")
    if size > LARGEST:
        raise TooLong
    sent = Sent(exhibit, known.get("filename", ""), size)
    row = receiving.begin(actor=request.actor, sent=sent, at=clock.now())
    said = _said(201, row)
    said.headers["Location"] = reverse("api:evidence-upload", args=[row.pk])
    return said


@router.api_operation(
    ["HEAD"], "/uploads/{uuid:item}", include_in_schema=False, url_name="evidence-upload"
)
def standing(request: ActingRequest, item: UUID) -> HttpResponse:
    """How many bytes came."""
    _agree(request)
    row, offset = receiving.offset_of(actor=request.actor, item=item, at=clock.now())
    said = _said(200, row)
    said.headers["Upload-Offset"] = str(offset)
    said.headers["Upload-Length"] = str(row.size)
    said.headers["Cache-Control"] = "no-store"
    return said


@router.patch("/uploads/{uuid:item}", include_in_schema=False)
def add(request: ActingRequest, item: UUID) -> HttpResponse:
    """The bytes that follow."""
    _agree(request)
    if request.headers.get("Content-Type") != BYTES:
        raise NotBytes
    offset, length = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if length > MOST_AT_ONCE:
        raise TooLong
    try:
        row = receiving.receive(
            actor=request.actor,
            item=item,
            offset=offset,
            parts=_proven(request, length),
            at=clock.now(),
        )
    except Altered:
        return problems.response(460, str(Altered.__doc__), title="Checksum Mismatch")
    said = _said(204, row)
    said.headers["Upload-Offset"] = str(offset + length)
    return said


@router.delete("/uploads/{uuid:item}", include_in_schema=False)
def stop(request: ActingRequest, item: UUID) -> HttpResponse:
    """Give a file up that is not whole."""
    _agree(request)
    return _said(204, receiving.give_up(actor=request.actor, item=item, at=clock.now()))


def _proven(request: HttpRequest, length: int) -> Iterator[bytes]:
    """The bytes as they come; those with a checksum not before all of them did."""
    checksum = request.headers.get("Upload-Checksum", "")
    if not checksum:
        while length > 0 and (part := request.read(min(PART, length))):
            length -= len(part)
            yield part
        return
    part = request.read(length)
    is_same = sending.is_as_said(checksum, part)
    if is_same is None:
        raise NotUnderstood(f"A checksum is one of {', '.join(sending.SUMS)}, in Base64.")
    if not is_same:
        raise Altered
    yield part


def _agree(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise NotTus


def _number(request: HttpRequest, header: str) -> int:
    given = request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise NotUnderstood(f"Send {header}, as a whole number.")
    return int(given)


def _said(status: int, row: Item | None = None) -> HttpResponse:
    said = HttpResponse(status=status)
    said.headers["Tus-Resumable"] = VERSION
    if row and not row.is_kept:
        said.headers["Upload-Expires"] = http_date((row.created_at + WAITS).timestamp())
    return said
