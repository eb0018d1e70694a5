"""What units need at least, when there will be too few, and setting it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from crossforce.agreements import catalogues
from crossforce.duty import forms
from crossforce.duty.choices import MARKING
from crossforce.duty.operations import cover as operations
from crossforce.duty.operations.cover import NewCover
from crossforce.duty.queries import cover as covers
from crossforce.duty.views import naming, queried
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import jinja, marks
from crossforce.kernel.web.lists import column
from crossforce.people.api import ActingRequest

DAYS: Final = 7
ASKED: Final = ("days", "force", "unit", "function")
DAY_NAMES: Final = dict(forms.WEEKDAYS)


@marks.in_english
def cover(request: ActingRequest) -> HttpResponseBase:
    """The minimum cover of units, and the gaps ahead."""
    form = forms.DaysAsked(request.GET, most=covers.MOST_DAYS)
    form.is_valid()
    wanted, at = queried.wanted(form), clock.now()
    days = form.cleaned_data.get("days") or DAYS
    if queried.is_file(request, form):
        return _file(covers.taken_out(request.actor, at, days, wanted).gaps)
    needed = covers.cover(request.actor, wanted)
    short = covers.shortfalls(request.actor, at, days, wanted)
    named = naming.names({e.holder for e in needed}, {e.unit for e in needed}, civil.day_of(at))
    given = queried.said(request, ASKED, days=days)
    context = {
        "needed": needed,
        "gaps": short.gaps,
        "hidden": short.hidden,
        "untold": short.untold,
        "told_until": short.told_until,
        "days": days,
        "names": named,
        "weekdays": weekdays,
        "given": given,
        "errors": queried.errors(form),
        "choices": {
            "unit": sorted((e, named.unit(e)) for e in {e.unit for e in needed}),
            "function": sorted(
                (e, named.function(e)) for e in {e.function for e in needed} if e
            ),
        },
        "may_set": covers.may_set(request.actor),
        "marking": MARKING,
        "csv": queried.file_link(given),
    }
    return web.page(request, "duty/cover.html", context, status=422 if form.errors else 200)


@marks.in_english
def set_cover(request: ActingRequest) -> HttpResponse:
    """Say how many a unit needs."""
    form = _form(request, {"weekdays": list("1234567")}, covers.units_to_set(request.actor))
    return _asked(
        request,
        form,
        "Set minimum cover",
        lambda new: operations.set_cover(actor=request.actor, new=new, at=clock.now()),
    )


@marks.in_english
def change(request: ActingRequest, cover: UUID) -> HttpResponse:
    """Say that a unit needs more, fewer, or others."""
    row = covers.one_cover(request.actor, cover)
    covers.require_setting(request.actor)
    first = {
        "unit": row.unit,
        "function": row.function,
        "weekdays": list(row.weekdays),
        "begins": f"{row.begins:%H:%M}",
        "ends": f"{row.ends:%H:%M}",
        "minimum": row.minimum,
        "skill": row.skill,
        "authority": row.authority,
    }
    named = naming.names((), [row.unit], civil.day_of(clock.now()))
    form = _form(request, first, [(row.unit, named.unit(row.unit))])

    def save(new: NewCover) -> None:
        version = web.forms.version_sent(request)
        operations.change_cover(
            actor=request.actor, cover=cover, version=version, new=new, at=clock.now()
        )

    return _asked(request, form, "Change minimum cover", save, row.version)


def _form(
    request: ActingRequest, first: Mapping[str, Any], units: Iterable[tuple[str, str]]
) -> forms.CoverGiven:
    data = request.POST if request.method == "POST" else None
    form = forms.CoverGiven(data, initial=dict(first))
    words = sorted(
        (jinja.in_language(title), code) for code, title in catalogues.functions().items()
    )
    forms.choose(form, "unit", [("", "Choose a unit"), *units])
    forms.choose(form, "function", [("", ""), *((code, title) for title, code in words)])
    named = naming.names((), (), civil.day_of(clock.now()))
    for name, titles in (("skill", named.skills), ("authority", named.authorities)):
        listed = sorted((title, code) for code, title in titles.items())
        forms.choose(form, name, [("", ""), *((code, title) for title, code in listed)])
    return form


def _asked(
    request: ActingRequest,
    form: forms.CoverGiven,
    title: str,
    save: Callable[[NewCover], Any],
    version: int | None = None,
) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        save(NewCover(**{**given, "weekdays": "".join(sorted(given["weekdays"]))}))
        return redirect("duty:cover")
    context = {"title": title, "marking": MARKING}
    return web.form_page(request, "duty/cover-form.html", form, context, version=version)


def weekdays(codes: str) -> str:
    """`every day`, `Monday to Friday`, or the days by name."""
    if codes == "1234567":
        return "Every day"
    if len(codes) > 2 and codes in "1234567":
        return f"{DAY_NAMES[codes[0]]} to {DAY_NAMES[codes[-1]]}"
    return ", ".join(DAY_NAMES[each] for each in codes)


def _file(gaps: Sequence[Any]) -> HttpResponseBase:
    columns = [
        column("Marking", lambda gap: MARKING),
        column("Unit", lambda gap: gap.unit),
        column("Function", lambda gap: gap.function),
        column("Skill", lambda gap: gap.skill),
        column("Authority", lambda gap: gap.authority),
        column("From", lambda gap: gap.starts_at.astimezone(civil.LONDON)),
        column("Until", lambda gap: gap.ends_at.astimezone(civil.LONDON)),
        column("Or later", lambda gap: "yes" if gap.is_open else ""),
        column("On duty", lambda gap: gap.has),
        column("Needed", lambda gap: gap.minimum),
    ]
    day = f"{civil.day_of(clock.now()):%Y-%m-%d}"
    return web.downloads.csv(f"gaps-ahead-{day}-{MARKING}.csv", columns, gaps)
