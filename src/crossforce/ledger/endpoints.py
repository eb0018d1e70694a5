"""The ledger over HTTP: the same queries as the pages."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.ledger import models, queries
from crossforce.ledger.choices import EARLIEST_DAY, LATEST_DAY, Acts, EntryFilter

router = Router(tags=["ledger"])
Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]


class ActingRequest(HttpRequest):
    """A request whose sender the API's door let through."""

    actor: Acts


class Asked(Schema):
    """Which entries to list. `operation` and `subject` match from their beginning."""

    operation: str = Field("", max_length=100, pattern=r"^[^\x00]*$")
    subject: str = Field("", max_length=300, pattern=r"^[^\x00]*$")
    since: Day | None = None
    until: Day | None = None
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class Row(Schema):
    """One entry in a list."""

    id: UUID
    at: datetime
    operation: str
    subject: str
    organisation: str
    concerns: list[str]
    leaf_hash: str


class Page(Schema):
    """One page of a list. Entries beyond ten thousand are not counted."""

    total: int
    items: list[Row]


class Citation(Schema):
    """The agreement, version and clause that an act rests on."""

    reference: str
    version: int
    clause: str


class Entry(Row):
    """One entry with its detail, and the parts that the reader may see."""

    detail: dict[str, Any]
    agreements: list[Citation]
    scopes: list[int]
    opened: dict[str, Any]
    standing: dict[str, str]


@router.get("/entries", response=Page)
def list_entries(request: ActingRequest, asked: Query[Asked]) -> Page:
    """Entries that concern the sender's organisation, newest first."""
    wanted = EntryFilter(asked.operation, asked.subject, asked.since, asked.until)
    found = queries.entries(request.actor, wanted)
    rows = found[asked.offset : asked.offset + asked.limit]
    total = found[: queries.COUNTED].count()
    return Page(total=total, items=[_row(row) for row in rows])


@router.get("/entries/{entry}", response=Entry)
def show_entry(request: ActingRequest, entry: UUID) -> Entry:
    """One entry."""
    shown = queries.entry(request.actor, entry)
    value = shown.entry
    return Entry(
        id=value.id,
        at=value.at,
        operation=value.operation,
        subject=value.subject,
        organisation=value.organisation,
        concerns=list(value.concerns),
        leaf_hash=shown.leaf_hash,
        detail=dict(value.detail),
        agreements=[
            Citation(reference=each.reference, version=each.version, clause=each.clause)
            for each in value.agreements
        ],
        scopes=list(value.scopes),
        opened=dict(shown.opened),
        standing=dict(shown.standing),
    )


@router.get("/entries/{entry}/export", response={200: dict[str, Any]})
def export_entry(request: ActingRequest, entry: UUID) -> HttpResponse:
    """The entry as a file that `crossforce ledger verify-entry` checks anywhere."""
    text = queries.export(request.actor, entry)
    return HttpResponse(text, content_type="application/json")


def _row(row: models.Entry) -> Row:
    return Row(
        id=row.pk,
        at=row.at,
        operation=row.operation,
        subject=row.subject,
        organisation=row.organisation,
        concerns=row.concerns,
        leaf_hash=bytes(row.leaf_hash).hex(),
    )
