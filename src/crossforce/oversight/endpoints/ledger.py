"""The ledger over HTTP: the same queries as the pages."""

import base64
import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.kernel import clock
from crossforce.ledger import api as mechanism
from crossforce.oversight import operations
from crossforce.oversight.choices import EARLIEST_DAY, LATEST_DAY, EntryFilter
from crossforce.oversight.queries import ledger as queries
from crossforce.people.api import ActingRequest

router = Router(tags=["ledger"])
Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]


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


class Sizes(Schema):
    """Two lengths of the log; the second that of a checkpoint."""

    first: int = Field(ge=1, lt=2**53)
    second: int = Field(ge=1, lt=2**53)


class Consistency(Schema):
    """A proof of RFC 6962, section 2.1.2; each hash in base64."""

    first: int
    second: int
    path: list[str]


class Cosigned(Schema):
    """A checkpoint with signatures of witnesses, as a signed note."""

    note: str = Field(max_length=20_000, pattern=r"^[^\x00]*$")


class Kept(Schema):
    """The organisations whose signature stands under the checkpoint now."""

    witnesses: list[str]


@router.get("/entries", response=Page)
def list_entries(request: ActingRequest, asked: Query[Asked]) -> Page:
    """Entries that concern the sender's organisation, newest first."""
    wanted = EntryFilter(asked.operation, asked.subject, asked.since, asked.until)
    found = queries.entries(request.actor, wanted)
    rows = found[asked.offset : asked.offset + asked.limit]
    total = found.order_by()[: queries.COUNTED].count()
    return Page(total=total, items=[_row(row) for row in rows])


@router.get("/entries/{entry}", response=Entry)
def show_entry(request: ActingRequest, entry: UUID) -> Entry:
    """One entry. Whoever sees a private part leaves an entry that says so."""
    shown = operations.open_entry(actor=request.actor, entry=entry, at=clock.now())
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
        opened=shown.opened,
        standing=dict(shown.standing),
    )


@router.get("/entries/{entry}/export", response={200: dict[str, Any]})
def export_entry(request: ActingRequest, entry: UUID) -> HttpResponse:
    """The entry as a file that `crossforce ledger verify-entry` checks anywhere."""
    shown = operations.open_entry(actor=request.actor, entry=entry, at=clock.now())
    return HttpResponse(shown.to_text(), content_type="application/json")


@router.get("/entries/{entry}/receipt", response={200: dict[str, Any]})
def receipt_of_entry(request: ActingRequest, entry: UUID) -> HttpResponse:
    """Proof that the log holds the entry, which `crossforce ledger verify` checks anywhere."""
    found = operations.take_receipt(actor=request.actor, entry=entry, at=clock.now())
    return HttpResponse(found.to_text(), content_type="application/json")


@router.get("/consistency", response=Consistency, auth=None)
def prove_consistency(request: HttpRequest, asked: Query[Sizes]) -> Consistency:
    """Proof that the checkpoint of the second size continues the tree of the first."""
    path = mechanism.consistency(asked.first, asked.second)
    encoded = [base64.b64encode(each).decode() for each in path]
    return Consistency(first=asked.first, second=asked.second, path=encoded)


@router.get("/restorations", response={200: list[dict[str, Any]]}, auth=None)
def list_restorations(request: HttpRequest) -> Any:
    """Receipts of the declarations that this installation was restored from a backup, newest first."""
    return [json.loads(each.to_text()) for each in mechanism.restorations()]


@router.post("/cosignatures", response=Kept, auth=None)
def keep_cosignature(request: HttpRequest, sent: Cosigned) -> Kept:
    """Keep a witness's signature under a checkpoint. The signature is the proof of who sends it."""
    return Kept(witnesses=mechanism.cosign(note=sent.note))


def _row(row: mechanism.StoredEntry) -> Row:
    return Row(
        id=row.pk,
        at=row.at,
        operation=row.operation,
        subject=row.subject,
        organisation=row.organisation,
        concerns=row.concerns,
        leaf_hash=bytes(row.leaf_hash).hex(),
    )
