"""People who ask for what is held about them: requests with their days, what was found and is answered, and the extract."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.evidence.answering import extracted
from crossforce.evidence.choices import ANSWERS, COPIED, GROUNDS, SUBJECT_REQUEST
from crossforce.evidence.forms.subjects import AnswerGiven
from crossforce.evidence.models import SubjectAnswer, SubjectRequest
from crossforce.evidence.operations import extracting, subjects
from crossforce.evidence.operations.subjects import NewAnswer
from crossforce.evidence.queries import subjects as queries
from crossforce.evidence.queries.subjects import Held, SubjectFile
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def listed(request: ActingRequest) -> HttpResponse:
    """The requests that one may read, what is due soonest first."""
    today = civil.day_of(clock.now())
    found, marking = records.marked(request.actor, lambda: queries.requests(request.actor))
    rows: list[Any] = [
        [
            Cell(row.request_reference, reverse("evidence:subject", args=[row.pk])),
            row.subject,
            dates.day(row.received_on),
            _by_when(row, due, today),
        ]
        for row, due in found
    ]
    table = Table("Subject access requests", heads("Request|Who asks|Came|Answer"), rows)
    context = {"table": table, "kind": SUBJECT_REQUEST, "marking": marking}
    return web.page(request, "evidence/subjects.html", context)


@marks.in_english
@asking.only("also")
def request(request: ActingRequest, request_id: UUID) -> HttpResponse:
    """One request: what was found, and what is answered of it; posted, what is answered of some of it."""
    also = request.GET.get("also", "").strip()[:120]
    found, marking = records.marked(
        request.actor, lambda: queries.request_of(request.actor, request_id, also)
    )
    form = AnswerGiven(request.POST or None, found=[_choice(each) for each in found.held])
    if web.acted(form, partial(_settle, request, request_id, also)):
        messages.success(request, "It is written down. Somebody else approves it.")
        return redirect("evidence:subject", request_id)
    context = {
        "found": found,
        "row": found.row,
        "also": also,
        "facts": _facts(found),
        "table": _table(found),
        "may_approve": subjects.may_approve(request.actor, found),
        "approving": web.forms.bare(request),
        "marking": marking,
    }
    return web.form_page(request, "evidence/subject.html", form, context)


@marks.in_english
@require_POST
def approve(request: ActingRequest, request_id: UUID) -> HttpResponse:
    """Approve what is answered."""
    number = subjects.approve(actor=request.actor, request=request_id, at=clock.now())
    told = "1 answer is" if number == 1 else f"{number:,} answers are"
    messages.success(request, f"{told} approved.")
    return redirect("evidence:subject", request_id)


@marks.in_english
@marks.repeatable
@require_POST
def extract(request: ActingRequest, request_id: UUID) -> HttpResponseBase:
    """The extract to hand over. Each is a disclosure of its own."""
    return extracted(extracting.make(actor=request.actor, request=request_id, at=clock.now()))


def _settle(
    request: ActingRequest, request_id: UUID, also: str, given: Mapping[str, Any]
) -> None:
    new = NewAnswer(**{**given, "items": frozenset(map(UUID, given["items"]))})
    subjects.settle(actor=request.actor, request=request_id, new=new, at=clock.now(), also=also)


def _by_when(row: SubjectRequest, due: date | None, today: date) -> str:
    if row.answered_on is not None:
        return f"Answered on {dates.day(row.answered_on)}"
    if due is None:
        return "Waits for who asks, or for what is meant"
    return f"{'Overdue since' if due < today else 'By'} {dates.day(due)}"


def _facts(found: SubjectFile) -> list[tuple[str, str]]:
    row = found.row
    return [
        ("Who asks", row.subject),
        ("Came on", dates.day(row.received_on)),
        ("Answer", _by_when(row, found.due, civil.day_of(clock.now()))),
        ("Longer because", row.extended_why or "–"),
        ("Searched for", "; ".join(filter(None, [row.subject, *row.known_by.splitlines()]))),
    ]


def _choice(each: Held) -> tuple[str, str]:
    exhibit = f"{each.exhibit.exhibit_reference}: " if each.exhibit else ""
    return str(each.item.pk), f"{exhibit}{each.item.name}"


def _table(found: SubjectFile) -> Table:
    rows: list[Any] = [
        [
            Cell(each.item.name, reverse("evidence:item", args=[each.item.pk])),
            _exhibit(each),
            _copies(each),
            _answer(each.answer),
            _approved(each.answer),
        ]
        for each in found.held
    ]
    head = heads("Digital original|Exhibit|Redacted copies|Answer|Approved")
    return Table("What was found", head, rows)


def _exhibit(each: Held) -> str:
    """Of a copy that another force gave, too: that force is asked what it says before it goes, and bars nothing."""
    if each.exhibit is None:
        return "–"
    came = each.exhibit.source_system == COPIED
    return (
        f"{each.exhibit.exhibit_reference}{', a copy that another force gave' if came else ''}"
    )


def _copies(each: Held) -> str:
    if each.copy:
        return "Approved"
    return "None approved" if each.known.copies else "None"


def _answer(row: SubjectAnswer | None) -> str:
    if row is None:
        return "Not yet"
    ground = f" {GROUNDS[row.ground]}." if row.ground else ""
    told = " Not told." if row.ground and not row.is_told else ""
    return f"{ANSWERS[row.answer]}.{ground}{told} {row.why}".strip()


def _approved(row: SubjectAnswer | None) -> str:
    if row is None:
        return "–"
    return dates.instant(row.approved_at) if row.approved_at else "Not yet"
