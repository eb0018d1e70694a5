"""Who is on duty: a table, a timeline, a map; and the same as a file."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from crossforce.duty import queries
from crossforce.duty.queries import Board, OnDuty
from crossforce.duty.views import asking, drawing, naming
from crossforce.duty.views.asking import Asked
from crossforce.kernel import civil, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import marks
from crossforce.kernel.web.lists import Column, column
from crossforce.people.api import ActingRequest

FRAGMENT, ROWS, FORMAT = "fragment", "rows", "format"
UNPROCESSABLE: Final = 422


@marks.in_english
def board(request: ActingRequest) -> HttpResponseBase:
    """Everybody on duty whom whoever asks may see, now or at an instant."""
    asked = asking.asked(request)
    if request.GET.get(FORMAT) == "csv":
        return _file(request, asked)
    drawn = drawing.shown(request.actor, asked)
    if asked.page > drawn.pages:
        raise Missing
    if request.GET.get(FRAGMENT) == ROWS:
        return _uncached(HttpResponse(drawing.part(drawn, request)))
    context = {**drawing.context(drawn), "choices": drawing.choices(drawn)}
    status = UNPROCESSABLE if asked.errors else 200
    return _uncached(web.page(request, "duty/board.html", context, status=status))


def _uncached(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    return response


def _file(request: ActingRequest, asked: Asked) -> HttpResponseBase:
    """The whole board as CSV: one line a person, each with its marking."""
    found = queries.taken_out(request.actor, asked.at, asked.wanted)
    named = naming.names(found.forces, found.units, civil.day_of(found.at))
    at = found.at.astimezone(civil.LONDON)
    name = f"on-duty-{at:%Y-%m-%d-%H%M}-{found.marking}.csv"
    return web.downloads.csv(name, _columns(found, named), found.rows)


def _columns(found: Board, named: naming.Names) -> Sequence[Column]:
    def codes(row: OnDuty, name: str) -> str:
        return " ".join(sorted(getattr(row.able, name)))

    since = [
        column("Since", lambda row: naming.since(row, found.at)),
        column("Then", lambda row: "; ".join(naming.then(row, named))),
    ]
    return [
        column("Marking", lambda row: found.marking),
        column("Instant", lambda row: found.at),
        column("Force", lambda row: named.force(row.force)),
        column("Unit", lambda row: named.unit(row.entry.unit)),
        column("Function", lambda row: named.function(row.entry.function)),
        column("Call sign", lambda row: row.entry.call_sign),
        column("Name", lambda row: row.entry.name),
        column("Number", lambda row: row.entry.number),
        column("Role", lambda row: row.entry.role),
        column("Availability", lambda row: naming.AVAILABILITY[row.availability][0]),
        column("Status", lambda row: row.entry.status),
        column("From", lambda row: row.entry.starts_at.astimezone(civil.LONDON)),
        column("Until", lambda row: row.entry.ends_at.astimezone(civil.LONDON)),
        column("Where", lambda row: row.entry.location),
        column("Latitude", lambda row: row.entry.latitude),
        column("Longitude", lambda row: row.entry.longitude),
        column("Skills", lambda row: codes(row, "skills")),
        column("Authorities", lambda row: codes(row, "authorities")),
        column("Not valid", lambda row: codes(row, "barred")),
        column("Duty", lambda row: row.entry.pk),
        *(since if found.is_past else ()),
    ]
