"""Continuity of an exhibit: the page, what is written down on it, and the statement to take away."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from crossforce.evidence import queries
from crossforce.evidence.forms import ACTS, TouchGiven
from crossforce.evidence.models import Touch
from crossforce.evidence.operations import continuing
from crossforce.evidence.operations.continuing import ContinuityUnread, Done
from crossforce.evidence.queries import Continuity, called
from crossforce.evidence.rules.continuity import Act
from crossforce.kernel import civil, clock, pdf, web
from crossforce.kernel.web import asking, dates, downloads, marks
from crossforce.kernel.web.lists import Column
from crossforce.kernel.web.tables import Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "continuity.typ"
UNREAD: Final = "You may not read what was done with it, so nothing is said here of its continuity. Ask its holder."
NOT_SHOWN: Final = "Not shown to you"
COLUMNS: Final = (
    Column("number", "Number", lambda row: row.number),
    Column("happened_at", "When", lambda row: row.happened_at),
    Column("act", "What was done", lambda row: row.act),
    Column("organisation", "Organisation", lambda row: row.organisation),
    Column("office", "By whom", lambda row: row.office),
    Column("other", "Released to or received from", lambda row: row.other),
    Column("seal", "Seal", lambda row: row.seal),
    Column("place", "Where it was put", lambda row: row.place),
    Column("paper", "Paper", lambda row: row.paper),
    Column("note", "Note", lambda row: row.note),
    Column("previous", "Digest before", lambda row: row.previous),
    Column("digest", "Digest", lambda row: row.digest),
    Column("signature", "Signature", lambda row: row.signature),
    Column("public_key", "Key", lambda row: row.public_key),
)


@marks.in_english
@asking.only()
def continuity(request: ActingRequest, exhibit: UUID) -> HttpResponse:
    """What was done with an exhibit; posted, one entry more."""
    given = request.POST if request.method == "POST" else None
    form = TouchGiven(given, sides=queries.sides(_today()), own=request.actor.organisation)
    if not web.acted(form, partial(_note, request, exhibit)):
        return _page(request, exhibit, form)
    messages.success(request, "It is written down.")
    return redirect("evidence:continuity", exhibit)


@asking.only()
def statement(request: ActingRequest, exhibit: UUID) -> HttpResponse:
    """The statement of continuity as a tagged PDF."""
    found, marking = _found(request, exhibit)
    at = clock.now()
    data = _shown(found) | {
        "marking": marking,
        "title": f"Continuity of exhibit {found.exhibit.exhibit_reference}",
        "digests": [f"{each.number}  {each.digest}" for each in found.touches],
        "made": dates.instant(at),
    }
    data["tables"] = [_plain(data.pop("table"))]
    name = f"continuity-{records.in_a_name(marking)}.pdf"
    return downloads.file(name, pdf.render(TEMPLATE, data, at=at), pdf.MEDIA_TYPE)


@asking.only()
def listing(request: ActingRequest, exhibit: UUID) -> HttpResponseBase:
    """Every entry with its digest and signature, as CSV; or none, where the actor may not read them. Raises ContinuityUnread."""
    found, marking = _found(request, exhibit)
    if not found.is_judged:
        raise ContinuityUnread
    marked = Column("marking", "Marking", lambda row: marking)
    name = f"continuity-{records.in_a_name(marking)}.csv"
    return downloads.csv(name, [*COLUMNS, marked], found.touches)


def timeline(found: Continuity) -> Table:
    """What was done, the first first; an entry where continuity breaks says so."""
    broken = {each.number for each in found.breaks}
    head = heads("Number|When|What was done|By|Other side|Seal|Where, paper, note")
    return Table("What was done", head, [_row(each, broken) for each in found.touches])


def verdict(found: Continuity) -> str:
    """In a sentence, whether continuity can be shown; of what one may not read nothing is said."""
    if not found.is_judged:
        return UNREAD
    number = len(found.breaks)
    if not number:
        return "Continuity is without a gap."
    return f"Continuity is broken in {number} {'place' if number == 1 else 'places'}."


def _note(request: ActingRequest, exhibit: UUID, given: Mapping[str, Any]) -> None:
    done = Done(exhibit, **{**given, "act": Act(given["act"])})
    continuing.note(actor=request.actor, done=done, at=clock.now())


def _found(request: ActingRequest, exhibit: UUID) -> tuple[Continuity, str]:
    ask = partial(queries.continuity_of, request.actor, exhibit)
    return records.marked(request.actor, ask)


def _page(request: ActingRequest, exhibit: UUID, form: TouchGiven) -> HttpResponse:
    found, marking = _found(request, exhibit)
    context = _shown(found) | {"found": found, "row": found.exhibit, "marking": marking}
    return web.form_page(request, "evidence/continuity.html", form, context)


def _shown(found: Continuity) -> dict[str, Any]:
    row = found.exhibit
    return {
        "facts": [
            ("What it is", row.description),
            ("Case", row.case_reference),
            ("Seized or captured", dates.instant(row.seized_at)),
            ("By", row.seized_by),
            ("Who has it", _whereabouts(found)),
            ("Seal on it", (found.custody.seal or "None") if found.is_judged else NOT_SHOWN),
        ],
        "verdict": verdict(found),
        "breaks": [f"Entry {each.number}: {each.why}" for each in found.breaks],
        "table": timeline(found),
    }


def _whereabouts(found: Continuity) -> str:
    custody = found.custody
    if not found.is_judged:
        return NOT_SHOWN
    if custody.ended_by:
        return f"Nobody here: it was {custody.ended_by}"
    if custody.is_lost:
        return "Nobody knows: it is lost"
    return f"On its way to {called(custody.to)}" if custody.to else called(custody.holder)


def _row(row: Touch, broken: set[int]) -> list[str]:
    what = ACTS[Act(row.act)].partition(":")[0]
    said = (f"{what} (broken)" if row.number in broken else what,)
    where = " · ".join(filter(None, (row.place, row.paper, row.note))) or "–"
    by = f"{row.office}, {called(row.organisation)}"
    other = called(row.other) if row.other else "–"
    moment = dates.instant(row.happened_at)
    return [str(row.number), moment, *said, by, other, row.seal or "–", where]


def _plain(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "heads": [each.title for each in table.heads],
        "rows": [list(row) for row in table.rows],
    }


def _today() -> Any:
    return civil.day_of(clock.now())
