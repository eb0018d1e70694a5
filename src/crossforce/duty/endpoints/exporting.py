"""Exports written over HTTP, and what their form cannot say."""

from datetime import date
from typing import Final

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from crossforce.duty import queries
from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY, MARKING
from crossforce.duty.mapping import Mapping
from crossforce.duty.operations import mappings
from crossforce.duty.queries import importing as reads
from crossforce.duty.queries.exporting import Exported
from crossforce.kernel import civil, web
from crossforce.people.api import ActingRequest

router = Router()
LEFT_OUT: Final = "Crossforce-Left-Out"


class ExportAsked(Schema):
    """The mapping of that name, and the first and the last day on which duties begin."""

    mapping: str
    first_day: date = Field(ge=EARLIEST_DAY)
    last_day: date = Field(le=LATEST_DAY)


class LeftOut(Schema):
    """A duty that the form of the export cannot say, why, and what would mend it."""

    reference: str
    message: str
    remedy: str


@router.get("/export")
def export(request: ActingRequest, asked: Query[ExportAsked]) -> HttpResponse:
    """Duties as the export that the mapping of that name describes, from the first day to the last.

    A duty that its form cannot say is left out, and the header `Crossforce-Left-Out` says how many
    there are; `/export/left-out` says which, and why.
    """
    of, written = _written(request, asked)
    name = f"{of.name}-{asked.first_day}-{MARKING}.{of.file.type}"
    answer = web.downloads.file(name, written.content, "application/octet-stream")
    answer.headers[LEFT_OUT] = str(len(written.left_out))
    return answer


@router.get("/export/left-out", response=list[LeftOut])
def left_out(request: ActingRequest, asked: Query[ExportAsked]) -> list[LeftOut]:
    """The duties that the same export leaves out, because its form cannot say them."""
    _, written = _written(request, asked)
    return [
        LeftOut(reference=each.reference, message=each.message, remedy=each.remedy)
        for each in written.left_out
    ]


def _written(request: ActingRequest, asked: ExportAsked) -> tuple[Mapping, Exported]:
    of = mappings.understood(reads.mapping_named(request.actor, asked.mapping).text)
    starts_at = civil.instant(asked.first_day)
    ends_at = civil.instant(civil.next_day(asked.last_day))
    return of, queries.exported(request.actor, of, starts_at, ends_at)
