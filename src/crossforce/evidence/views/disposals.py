"""A case is proposed for disposal with its exhibits; certificates of what went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.evidence import queries
from crossforce.evidence.choices import CASE, EXHIBIT, ITEM, TOUCH
from crossforce.evidence.operations import disposing
from crossforce.evidence.queries import Certificate
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest

KINDS = {CASE: "Case", EXHIBIT: "Exhibit", ITEM: "Digital original"}


@marks.in_english
@require_POST
def propose(request: ActingRequest, case: UUID) -> HttpResponse:
    """Propose that a case and its exhibits go."""
    number = disposing.propose(actor=request.actor, case=case, at=clock.now())
    told = "1 exhibit" if number == 1 else f"{number:,} exhibits"
    messages.success(
        request, f"The disposal of the case and {told} is proposed. Somebody else decides."
    )
    return redirect("evidence:case-file", case)


@marks.in_english
@asking.only()
def certificates(request: ActingRequest) -> HttpResponse:
    """What was disposed of, the newest first."""
    head = heads(
        "When|What|Identifier|Exhibits|Originals|Entries|Files destroyed|Files in use elsewhere|By two|Receipt"
    )
    rows = [_row(each) for each in queries.certificates(request.actor)]
    table = Table("Certificates of disposal", head, rows)
    return web.page(request, "evidence/disposals.html", {"table": table})


def _row(each: Certificate) -> list[Any]:
    said = each.said
    parts, kind = said["parts"], said["kind"]
    exhibits = str(said.get("exhibits", ""))
    if left := said.get("exhibits_left"):
        exhibits = f"{exhibits}, {left} stayed for another case"
    return [
        dates.instant(each.at),
        KINDS.get(kind, kind),
        each.subject.partition(":")[2],
        exhibits or "–",
        str(parts.get(ITEM, int(kind == ITEM))),
        str(parts.get(TOUCH, 0)),
        str(said["files_destroyed"]),
        str(said["files_still_used"]),
        "Yes" if said["by_two"] else "No",
        Cell("Receipt", reverse("ledger:receipt", args=[each.entry])),
    ]
