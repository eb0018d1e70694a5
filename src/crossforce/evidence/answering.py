"""The bytes of an original as an answer: whole or in part, never run in a page of ours."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from crossforce.evidence.operations import opening
from crossforce.evidence.rules import sending
from crossforce.kernel import clock, lengthy
from crossforce.kernel.web import csp, downloads
from crossforce.people.api import ActingRequest


def answer(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The original, or the part that Range asks for. Raises Missing, NotWhole."""
    try:
        row, reading, span = opening.read_part(
            actor=request.actor,
            item=item,
            asked=request.headers.get("Range", ""),
            at=clock.now(),
        )
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


def _unheld(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes, for however long the line takes: no connection is kept for them."""
    lengthy.let_go()
    yield from parts
