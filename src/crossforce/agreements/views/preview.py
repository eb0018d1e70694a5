"""What a draft or a version changes, on one page that a meeting can read."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse

from crossforce.agreements import preview as pure
from crossforce.agreements.queries import agreements, preview
from crossforce.agreements.views.asking import ActingRequest, of_a_draft
from crossforce.kernel import civil, clock, web
from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import language

YEARS = range(1964, 3000)
ASKED = ("on", "leave")


class NotADay(NotUnderstood):
    """Write the day as in 2027-04-01."""


class NotAsked(NotUnderstood):
    """A preview is asked for with “on” (a day) and “leave” (a force that leaves), and with nothing else."""


@of_a_draft
def draft(request: ActingRequest, reference: str) -> HttpResponse:
    _only_known(request)
    row = agreements.draft_of(request.actor, reference).agreement
    found = preview.of_draft(request.actor, reference, _at(request), leave=_leave(request))
    return _page(request, found, {"agreement": row, "version": None})


def version(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    _only_known(request)
    row = agreements.of(request.actor, reference)
    found = preview.of_version(
        request.actor, reference, number, _at(request), leave=_leave(request)
    )
    return _page(request, found, {"agreement": row, "version": number})


def _page(
    request: ActingRequest, found: pure.Preview, context: dict[str, object]
) -> HttpResponse:
    forces = preview.forces_in(found)
    asked = {"on": request.GET.get("on", ""), "leave": _leave(request)}
    return web.page(
        request,
        "agreements/preview.html",
        context | {"preview": found, "forces": forces, "asked": asked, "names": preview.short},
    )


def _only_known(request: HttpRequest) -> None:
    """An answer to another question than was asked would be taken for evidence."""
    if set(request.GET) - {*ASKED, language.PARAMETER}:
        raise NotAsked


def _at(request: HttpRequest) -> datetime:
    """The beginning of the day asked for; now, if none is."""
    asked = request.GET.get("on", "").strip()
    if not asked:
        return clock.now()
    try:
        day = date.fromisoformat(asked)
    except ValueError as error:
        raise NotADay from error
    if day.year not in YEARS:
        raise NotADay
    return civil.instant(day)


def _leave(request: HttpRequest) -> str:
    return request.GET.get("leave", "").strip()
