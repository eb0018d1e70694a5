"""Redaction: what goes is said on the original, the copy is looked at, and a second person decides about it."""

import base64
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.choices import Verdict
from crossforce.evidence.forms import DecisionGiven, RedactionAsked
from crossforce.evidence.inspection.derived import Drawn
from crossforce.evidence.models import Item
from crossforce.evidence.operations import redacting
from crossforce.evidence.operations.redacting import (
    CannotRedact,
    NewRedaction,
    NoBox,
    NoGround,
    NotHere,
    NoWords,
)
from crossforce.evidence.rules import sending
from crossforce.evidence.rules.redacting import (
    ASKED,
    OTHER,
    Method,
    Place,
    begun_at,
    method_of,
    said,
)
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

FAULTS: Final = {
    CannotRedact: "places",
    NoBox: "places",
    NoGround: "ground",
    NoWords: "words",
}
DECISIONS: Final = {
    "": "waits for a second person",
    "approved": "approved",
    "refused": "refused",
}
LOOKED_AT: Final = frozenset({Method.IMAGE, Method.PAPER, Method.TEXT})
MOST_PAGES: Final = 100_000
LONGEST_FILM: Final = 1_000_000.0


@marks.in_english
@marks.repeatable
@asking.only()
def redact(request: ActingRequest, item: UUID) -> HttpResponse:
    """Say what goes: drawn, found or written in numbers; posted, the copy is made."""
    method = _method(queries.item_of(request.actor, item))
    form = RedactionAsked(request.POST or None, method=method)
    if not form.is_valid():
        return _page(request, item, method, form)
    given = form.cleaned_data
    try:
        match request.POST.get("do"):
            case "find":
                return _found(request, item, method, given)
            case "show":
                again = RedactionAsked(initial=given, method=method)
                return _page(request, item, method, again)
            case "cover":
                again = RedactionAsked(initial=given, method=method)
                return _page(request, item, method, again, covers=given["places"])
        new = NewRedaction(item, given["places"], given["ground"])
        made = redacting.redact(actor=request.actor, new=new, at=clock.now())
    except tuple(FAULTS) as fault:
        form.add_error(FAULTS[type(fault)], fault.message)
        return _page(request, item, method, form)
    messages.success(
        request, f"{made.name} is made. Somebody else decides whether it may be disclosed."
    )
    return redirect("evidence:item", made.pk)


@marks.in_english
@asking.only("page")
def look(request: ActingRequest, item: UUID) -> HttpResponse:
    """An image, a page of a PDF, or a text, with the words that a search finds in it."""
    page = _number(request.GET.get("page", ""))
    row, _, drawn = redacting.draw(actor=request.actor, item=item, page=page, at=clock.now())
    with guarded.acting(request.actor):
        return web.page(request, "evidence/look.html", _shown(request, row, drawn, page))


@marks.in_english
@require_POST
def decide(request: ActingRequest, item: UUID) -> HttpResponse:
    """Approve a redacted copy, or refuse it."""
    form = DecisionGiven(request.POST)
    if form.is_valid():
        decision, why = Verdict(form.cleaned_data["decision"]), form.cleaned_data["why"]
        redacting.decide(
            actor=request.actor, item=item, decision=decision, why=why, at=clock.now()
        )
        done = "approved: it may be disclosed" if decision is Verdict.APPROVED else "refused"
        messages.success(request, f"The copy is {done}.")
        return redirect("evidence:item", item)
    row = queries.item_of(request.actor, item)
    context = {"row": row, "marking": records.marked_alone(request.actor, row)}
    return web.form_page(request, "evidence/decide.html", form, context)


def beside(request: ActingRequest, row: Item) -> dict[str, Any]:
    """What the page of an original, or of a copy, says of redaction."""
    method, actor = method_of(row.media_type, row.size), request.actor
    original = queries.item_of(actor, row.derived_from) if row.derived_from else None
    may_decide = redacting.may_decide(actor, row)
    return {
        "original": original,
        "decision": DECISIONS[row.decision],
        "may_look": row.is_kept and method in LOOKED_AT,
        "may_ask": row.is_kept and not row.is_derived and method is not None,
        "why_not": OTHER if row.is_kept and method is None else "",
        "form": web.forms.adapt(request, DecisionGiven()) if may_decide else None,
        "copies": Table(
            "Redacted copies",
            heads("Name|Ground|Made|Decision"),
            [_copy(each) for each in queries.redacted_of(actor, row.pk)],
        ),
    }


def _copy(row: Item) -> list[Any]:
    named = Cell(row.name, reverse("evidence:item", args=[row.pk]))
    return [
        named,
        row.ground,
        dates.instant(row.created_at),
        DECISIONS[row.decision].capitalize(),
    ]


def _found(
    request: ActingRequest, item: UUID, method: Method, given: dict[str, Any]
) -> HttpResponse:
    """The page with what was found added to what stood there."""
    words, before = given.get("words", "").splitlines(), given["places"].strip()
    if method is Method.FILM:
        words, others = begun_at(before, given["page"] or 0)
        before = "\n".join(others)
    found = redacting.find(actor=request.actor, item=item, words=words, at=clock.now())
    places = "\n".join(filter(None, (before, said(found))))
    form = RedactionAsked(initial=given | {"places": places}, method=method)
    told = {"found": len(found), "lost": _lost(words, found) if method is Method.FILM else 0}
    covers = said(found) if method is Method.FILM else ""
    return _page(request, item, method, form, covers=covers, told=told)


def _lost(lines: list[str], found: Sequence[Place]) -> float:
    """Where the last of the boxes was lost before its end; 0 where none was."""
    asked = max(float(each.split()[1]) for each in lines)
    came = max((each[1] for each in found), default=0.0)
    return 0 if came >= asked - 0.001 else came


def _page(
    request: ActingRequest,
    item: UUID,
    method: Method,
    form: RedactionAsked,
    *,
    covers: str = "",
    told: dict[str, Any] | None = None,
) -> HttpResponse:
    asked = str(form["page"].value() or "") if "page" in form.fields else ""
    page = _moment(asked) if method is Method.FILM else _number(asked)
    actor, at = request.actor, clock.now()
    row, _, drawn = redacting.draw(actor=actor, item=item, page=page, at=at)
    context: dict[str, Any] = {"asked": ASKED[method], **(told or {})}
    if covers:
        _, _, seen = redacting.draw(actor=actor, item=item, page=page, at=at, places=covers)
        context |= {"covered": _as_address(seen), "why_not_covered": seen.why_not}
    with guarded.acting(actor):
        context |= _shown(request, row, drawn, page) | {
            "shown_as": sending.shown_as(row.media_type)
        }
        return web.form_page(request, "evidence/redact.html", form, context)


def _as_address(drawn: Drawn) -> str:
    encoded = base64.b64encode(drawn.picture).decode()
    return f"data:image/jpeg;base64,{encoded}" if encoded else ""


def _shown(request: ActingRequest, row: Item, drawn: Drawn, page: float) -> dict[str, Any]:
    return {
        "row": row,
        "page": page,
        "drawn": drawn,
        "method": _method(row).value,
        "picture": _as_address(drawn),
        "lines": drawn.text.split("\n") if drawn.text else [],
        "marking": records.marked_alone(request.actor, row),
    }


def _method(row: Item) -> Method:
    """How it is redacted. Raises NotHere."""
    method = method_of(row.media_type, row.size)
    if method is None:
        raise NotHere
    return method


def _moment(text: str) -> float:
    try:
        return min(max(float(text), 0.0), LONGEST_FILM)
    except ValueError:
        return 0.0


def _number(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdecimal() else 1
