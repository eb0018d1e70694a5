"""The bytes of an original as an answer: whole or in part, never run in a page of ours."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from crossforce.evidence.operations import opening
from crossforce.evidence.rules import sending
from crossforce.kernel import clock
from crossforce.kernel.web import csp, downloads
from crossforce.people.api import ActingRequest

MOST_OF_PART: Final = 16 * 1024 * 1024
"""A part is answered with so many bytes at most: whoever plays a film asks for the next when they need it."""


def answer(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The original, or the part that Range asks for. Raises Missing, NotWhole."""
    asked = request.headers.get("Range", "")
    row, reading = opening.read_content(
        actor=request.actor, item=item, asked=asked, at=clock.now()
    )
    try:
        span = sending.span(asked, row.size)
    except sending.NotThere:
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{row.size}"
        return refused
    length = min(span.length, MOST_OF_PART) if span.is_part else span.length
    response = StreamingHttpResponse(
        reading.parts(span.start, length),
        status=206 if span.is_part else 200,
        content_type=row.media_type,
    )
    if span.is_part:
        last = span.start + length - 1
        response.headers["Content-Range"] = f"bytes {span.start}-{last}/{row.size}"
    response.headers["Content-Length"] = str(length)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = f'"{row.sha256}"'
    csp.contain(response)
    said = downloads.disposition(row.name)
    is_shown = bool(sending.shown_as(row.media_type))
    response.headers["Content-Disposition"] = (
        said.replace("attachment", "inline", 1) if is_shown else said
    )
    return response
