"""The schedules of unused material of a case: what stands on them, what of it waits for whom, and what comes next."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.evidence.choices import SCHEDULES, Schedule
from crossforce.evidence.forms import disclosure as forms
from crossforce.evidence.models import Scheduled
from crossforce.evidence.operations import papers, scheduling
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries.disclosure import Schedules
from crossforce.evidence.rules.disclosure import Standing
from crossforce.kernel import clock, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.shown import Step, Steps
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

PAGE: Final = 100
HEAD: Final = "Number|What it is|Where it is|{}Exhibit|Test|Prosecutor's decision"
SENSITIVE: Final = "Why it is sensitive|"
WAITS: Final[dict[str, tuple[str, Callable[[Standing], bool]]]] = {
    "untested": ("Not tested yet", lambda item: not item.test),
    "again": ("To be looked at again", lambda item: item.is_reopened),
    "prosecutor": ("For the prosecutor to decide", lambda item: item.waits_for_prosecutor),
}


@marks.in_english
@asking.only("waits", "page")
def schedules(request: ActingRequest, case: UUID) -> HttpResponse:
    """The schedules of a case, as far as they are open; posted, one item more."""
    found, marking = records.marked(
        request.actor, lambda: queries.schedules_of(request.actor, case)
    )
    form = forms.UnusedGiven(request.POST or None, has_sensitive=found.has_sensitive)
    if web.acted(form, lambda given: _schedule(request, case, form)):
        return redirect("evidence:disclosure", case)
    waits = asking.one_of(request, "waits", WAITS)
    rows = [each for each in found.items if not waits or WAITS[waits][1](each.standing)]
    steps = _steps(len(rows), asking.number(request, "page"), waits)
    shown = rows[(steps.page - 1) * PAGE : steps.page * PAGE]
    context = {
        "found": found,
        "row": found.case,
        "tables": [_table(found, each, shown) for each in _open(found)],
        "whole": len(rows) == len(shown) and not waits,
        "ways": _ways(found, waits),
        "steps": steps,
        "verdict": _verdict(found),
        "papers": papers.open_of(found),
        "marking": marking,
    }
    return web.form_page(request, "evidence/schedules.html", form, context)


def _schedule(request: ActingRequest, case: UUID, form: forms.UnusedGiven) -> None:
    row = scheduling.schedule(
        actor=request.actor, case=case, new=form.described, at=clock.now()
    )
    messages.success(request, f"It is on {row.schedule.upper()} as number {row.number}.")


def _open(found: Schedules) -> list[Schedule]:
    return list(Schedule) if found.has_sensitive else [Schedule.NOT_SENSITIVE]


def _ways(found: Schedules, waits: str) -> list[tuple[str, str, bool]]:
    """All of them, and what waits for whom: words with how many, the address, and whether it is what is shown."""
    counted = [("", "All", len(found.items))]
    for name, (words, is_so) in WAITS.items():
        counted.append((name, words, sum(is_so(each.standing) for each in found.items)))
    return [
        (f"{words} ({number:,})", f"?waits={name}" if name else "?", name == waits)
        for name, words, number in counted
        if number or name == waits
    ]


def _steps(rows: int, page: int, waits: str) -> Steps:
    """The way through the pages. Raises Missing."""
    last = max(1, -(-rows // PAGE))
    if page > last:
        raise Missing
    front = f"?waits={waits}&page=" if waits else "?page="
    return Steps(
        page,
        f"{front}{page - 1}" if page > 1 else "",
        f"{front}{page + 1}" if page < last else "",
        tuple(Step(each, f"{front}{each}") for each in range(1, last + 1)),
    )


def _verdict(found: Schedules) -> str:
    row = found.certificate
    if row is not None and found.is_certified:
        return f"Certified as it stands by {row.officer}, {dates.instant(row.created_at)}."
    return found.refusal or "Not certified as it stands."


def _table(found: Schedules, schedule: Schedule, shown: list[Scheduled]) -> Table:
    is_sensitive = schedule is Schedule.SENSITIVE
    rows: list[Any] = [
        [
            Cell(str(row.number), reverse("evidence:unused", args=[row.pk])),
            row.description,
            row.location,
            *([row.why_sensitive] if is_sensitive else []),
            _exhibit(found, row),
            papers.tested(row),
            papers.decided(row),
        ]
        for row in shown
        if row.schedule == schedule
    ]
    return Table(
        SCHEDULES[schedule], heads(HEAD.format(SENSITIVE if is_sensitive else "")), rows
    )


def _exhibit(found: Schedules, row: Scheduled) -> Any:
    if row.exhibit is None:
        return "–"
    reference = found.exhibits.get(row.exhibit)
    if reference is None:
        return "Not open to you"
    return Cell(reference, reverse("evidence:exhibit", args=[row.exhibit]))
