"""One agreement and its versions, to read."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.agreements import signing
from crossforce.agreements.queries import (
    agreements,
    calling,
    comparing,
    reading,
    showing,
    signatures,
)
from crossforce.agreements.views.asking import ActingRequest
from crossforce.kernel import clock, refusals, web

PARTS = {
    "text": ("application/json", "json"),
    "terms": ("application/json", "json"),
    "document": ("application/toml; charset=utf-8", "toml"),
}


def show(request: ActingRequest, reference: str) -> HttpResponse:
    shown = showing.agreement(request.actor, reference, clock.now())
    return web.page(
        request, "agreements/show.html", {"shown": shown, "names": calling.names_of()}
    )


def version(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    shown = showing.agreement(request.actor, reference, clock.now())
    found = next((each for each in shown.versions if each.number == number), None)
    if found is None:
        raise refusals.Missing
    context = {
        "shown": shown,
        "version": found,
        "read": reading.read_out(agreements.version(shown.row, number)),
        "changes": comparing.changes(shown.row, number),
        "proofs": signatures.proofs(found.row),
        "names": calling.names_of(),
    }
    return web.page(request, "agreements/version.html", context)


def part(request: ActingRequest, reference: str, number: int, kind: str) -> HttpResponseBase:
    if kind not in PARTS:
        raise refusals.Missing
    found = agreements.version(agreements.of(request.actor, reference), number)
    data = found.document.encode() if kind == "document" else bytes(getattr(found, kind))
    content_type, ending = PARTS[kind]
    name = f"{reference}-{number}-{kind}.{ending}"
    return _file(data, content_type, name)


def statement(
    request: ActingRequest, reference: str, number: int, organisation: str
) -> HttpResponseBase:
    found = agreements.version(agreements.of(request.actor, reference), number)
    data = signing.to_bytes(signatures.statement_for(found, organisation))
    name = f"{reference}-{number}-{organisation}.txt"
    return _file(data, "text/plain; charset=us-ascii", name)


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
