"""A case: until when it is kept, its exhibits, and what was done with them, in one order."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from crossforce.evidence import queries
from crossforce.evidence.choices import OFFENCES, OUTCOMES, SENTENCES, STAGES, STATES
from crossforce.evidence.forms import ACTS
from crossforce.evidence.models import Case
from crossforce.evidence.queries import Moment, Timeline, cases
from crossforce.evidence.queries.cases import Clock
from crossforce.kernel import web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

WORDS = {act.value: words.partition(":")[0] for act, words in ACTS.items()} | {
    "seized": "Seized or captured",
    "file kept": "File kept",
    "redacted copy": "Redacted copy kept",
    "noted": "Noted on a file",
    "captured": "Captured, as the device says",
}
SURE: Final = {
    "S": "Stated in a source document",
    "V": "Read in law or guidance",
    "K1": "Known, over 90 %",
    "K2": "Known, 70 to 90 %",
    "K3": "Known, under 70 %",
    "D": "Default of the platform",
}


@marks.in_english
@asking.only("reference")
def case(request: ActingRequest) -> HttpResponse:
    """The exhibits of a case that one may read, and their timeline."""
    reference = request.GET.get("reference", "").strip()[:80]
    found, marking = records.marked(
        request.actor, lambda: queries.case_of(request.actor, reference)
    )
    held = [
        Cell(f"{row.case_reference}: {row.title}", reverse("evidence:case-file", args=[row.pk]))
        for row in cases.same_case(request.actor, reference)
    ]
    context = _gathered(found) | {"found": found, "held": held, "marking": marking}
    return web.page(request, "evidence/case.html", context)


@marks.in_english
@asking.only()
def case_file(request: ActingRequest, case: UUID) -> HttpResponse:
    """One case: what is known of it, until when its material is kept, and its timeline."""
    found, marking = records.marked(request.actor, lambda: cases.case_file(request.actor, case))
    context = _gathered(found.timeline) | {
        "row": found.row,
        "is_whole": found.timeline.is_whole,
        "unread": found.timeline.unread,
        "facts": _facts(found.row),
        "clocks": clocks([found.clock]),
        "may_propose": found.may_propose,
        "drawn": web.forms.bare(request),
        "marking": marking,
    }
    return web.page(request, "evidence/case-file.html", context)


def clocks(found: list[Clock]) -> Table:
    """Until when something is kept, by which rule, from where, and how sure that is."""
    head = heads("Kept for|Until|By the rule|Source|How sure")
    return Table("How long it is kept", head, [_clock(each) for each in found])


def _clock(each: Clock) -> list[Cell | str]:
    row, why = each.case, each.why
    named: Cell | str = "Itself"
    if row:
        named = Cell(row.case_reference, reverse("evidence:case-file", args=[row.pk]))
    until = dates.day(each.until) if each.until else "Not known yet"
    return [named, until, why.words, why.source, SURE[why.confidence]]


def _gathered(found: Timeline) -> dict[str, Any]:
    exhibits = [
        [
            _named(row.exhibit_reference, row.pk),
            row.description,
            dates.instant(row.seized_at),
            row.seized_where or "–",
        ]
        for row in found.exhibits
    ]
    head = heads("Exhibit|What it is|Seized or captured|Where")
    moments = heads("When|Exhibit|What was done|By whom, or which file")
    return {
        "exhibits": Table("Exhibits", head, exhibits),
        "timeline": Table("Timeline", moments, [_row(each) for each in found.moments]),
    }


def _facts(row: Case) -> list[tuple[str, str]]:
    said = [
        ("What it is about", row.title),
        ("Offence group", OFFENCES[row.offence_group]),
        ("State of the investigation", STATES[row.state]),
        ("Outcome", _dated(OUTCOMES, row.outcome, row.outcome_on)),
        ("Sentence", SENTENCES.get(row.sentence, "")),
        ("Release or discharge", dates.day(row.released_on)),
        ("Appeal", _dated(STAGES, row.appeal, row.appeal_on)),
        ("Criminal Cases Review Commission", _dated(STAGES, row.ccrc, row.ccrc_on)),
    ]
    return [(name, words or "–") for name, words in said]


def _dated(words: dict[str, str], code: str, on: date | None) -> str:
    return ", ".join(filter(None, (words.get(code, ""), dates.day(on))))


def _row(each: Moment) -> list[Cell | str]:
    named = _named(each.exhibit.exhibit_reference, each.exhibit.pk)
    return [dates.instant(each.at), named, WORDS[each.what], each.who]


def _named(words: str, exhibit: object) -> Cell:
    return Cell(words, reverse("evidence:exhibit", args=[exhibit]))
