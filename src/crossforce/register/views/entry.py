"""One agreement of the register, and all of it to take away."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from crossforce.agreements import api as agreements
from crossforce.kernel import clock, web
from crossforce.kernel.web import downloads, jinja
from crossforce.organisations import api as organisations
from crossforce.register import choices, models, queries, rules
from crossforce.register.kinds import beside


@web.public
def agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """What is public of one agreement: parties, who takes part, clauses, sources."""
    at, language = clock.now(), jinja.language()
    found = queries.entry(reference, at)
    view = rules.in_language(found.view, language)
    relations = [each["reference"] for each in view["relations"]]
    context: dict[str, Any] = {
        "entry": found,
        "view": view,
        "state": queries.state(found, at),
        "versions": queries.versions(reference),
        "titles": queries.titles(relations, at, language),
        "words": choices,
        "leaving": _leaving(found, at, language),
        "beside": [(each.title, each.of(reference)) for each in beside],
    }
    return web.page(request, "register/agreement.html", context)


def _leaving(found: models.Entry, at: datetime, language: str) -> list[tuple[str, date]]:
    """Who has given notice, by name, with its last day."""
    given = agreements.leaving(found.reference, found.version, at)
    if not given:
        return []
    directory = organisations.directory()
    known = [(code, directory.get(code), last) for code, last in given]
    return [
        (body.name.in_language(language) if body else code, last) for code, body, last in known
    ]


@web.public
def agreement_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The public view of one agreement as JSON, in both languages."""
    found = queries.entry(reference, clock.now())
    return downloads.json(f"{reference}.json", _public(found))


@web.public
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreement's public text as TOML, where the whole of it is published. Raises Missing."""
    found = queries.entry(reference, clock.now())
    text = queries.document(found)
    return downloads.file(f"{reference}.toml", text.encode(), "application/toml")


@web.public
def everything(request: HttpRequest) -> HttpResponse:
    """The whole register as JSON, in both languages."""
    entries = queries.everything(clock.now())
    return downloads.json(
        "register.json", {"format": 1, "agreements": [_public(e) for e in entries]}
    )


def _public(found: Any) -> dict[str, Any]:
    return queries.plain(found, clock.now())
