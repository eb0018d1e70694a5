"""Hours that forces give to shared units and receive from them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http.response import HttpResponseBase

from crossforce.duty import forms
from crossforce.duty.choices import MARKING
from crossforce.duty.queries.evidence import taken_out
from crossforce.duty.queries.fairness import Fairness, fairness
from crossforce.duty.rules import fairness as rules
from crossforce.duty.rules.fairness import Line, balance_in_hours, in_hours, months_back
from crossforce.duty.views import naming, queried
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import marks
from crossforce.kernel.web.lists import Column, column
from crossforce.people.api import ActingRequest, Actor

MONTHS: Final = 3
DUTIES: Final = "duties"
ASKED: Final = ("since", "months", "force", "unit", "function")


@marks.in_english
def hours(request: ActingRequest) -> HttpResponseBase:
    """What each force gave and received, as a table, bars, and a file."""
    form = forms.HoursAsked(request.GET)
    form.is_valid()
    number = form.cleaned_data.get("months") or MONTHS
    first = _first(form.cleaned_data.get("since") or "", number)
    found = fairness(request.actor, first, number, queried.wanted(form))
    if queried.is_file(request, form):
        return _file(found)
    given = queried.said(request, ASKED, since=f"{found.first:%Y-%m}", months=found.months)
    if request.GET.get("format") == DUTIES and given["unit"] and not form.errors:
        return _duties(request.actor, given, found)
    status = 422 if form.errors else 200
    context = _context(form, found, given)
    return web.page(request, "duty/fairness.html", context, status=status)


def _first(since: str, number: int) -> date:
    if since:
        return date(int(since[:4]), int(since[5:]), 1)
    return months_back(civil.day_of(clock.now()), number - 1)


def _context(
    form: forms.HoursAsked, found: Fairness, given: Mapping[str, str]
) -> Mapping[str, Any]:
    keys = [line.key for line in found.lines]
    units = {*(key.unit for key in keys), *found.hidden}
    named = naming.names({key.force for key in keys}, units, civil.day_of(clock.now()))
    most = max((max(each.given, each.received) for each in found.totals("force")), default=0)
    return {
        "found": found,
        "names": named,
        "most": most,
        "in_hours": in_hours,
        "balance": balance_in_hours,
        "month": lambda code: f"{date.fromisoformat(code):%B %Y}",
        "given": given,
        "errors": queried.errors(form),
        "choices": {
            "force": sorted((code, named.force(code)) for code in {key.force for key in keys}),
            "unit": sorted((code, named.unit(code)) for code in {key.unit for key in keys}),
            "function": sorted(
                (code, named.function(code))
                for code in {key.function for key in keys if key.function}
            ),
        },
        "demand": rules.as_demand(found.totals("force")),
        "marking": MARKING,
        "csv": queried.file_link(given),
        "duties": queried.file_link(given, DUTIES) if given["unit"] else "",
    }


def _file(found: Fairness) -> HttpResponseBase:
    columns: Sequence[Column] = [
        column("Marking", lambda line: MARKING),
        column("Month", lambda line: f"{line.key.month:%Y-%m}"),
        column("Unit", lambda line: line.key.unit),
        column("Function", lambda line: line.key.function),
        column("Force", lambda line: line.key.force),
        column("Hours given", lambda line: _decimal(line.given)),
        column("Hours received", lambda line: _decimal(line.received)),
        column("Hours planned", lambda line: _decimal(line.planned)),
        column("Seconds given", lambda line: line.given),
        column("Seconds received", lambda line: line.received),
        column("Seconds planned", lambda line: line.planned),
    ]
    lines: Sequence[Line] = found.lines
    name = f"hours-{found.first:%Y-%m}-{found.months}-months-{MARKING}.csv"
    return web.downloads.csv(name, columns, lines)


def _duties(actor: Actor, asked: Mapping[str, str], found: Fairness) -> HttpResponseBase:
    """The duties that were counted in one unit, with the digest that a preview names."""
    counted = taken_out(actor, asked["unit"], found.first, found.months, asked["function"])

    columns = [
        column("Marking", lambda entry: MARKING),
        column("Duty", lambda entry: entry.pk),
        column("Version", lambda entry: entry.version),
        column("Force", lambda entry: counted.forces[entry.scope_id]),
        column("Unit", lambda entry: entry.unit),
        column("Function", lambda entry: entry.function),
        column("From", lambda entry: entry.starts_at.astimezone(civil.LONDON)),
        column("Until", lambda entry: entry.ends_at.astimezone(civil.LONDON)),
        column("Seconds", counted.seconds),
        column("Latitude", lambda entry: entry.latitude),
        column("Longitude", lambda entry: entry.longitude),
    ]
    name = f"duties-counted-{asked['unit']}-{found.first:%Y-%m}-{counted.digest}-{MARKING}.csv"
    return web.downloads.csv(name, columns, counted.entries)


def _decimal(seconds: int) -> str:
    return f"{seconds / 3600:.2f}"
