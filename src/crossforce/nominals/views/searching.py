"""Search for a person, a vehicle, a place or a number: one box, results as one types, the same as a file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.lists import column
from crossforce.nominals.forms import searching as questions
from crossforce.nominals.forms.searching import Asked
from crossforce.nominals.operations import taking_out
from crossforce.nominals.queries import loads, searching
from crossforce.nominals.queries.searching import Found, Seen
from crossforce.nominals.views import addressing, naming
from crossforce.people.api import ActingRequest

UNPROCESSABLE: Final = 422
PAGE, FORMAT = "page", "format"


@marks.in_english
@marks.repeatable
@asking.only(addressing.OF, PAGE, FORMAT)
def search(request: ActingRequest) -> HttpResponseBase:
    """Who or what answers, across forces, as far as clauses reach whoever asks.

    What is asked is sent, and led to the address of its answer, which says nothing of it.
    """
    if request.method == "POST":
        asked = _read(request.POST)
        if asked.is_any and not asked.error:
            return redirect(addressing.link(request.actor, asked.given, clock.now()))
        if not asked.is_any:
            asked = replace(asked, error=questions.NOTHING)
    else:
        asked = _of_address(request)
    if request.GET.get(FORMAT) == "csv":
        return _file(request, asked)
    return _own(_answered(request, asked))


@marks.in_english
@marks.repeatable
@require_POST
def typed(request: ActingRequest) -> HttpResponse:
    """Who or what may be meant by a line that is still being written: a part of the page."""
    asked = questions.read({"q": request.POST.get("q", "")}, at=_today(), is_typed=True)
    found = Found()
    if not asked.wanted.is_empty:
        found = searching.suggest(request.actor, asked.wanted)
    context = {"found": found, "named": naming, "asked": asked}
    return _own(web.page(request, "nominals/typed.html", context))


def _answered(request: ActingRequest, asked: Asked) -> HttpResponse:
    found = Found()
    if asked.is_any and not asked.error:
        found = searching.find(request.actor, asked.wanted, page=asked.page, kinds=asked.kinds)
    context = {
        "button": web.forms.bare(request),
        "asked": asked,
        "found": found,
        "named": naming,
        "fields": questions.FIELDS,
        "kinds": questions.TITLES,
        "may_take_out": bool(searching.may_take_out(found.seen)),
        "may_see_loads": loads.may_see(request.actor),
        "of": request.GET.get(addressing.OF, ""),
    }
    status = UNPROCESSABLE if asked.error else 200
    return web.page(request, "nominals/search.html", context, status=status)


def _of_address(request: ActingRequest) -> Asked:
    """What the address asks. Raises Lapsed."""
    given: dict[str, str] = {}
    if of := request.GET.get(addressing.OF):
        given = addressing.opened(request.actor, of, clock.now())
    return _read({**given, PAGE: request.GET.get(PAGE, "")})


def _read(given: Mapping[str, str]) -> Asked:
    return questions.read(given, at=_today())


def _today() -> Any:
    return civil.day_of(clock.now())


def _file(request: ActingRequest, asked: Asked) -> HttpResponseBase:
    """What was found, as CSV: each line with its marking. A disclosure to one's own organisation."""
    done = taking_out.take_out(
        actor=request.actor, wanted=asked.wanted, kinds=asked.kinds, at=clock.now()
    )
    return web.downloads.csv(f"found-{done.marking}.csv", COLUMNS, done.seen)


def _own(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    return response


def _of_row(name: str) -> Any:
    def value(seen: Seen) -> Any:
        held = getattr(seen.row, name, "")
        return "; ".join(held) if isinstance(held, list) else held

    return value


COLUMNS: Final = [
    column("Marking", lambda seen: seen.place.marking),
    column("Kind", lambda seen: naming.kind(seen.kind)),
    column("Warnings", lambda seen: "; ".join(map(naming.warning, seen.warnings))),
    column("Found", lambda seen: seen.title),
    column("Born", _of_row("born")),
    column("Sex", _of_row("sex")),
    column("Categories", _of_row("categories")),
    column("Held by", lambda seen: seen.holder),
    column("Number", _of_row("number")),
    column("Why", lambda seen: "; ".join(seen.reasons)),
    column("Record", lambda seen: seen.id),
]
