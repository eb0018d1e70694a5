"""The source documents: what each states, where the platform holds it, and what of it is in doubt."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from crossforce.kernel import clock, registry, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import downloads, jinja
from crossforce.register import catalogues, choices, queries
from crossforce.register.rules.statements import InRecord, Source


@web.public
def sources(request: HttpRequest) -> HttpResponse:
    """The source documents that the register rests on."""
    context = {"sources": catalogues.sources(), "words": choices}
    return web.page(request, "register/sources.html", context)


@web.public
def source(request: HttpRequest, number: str) -> HttpResponse:
    """One source document: its statements, where each is held, and its queries."""
    found = _source(number)
    references = sorted({each.agreement for row in found.row for each in row.agreements})
    kinds = {each.name: each for each in registry.record_kinds}
    context: dict[str, Any] = {
        "source": found,
        "titles": queries.titles(references, clock.now(), jinja.language()),
        "kinds": kinds,
        "address": address,
        "words": choices,
    }
    return web.page(request, "register/source.html", context)


@web.public
def source_json(request: HttpRequest, number: str) -> HttpResponse:
    """One source document as JSON."""
    return downloads.json(f"source-{number}.json", _source(number).model_dump(mode="json"))


@web.public
def sources_json(request: HttpRequest) -> HttpResponse:
    """All source documents as JSON."""
    found = [each.model_dump(mode="json") for each in catalogues.sources().values()]
    return downloads.json("sources.json", {"format": 1, "sources": found})


def address(held: InRecord) -> str:
    """Where whoever may see it finds the record."""
    return f"{reverse('records:list')}?{urlencode({'kind': held.kind, 'q': held.words})}"


def _source(number: str) -> Source:
    found = catalogues.sources().get(number)
    if found is None:
        raise Missing
    return found
