"""Who looked: at a record, by somebody, at what is about somebody. For whoever answers for the records."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.kernel import clock, web
from crossforce.kernel.web import lists
from crossforce.oversight import operations
from crossforce.oversight.views import asking, choosing, lines
from crossforce.people import api as people
from crossforce.people.api import ActingRequest

LISTING: Final = lists.Listing(
    name="who-looked-OFFICIAL-SENSITIVE",
    columns=lines.COLUMNS,
    filters=[lines.OPERATION, lines.SHOWN, lines.SINCE, lines.UNTIL],
    sort="-at",
)


def start(request: ActingRequest) -> HttpResponse:
    """Where a question begins: a record's identifier, or a person's name or number."""
    people.require(request.actor, operations.AUDIT)
    given = {name: request.GET.get(name, "").strip()[:200] for name in ("record", "person")}
    identifier = lines.uuid_in(given["person"])
    context = {
        "given": given,
        "record": lines.uuid_in(given["record"]),
        "hits": choosing.records_called(request.actor, given["record"]),
        "person": identifier,
        "found": [] if identifier else choosing.people_called(request.actor, given["person"]),
        "may_name": request.actor.may("people.view"),
    }
    return web.page(request, "oversight/looks/start.html", context)


def record(request: ActingRequest, record: UUID) -> HttpResponseBase:
    """Everybody who touched one record."""
    words = ("Who looked at this record", f"Record {record}")
    return _report(request, words, record=record)


def by(request: ActingRequest, staff: UUID) -> HttpResponseBase:
    """What one of the own people touched."""
    words = ("What this person looked at", f"Member of staff {staff}")
    return _report(request, words, staff=staff)


def about(request: ActingRequest, person: UUID) -> HttpResponseBase:
    """Everybody who touched a record about one person."""
    words = ("Who looked at records about this person", f"Person {person}")
    return _report(request, words, about=person)


def _report(request: ActingRequest, words: tuple[str, str], **about: UUID) -> HttpResponseBase:
    asking.require(request.GET, LISTING.filters)

    def query(asked: lists.Asked) -> lists.Found:
        answer = operations.who_looked(
            actor=request.actor,
            question=lines.question(dict(asked.filters), **about),
            page=lines.page_of(asked),
            at=clock.now(),
        )
        return lines.found(answer)

    context = {
        "title": words[0],
        "caption": words[1],
        "counted": lines.COUNTED,
        "is_of_record": "record" in about,
    }
    return LISTING.answer(request, query, "oversight/looks/report.html", context)
