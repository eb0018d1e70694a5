"""The list of benefits, the portfolio, and one benefit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.agreements.api import titles as called
from crossforce.benefits.choices import Light, Span, Status
from crossforce.benefits.queries import benefits, portfolio, standings
from crossforce.benefits.queries.benefits import Wanted
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules import statuses
from crossforce.benefits.views.acting import force_named, whom, words
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.lists import column
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only("agreement", "owner", "light", "page", "format")
def listed(request: ActingRequest) -> HttpResponseBase:
    """The benefits that the reader may see, each with its light."""
    given = {
        "agreement": request.GET.get("agreement", "").strip()[:120],
        "owner": request.GET.get("owner", "").strip()[:120],
        "light": asking.one_of(request, "light", [each.value for each in Light]),
    }
    asked = {name: value for name, value in given.items() if value}
    wanted, on = (
        Wanted(given["agreement"], given["owner"], given["light"]),
        civil.day_of(clock.now()),
    )
    if asking.one_of(request, "format", ("csv",)):
        return _file(
            request, f"benefits-{on}", partial(benefits.taken_out, request.actor, wanted, on)
        )
    ask = partial(benefits.page, request.actor, wanted, on, asking.number(request, "page"))
    page, marking = records.marked(request.actor, ask)
    owners = (each.row.owner for each in page.found)
    named = _chosen(given["agreement"], (each.row.agreement for each in page.found))
    agreements = called(request.actor, named)
    context = {
        **words(marking),
        "page": page,
        "found": page.found,
        "counted": standings.lights_of(page.found),
        "given": given,
        "agreements": _named(named, agreements),
        "owners": [(each, each) for each in _chosen(given["owner"], owners)],
        "link": lambda number: "?" + urlencode({**asked, "page": number}),
        "may_add": benefits.may_add(request.actor),
        "csv": "?" + urlencode({**asked, "format": "csv"}),
    }
    return web.page(request, "benefits/list.html", context)


def _chosen(given: str, found: Iterable[str]) -> list[str]:
    """What to choose from: those that are shown, and what was chosen."""
    return sorted({*found, given} - {""})


def _named(codes: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each code by its name, where it has one, in order of name."""
    return sorted(((each, names.get(each, each)) for each in codes), key=lambda each: each[1])


@marks.in_english
@asking.only("format")
def together(request: ActingRequest) -> HttpResponseBase:
    """What all benefits come to, by force and by collaboration."""
    if asking.one_of(request, "format", ("csv",)):
        return _sums(request)
    ask = partial(portfolio.portfolio, request.actor, Wanted(), clock.now())
    found, marking = records.marked(request.actor, ask)
    references = (each.row.agreement for each in found.standings)
    agreements = called(request.actor, references)
    context = {
        **words(marking),
        "found": found,
        "programme_named": lambda code: "All together",
        "titles": {each.profile.reference: each.row for each in found.standings},
        "collaboration_named": lambda code: agreements.get(code, code) or "No agreement",
    }
    return web.page(request, "benefits/portfolio.html", context)


@marks.in_english
def show(request: ActingRequest, key: UUID) -> HttpResponse:
    """One benefit: its light with the rule, its periods, changes, and where its cash went."""
    ask = partial(benefits.shown, request.actor, key, civil.day_of(clock.now()))
    found, marking = records.marked(request.actor, ask)
    standing = found.standing
    unit = standing.profile.measure.unit if standing.profile.measure else ""
    moves = statuses.MOVES[Status(standing.row.status)]
    context = {
        **words(marking),
        "found": found,
        "one": standing,
        "row": standing.row,
        "profile": standing.profile,
        "unit": unit,
        "benefits_whom": ", ".join(map(whom, standing.profile.beneficiaries)) or "Nobody yet",
        "agreements": called(request.actor, [standing.row.agreement]),
        "bar": _bar(standing),
        "evidence": _evidence(standing),
        "may_move": found.may_edit and bool(moves),
    }
    return web.page(request, "benefits/show.html", context)


def _evidence(of: Standing) -> dict[Span, str]:
    """What shows the figure of each period, of several forces each by name, and who is missing."""
    found: dict[Span, list[str]] = {}
    for each in of.readings:
        named = f"{force_named(each.force)}: {each.evidence}" if each.force else each.evidence
        found.setdefault(Span(each.starts_on, each.ends_on), []).append(named)
    for span, forces in of.waiting.items():
        found[span].append(f"not counted before {', '.join(map(force_named, forces))} reported")
    return {span: "; ".join(said) for span, said in found.items()}


def _bar(of: Standing) -> Callable[[Fraction | None], float]:
    """How long a bar of the chart is, of a thousand; a loss has none."""
    found = [abs(step.planned_so_far) for step in of.found.steps]
    found += [abs(s.realised_so_far) for s in of.found.steps if s.realised_so_far is not None]
    most = max(found, default=Fraction(0)) or Fraction(1)
    return lambda value: round(float(1000 * max(value or 0, Fraction(0)) / most), 1)


NAMELESS = {
    "All together": "",
    "Force": "divided among nobody",
    "Collaboration": "no agreement",
}
"""What has no code."""


def _sums(request: ActingRequest) -> HttpResponseBase:
    """A line for each sum of the programme, of each force and of each collaboration."""
    columns = [
        column("Of", lambda each: each[0]),
        column("Code", lambda each: each[1].name or NAMELESS[each[0]]),
        column("Class", lambda each: each[2].benefit_class.value),
        column("Unit", lambda each: each[2].unit),
        column("Promised so far", lambda each: each[2].planned),
        column("Realised so far", lambda each: each[2].realised),
    ]
    at = clock.now()
    ask = partial(portfolio.taken_out, request.actor, Wanted(), at)
    name = f"benefits-portfolio-{civil.day_of(at)}"
    return records.marked_file(request.actor, name, columns, lambda: _lines(ask()))


def _lines(found: portfolio.Portfolio) -> list[Any]:
    views = [
        ("All together", [found.programme]),
        ("Force", found.forces),
        ("Collaboration", found.collaborations),
    ]
    return [(of, view, each) for of, several in views for view in several for each in view.sums]


def _file(
    request: ActingRequest, name: str, ask: Callable[[], Sequence[Standing]]
) -> HttpResponseBase:
    columns = [
        column("Reference", lambda each: each.row.code),
        column("Title", lambda each: each.row.title),
        column("Agreement", lambda each: each.row.agreement),
        column("Class", lambda each: each.row.benefit_class),
        column("Owner", lambda each: each.row.owner),
        column("Status", lambda each: each.status.value),
        column("Light", lambda each: each.signal.light.value),
        column("Rule", lambda each: each.signal.words),
        column("Trend", lambda each: each.trend.value),
        column("Unit", lambda e: e.profile.measure.unit if e.profile.measure else ""),
        column("Planned so far", lambda each: float(each.found.planned)),
        column("Realised so far", lambda each: float(each.found.realised)),
        column("Counted in", lambda each: each.row.counted_in),
    ]
    return records.marked_file(request.actor, name, columns, ask)
