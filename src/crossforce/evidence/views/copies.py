"""Copies that are given: from an exhibit or a case; how each stands, asked back, and their receipts."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.choices import Lasts
from crossforce.evidence.forms import copies as forms
from crossforce.evidence.operations import copying, papers, recalling
from crossforce.evidence.operations.copying import MayNotCopy, NewCopy
from crossforce.evidence.queries import called, copies
from crossforce.evidence.queries.copies import Given
from crossforce.evidence.queries.packages import Wanted, to_take_out
from crossforce.evidence.views.copied import came, drawn, facts
from crossforce.kernel import civil, clock, guarded, pdf, web
from crossforce.kernel.web import asking, dates, downloads, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

GIVEN: Final = "Exhibit|Given to|When|How it stands|Not reached"
CAME: Final = "Exhibit|Given by|When|How it stands"


@marks.in_english
@asking.only()
def listed(request: ActingRequest) -> HttpResponse:
    """The copies that were given, and those that are offered or came."""
    at = clock.now()
    found, marking = records.marked(
        request.actor,
        lambda: (copies.given(request.actor, at), copies.received(request.actor, at)),
    )
    context = {
        "given": Table("Copies given", heads(GIVEN), [_given(each) for each in found[0]]),
        "came": Table("Copies received", heads(CAME), [came(each) for each in found[1]]),
        "marking": marking,
    }
    return web.page(request, "evidence/copies.html", context)


@marks.in_english
@asking.only("exhibit", "case")
def give(request: ActingRequest) -> HttpResponse:
    """Give a copy of an exhibit, or of each exhibit of a case."""
    with guarded.acting(request.actor):
        wanted = _wanted(request)
        taken = to_take_out(wanted)
        rows = taken.exhibits
        if taken.left or taken.after or not rows:
            raise MayNotCopy
        today = civil.day_of(clock.now())
        takers = [set(copies.takers(records.place_of(row.scope_id), today)) for row in rows]
        codes = sorted(set.intersection(*takers), key=called)
        own = {records.place_of(row.scope_id).holder for row in rows}
        sides = [each for each in queries.sides(today) if each[0] not in own]
        form = forms.CopyGiven(
            request.POST or None, takers=[(each, called(each)) for each in codes], sides=sides
        )
        if web.acted(form, partial(_give, request, wanted)):
            messages.success(request, "The copy is given. Its receiver takes or declines it.")
            return redirect("evidence:copies")
        context = {
            "row": rows[0],
            "rows": rows,
            "wanted": wanted,
            "marking": records.marked_so_far(request.actor),
        }
        return web.form_page(request, "evidence/give-copy.html", form, context)


@marks.in_english
@asking.only()
def given(request: ActingRequest, copy: UUID) -> HttpResponse:
    """One copy that was given: how it stands, and ask it back."""
    return _given_page(request, copy, {})


@marks.in_english
@require_POST
def recall(request: ActingRequest, copy: UUID) -> HttpResponse:
    """Ask a copy back."""
    form = forms.RecallGiven(request.POST)
    return _acted(request, copy, "recall", form, recalling.recall, "The copy is asked back.")


@marks.in_english
@require_POST
def tried(request: ActingRequest, copy: UUID) -> HttpResponse:
    """Keep what was tried to reach the receiver."""
    form = forms.TriedGiven(request.POST)
    return _acted(request, copy, "tried", form, recalling.tried, "It is kept with the copy.")


@marks.in_english
@require_POST
def receipt(request: ActingRequest, copy: UUID) -> HttpResponse:
    """Enter a receipt that came on paper."""
    form = forms.ReceiptGiven(request.POST)
    return _acted(request, copy, "receipt", form, recalling.receipt, "The receipt is entered.")


@asking.only()
def paper(request: ActingRequest, copy: UUID) -> HttpResponse:
    """The receipt for a copy as a tagged PDF: what was given, and what became of it."""
    at = clock.now()
    found, marking = records.marked(
        request.actor, lambda: copies.given_one(request.actor, copy, at)
    )
    facts = [(name, str(said)) for name, said in _facts_given(found)]
    title = f"Receipt for a copy of exhibit {found.row.what}"
    drawn = papers.receipt(title, facts, marking, at)
    name = f"copy-receipt-{records.in_a_name(marking)}.pdf"
    return downloads.file(name, drawn, pdf.MEDIA_TYPE)


def _acted(
    request: ActingRequest,
    copy: UUID,
    name: str,
    form: Form,
    operation: Callable[..., Any],
    done: str,
) -> HttpResponse:
    def act(said: Any) -> None:
        operation(actor=request.actor, copy=copy, at=clock.now(), **said)

    if not web.acted(form, act):
        return _given_page(request, copy, {name: form})
    messages.success(request, done)
    return redirect("evidence:copy", copy)


def _give(request: ActingRequest, wanted: Wanted, said: Any) -> None:
    new = NewCopy(
        wanted,
        said["receiver"] or said["outside"],
        said["ground"],
        Lasts(said["lasts"]),
        said["until_on"],
        said["paper"] if said["outside"] else "",
    )
    copying.give(actor=request.actor, new=new, at=clock.now())


def _given_page(request: ActingRequest, copy: UUID, bound: dict[str, Form]) -> HttpResponse:
    at = clock.now()
    found, marking = records.marked(
        request.actor, lambda: copies.given_one(request.actor, copy, at)
    )
    wanted = dict[str, Form]()
    if found.is_out and not found.row.recalled_at:
        wanted["recall"] = forms.RecallGiven()
    if found.is_out and found.asked:
        wanted["tried"] = forms.TriedGiven()
    if found.is_out and (found.row.received is None or found.unreached):
        wanted["receipt"] = forms.ReceiptGiven()
    context = {
        "found": found,
        "row": found.row,
        "facts": _facts_given(found),
        "marking": marking,
        "forms": drawn(request, wanted | bound),
    }
    return web.page(request, "evidence/copy.html", context, status=422 if bound else 200)


def _given(each: Given) -> list[Any]:
    row = each.row
    return [
        Cell(row.what, reverse("evidence:copy", args=[row.pk])),
        called(row.receiver),
        dates.instant(row.created_at),
        each.state,
        each.unreached or "–",
    ]


def _facts_given(found: Given) -> list[tuple[str, str]]:
    row, told = found.row, found.told
    return [
        ("Given to", called(row.receiver)),
        ("Given", dates.instant(row.created_at)),
        *facts(row),
        ("How it stands", found.state),
        ("Taken", dates.instant(told.accepted_at) if told.accepted_at else "–"),
        ("Asked back", _asked(found)),
        ("Answered", dates.instant(told.answered_at) if told.answered_at else "–"),
        ("Ended", dates.instant(found.ended_at) if found.ended_at else "–"),
        ("What was tried", row.tried or "–"),
    ]


def _asked(found: Given) -> str:
    since = found.row.recalled_at
    return f"{dates.instant(since)}: {found.asked}" if since else found.asked or "–"


def _wanted(request: HttpRequest) -> Wanted:
    """Of what; what is no identifier names nothing."""
    try:
        exhibit = UUID(request.GET["exhibit"]) if request.GET.get("exhibit") else None
    except ValueError:
        exhibit = UUID(int=0)
    return Wanted(exhibit, request.GET.get("case", "").strip()[:80])
