"""What lies in an archive or e-mail that is kept: looked at, and taken in beside it."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from crossforce.evidence.operations import unpacking
from crossforce.evidence.operations.importing import Became, Outcome
from crossforce.evidence.operations.unpacking import Progress
from crossforce.kernel import clock, guarded, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

WORDS: Final = {
    Became.TAKEN: "Taken in now",
    Became.THERE: "Kept",
    Became.READY: "Not kept yet",
    Became.REFUSED: "Refused",
}
BY, MANIFEST = "by", "manifest"
"""Asked for so in the address, the archive's own manifest says of which exhibit each file is."""


@marks.in_english
@marks.repeatable
@asking.only(BY)
def unpack(request: ActingRequest, item: UUID) -> HttpResponse:
    """What lies in it; posted, it is taken in, for as long as one request may last. What is kept is not kept twice."""
    is_asked = request.method != "POST"
    by_manifest = bool(asking.one_of(request, BY, (MANIFEST,)))
    found = unpacking.go_on(
        actor=request.actor,
        item=item,
        at=clock.now(),
        is_rehearsal=is_asked,
        by_manifest=by_manifest,
    )
    with guarded.acting(request.actor):
        return _page(request, found, is_asked=is_asked, by_manifest=by_manifest)


def _page(
    request: ActingRequest, found: Progress, *, is_asked: bool, by_manifest: bool
) -> HttpResponse:
    faults = [[str(each.line), each.column or "–", each.why] for each in found.faults]
    left = found.number[Became.READY] if is_asked else int(not found.is_whole)
    context: dict[str, Any] = {
        "row": found.row,
        "found": found,
        "counts": [
            (WORDS[each], f"{found.number[each]:,}") for each in Became if found.number[each]
        ],
        "files": Table(
            "Files", heads("File|Bytes|Exhibit|What became of it"), _rows(found.shown)
        ),
        "refused": Table(
            "Refused",
            heads("File|Why"),
            [[each.name or "All of it", each.why] for each in found.refused],
        ),
        "faults": Table("Faults of the manifest", heads("Line|Column|What is wrong"), faults),
        "is_asked": is_asked,
        "by_manifest": by_manifest,
        "asked": f"?{BY}={MANIFEST}",
        "may_go_on": bool(left) and not found.faults,
        "button": web.forms.bare(request),
        "marking": records.marked_alone(request.actor, found.row),
    }
    return web.page(request, "evidence/unpack.html", context)


def _rows(outcomes: list[Outcome]) -> list[list[Any]]:
    return [
        [
            Cell(each.name, reverse("evidence:item", args=[each.item]))
            if each.item
            else each.name,
            f"{each.size:,}",
            each.exhibit or "The archive’s own",
            WORDS[each.became],
        ]
        for each in outcomes
    ]
