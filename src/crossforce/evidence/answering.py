"""The bytes of an original as an answer: whole or in part, never run in a page of ours. And where a link leads."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from crossforce.evidence.operations import opening, papers, previewing, viewing
from crossforce.evidence.operations.bundling import Bundle
from crossforce.evidence.operations.exporting import Export
from crossforce.evidence.operations.extracting import Extract
from crossforce.evidence.operations.proving import Pack
from crossforce.evidence.rules import sending
from crossforce.evidence.rules.sending import Span
from crossforce.kernel import clock, lengthy
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.web import csp, downloads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


class Answered(Protocol):
    """A file that is answered: what it is called, of which type and how long it is, and its digest."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def sha256(self) -> str: ...


Read = Callable[..., tuple[Answered, Reading, Span]]


def answer(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The original, or the part that Range asks for. Raises Missing, NotWhole."""
    return part(request, partial(opening.read_part, actor=request.actor, item=item))


def viewed(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The same of its viewing copy. Raises Missing, NotMade."""
    return part(request, partial(viewing.play, actor=request.actor, item=item))


def part(request: HttpRequest, read: Read) -> HttpResponseBase:
    """The bytes that Range asks for, as `read` finds and enters them. Raises what it raises."""
    try:
        row, reading, span = read(asked=request.headers.get("Range", ""), at=clock.now())
    except sending.NotThere as beyond:
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{beyond.size}"
        return refused
    response = StreamingHttpResponse(
        _unheld(reading.parts(span.start, span.length)),
        status=206 if span.is_part else 200,
        content_type=row.media_type,
    )
    if span.is_part:
        last = span.start + span.length - 1
        response.headers["Content-Range"] = f"bytes {span.start}-{last}/{row.size}"
    response.headers["Content-Length"] = str(span.length)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = f'"{row.sha256}"'
    csp.contain(response)
    said = downloads.disposition(row.name)
    is_shown = bool(sending.shown_as(row.media_type))
    response.headers["Content-Disposition"] = (
        said.replace("attachment", "inline", 1) if is_shown else said
    )
    return response


def previewed(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The preview of an original. Raises Missing, NotWhole, NoPreview."""
    reading = previewing.preview(actor=request.actor, item=item, at=clock.now())
    response = HttpResponse(b"".join(reading.parts()), content_type="image/jpeg")
    csp.contain(response)
    return response


def packed(pack: Pack) -> HttpResponseBase:
    """A proof pack as a file to save, written as it goes out."""
    response = StreamingHttpResponse(_unheld(pack.parts()), content_type="application/zip")
    name = f"proof-{records.in_a_name(pack.manifest.marking)}.zip"
    response.headers["Content-Disposition"] = downloads.disposition(name)
    return response


def exported(export: Export) -> HttpResponseBase:
    """A package of exhibits as a file to save, written as it goes out."""
    response = StreamingHttpResponse(_unheld(export.parts()), content_type="application/zip")
    if export.said.after:
        response.headers["Crossforce-After"] = export.said.after
    name = f"{export.form}-{records.in_a_name(export.said.marking)}.zip"
    response.headers["Content-Disposition"] = downloads.disposition(name)
    return response


def bundled(bundle: Bundle) -> HttpResponseBase:
    """A bundle as a file to save, written as it goes out."""
    response = StreamingHttpResponse(_unheld(bundle.parts()), content_type="application/zip")
    name = f"bundle-{records.in_a_name(bundle.marking)}.zip"
    response.headers["Content-Disposition"] = downloads.disposition(name)
    return response


def extracted(extract: Extract) -> HttpResponseBase:
    """A subject access extract as a file to save, written as it goes out."""
    response = StreamingHttpResponse(_unheld(extract.parts()), content_type="application/zip")
    name = f"extract-{records.in_a_name(extract.marking)}.zip"
    response.headers["Content-Disposition"] = downloads.disposition(name)
    return response


def written(request: ActingRequest, case: UUID, name: str, form: str) -> HttpResponse:
    """A schedule of unused material, or the report, as a file. Raises Missing, SchedulesUnread."""
    made = papers.paper(actor=request.actor, case=case, name=name, form=form, at=clock.now())
    return downloads.file(made.name, made.content, made.media_type)


def address(request: HttpRequest, link: str) -> str:
    """Where whoever has the link opens it."""
    return request.build_absolute_uri(reverse("evidence:shared", args=[link]))


def _unheld(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes, for however long the line takes: no connection is kept for them."""
    lengthy.let_go()
    yield from parts
