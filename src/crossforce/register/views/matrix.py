"""Who takes part in what: the participation matrix, as a table and on a map, on any day."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import jinja
from crossforce.register import choices, queries, rules
from crossforce.register.views import exports


@web.public
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Function by force on a day, for a region or for all; `?format=csv` and `json` export it."""
    asked = Asked(request)
    everyone = queries.participants(asked.at, region=asked.region, reference=asked.reference)
    grid = rules.grid(everyone, asked.at)
    if asked.format in exports.FORMATS:
        return exports.matrix(asked.format, grid, asked.day)
    facets = queries.facets(jinja.language())
    shown = {code: grid[code] for code in facets.functions if code in grid}
    columns = [force for force in facets.forces if any(force in row for row in grid.values())]
    references = sorted(
        {p.reference for row in grid.values() for c in row.values() for p in c.participants}
    )
    named = [*references, asked.reference] if asked.reference else references
    titles = queries.titles(named, asked.at, jinja.language())
    days = [civil.day_of(each) for each in rules.changes(everyone)]
    context: dict[str, Any] = {
        "asked": asked,
        "grid": shown,
        "columns": columns,
        "facets": facets,
        "titles": titles,
        "only": titles.get(asked.reference, ""),
        "earlier": max((day for day in days if date.min < day < asked.day), default=None),
        "later": min((day for day in days if day > asked.day), default=None),
        "shapes": reverse("organisations:areas"),
        "words": choices,
    }
    return web.page(request, "register/matrix.html", context)


@web.public
def areas(request: HttpRequest) -> HttpResponse:
    """For the map: how each force takes part on the day, in one function or in any."""
    asked = Asked(request)
    some = queries.participants(
        asked.at, region=asked.region, function=asked.function, reference=asked.reference
    )
    grid = rules.grid(some, asked.at)
    return JsonResponse({"day": asked.day.isoformat(), "forces": rules.by_force(grid)})


class Asked:
    """The day, region and function of a request. What is not understood is today, all, any."""

    def __init__(self, request: HttpRequest) -> None:
        self.region = request.GET.get("region", "").replace("\x00", "")[:100]
        self.function = request.GET.get("function", "").replace("\x00", "")[:100]
        self.reference = request.GET.get("reference", "").replace("\x00", "")[:100]
        self.format = request.GET.get("format", "")
        self.error = ""
        self.day = self._day(request)

    def _day(self, request: HttpRequest) -> date:
        given = request.GET.get("on", "").strip()
        today = civil.day_of(clock.now())
        if not given:
            return today
        try:
            day = date.fromisoformat(given)
        except ValueError:
            self.error = given[:20]
            return today
        return min(max(day, date(1900, 1, 1)), date(2200, 1, 1))

    def link(self, **changes: object) -> str:
        """This page with some of its questions changed."""
        asked = {
            "on": self.day,
            "region": self.region,
            "function": self.function,
            "reference": self.reference,
        }
        return "?" + urlencode(
            {name: value for name, value in (asked | changes).items() if value}
        )

    @property
    def areas(self) -> str:
        """Where the map asks which forces take part."""
        return reverse("register:areas") + self.link()

    @property
    def at(self) -> datetime:
        """The first instant of the day."""
        return civil.instant(self.day)
