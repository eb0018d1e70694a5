"""A case: its exhibits, and what was done with them, in one order."""

from django.http import HttpResponse
from django.urls import reverse

from crossforce.evidence import queries
from crossforce.evidence.forms import ACTS
from crossforce.evidence.queries import Moment
from crossforce.kernel import web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

WORDS = {act.value: words.partition(":")[0] for act, words in ACTS.items()} | {
    "seized": "Seized or captured",
    "file kept": "File kept",
}


@marks.in_english
@asking.only("reference")
def case(request: ActingRequest) -> HttpResponse:
    """The exhibits of a case that one may read, and their timeline."""
    reference = request.GET.get("reference", "").strip()[:80]
    found, marking = records.marked(
        request.actor, lambda: queries.case_of(request.actor, reference)
    )
    exhibits = [
        [
            _named(row.exhibit_reference, row.pk),
            row.description,
            dates.instant(row.seized_at),
            row.seized_where or "–",
        ]
        for row in found.exhibits
    ]
    context = {
        "found": found,
        "exhibits": Table(
            "Exhibits", heads("Exhibit|What it is|Seized or captured|Where"), exhibits
        ),
        "timeline": Table(
            "Timeline",
            heads("When|Exhibit|What was done|By whom, or which file"),
            [_row(each) for each in found.moments],
        ),
        "marking": marking,
    }
    return web.page(request, "evidence/case.html", context)


def _row(each: Moment) -> list[Cell | str]:
    named = _named(each.exhibit.exhibit_reference, each.exhibit.pk)
    return [dates.instant(each.at), named, WORDS[each.what], each.who]


def _named(words: str, exhibit: object) -> Cell:
    return Cell(words, reverse("evidence:exhibit", args=[exhibit]))
