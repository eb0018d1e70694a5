"""Who must requalify, in what, and by when."""

from collections.abc import Mapping
from typing import Any, Final

from django.http.response import HttpResponseBase

from crossforce.duty import forms
from crossforce.duty.choices import MARKING
from crossforce.duty.queries.expiring import Due, Expiring, expiring, taken_out
from crossforce.duty.views import naming, queried
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import marks
from crossforce.kernel.web.lists import column
from crossforce.people.api import ActingRequest
from crossforce.people.choices import AuthorityState

DAYS: Final = 90
ASKED: Final = ("days", *queried.WHOM)
STATES: Final = {
    AuthorityState.VALID: ("Lapses", "yellow"),
    AuthorityState.EXPIRED: ("Expired", "red"),
    AuthorityState.SUSPENDED: ("Suspended", "red"),
    AuthorityState.SKILL_MISSING: ("Not valid: a required skill is not in date", "red"),
    AuthorityState.NOT_YET: ("Not yet", "grey"),
}


@marks.in_english
def requalification(request: ActingRequest) -> HttpResponseBase:
    """The requalification list, what is gone first, and how much falls to each unit."""
    form = forms.DaysAsked(request.GET)
    form.is_valid()
    days = form.cleaned_data.get("days") or DAYS
    wanted, at = queried.wanted(form), clock.now()
    if queried.is_file(request, form):
        return _file(taken_out(request.actor, at, days, wanted))
    found = expiring(request.actor, at, days, wanted)
    status = 422 if form.errors else 200
    return web.page(
        request, "duty/expiring.html", _context(request, form, found), status=status
    )


def _named(found: Expiring) -> naming.Names:
    forces, units = {e.force for e in found.rows}, {e.entry.unit for e in found.rows}
    return naming.names(forces, units, civil.day_of(found.at))


def _context(
    request: ActingRequest, form: forms.DaysAsked, found: Expiring
) -> Mapping[str, Any]:
    named = _named(found)
    given = queried.said(request, ASKED, days=found.days)
    held = found.rows
    codes = {each.lapse.code: each.lapse.is_authority for each in held}
    return {
        "found": found,
        "names": named,
        "states": STATES,
        "given": given,
        "errors": queried.errors(form),
        "choices": {
            "force": sorted((each, named.force(each)) for each in {e.force for e in held}),
            "unit": sorted((each, named.unit(each)) for each in {e.entry.unit for e in held}),
            "skill": sorted(
                (code, named.skill(code)) for code, is_ in codes.items() if not is_
            ),
            "authority": sorted(
                (code, named.authority(code)) for code, is_ in codes.items() if is_
            ),
        },
        "marking": MARKING,
        "csv": queried.file_link(given),
    }


def _file(found: Expiring) -> HttpResponseBase:
    def until(row: Due) -> Any:
        return row.lapse.until.astimezone(civil.LONDON) if row.lapse.until else ""

    columns = [
        column("Marking", lambda row: MARKING),
        column("Until", until),
        column("State", lambda row: row.lapse.state.value),
        column("What", lambda row: "authority" if row.lapse.is_authority else "skill"),
        column("Code", lambda row: row.lapse.code),
        column("Lacks", lambda row: " ".join(row.lapse.wanting)),
        column("Name", lambda row: row.entry.name),
        column("Number", lambda row: row.entry.number),
        column("Force", lambda row: row.force),
        column("Unit", lambda row: row.entry.unit),
        column("Function", lambda row: row.entry.function),
    ]
    day = f"{civil.day_of(found.at):%Y-%m-%d}"
    return web.downloads.csv(f"requalification-{day}-{MARKING}.csv", columns, found.rows)
