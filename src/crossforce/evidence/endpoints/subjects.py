"""Subject access over HTTP: requests with their days, what was found, what is answered, and the extract."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence.answering import extracted
from crossforce.evidence.choices import Answer
from crossforce.evidence.operations import extracting, subjects
from crossforce.evidence.operations.subjects import NewAnswer
from crossforce.evidence.queries import subjects as queries
from crossforce.evidence.queries.subjects import Held
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class RequestOut(Schema):
    """A request, and the last day of its answer; none while it is awaited who asks, or what is meant."""

    id: UUID
    reference: str
    received_on: date
    due: date | None
    answered_on: date | None


class HeldOut(Schema):
    """An original that was found, and what is answered of it. `copy`: its newest approved redacted copy."""

    item: UUID
    exhibit: UUID
    name: str
    copies: int
    copy_approved: UUID | None
    answer: Answer | None
    ground: str
    why: str
    is_told: bool
    approved_at: datetime | None


class FileOut(RequestOut):
    """A request with what was found; `refusal` says why there is no extract yet."""

    refusal: str
    is_cut: bool
    bare: list[UUID]
    held: list[HeldOut]


class AnswerIn(Schema):
    """What is answered of some originals that were found; `also` names an exhibit of which they are besides."""

    model_config = ConfigDict(extra="forbid")

    items: list[UUID] = Field(min_length=1, max_length=500)
    answer: Answer
    is_alone: bool = False
    ground: Literal[
        "", "inquiry", "offences", "public-security", "national-security", "others"
    ] = ""
    why: str = Field("", max_length=500)
    is_told: bool = False
    also: str = Field("", max_length=120)


class NumberOut(Schema):
    """Of how many originals."""

    answers: int


@router.get("/subjects", response=list[RequestOut])
def listed(request: ActingRequest) -> Any:
    """The requests that one may read, what is due soonest first."""
    return [_request(row, due) for row, due in queries.requests(request.actor)]


@router.get("/subjects/{uuid:subject}", response=FileOut)
def show(request: ActingRequest, subject: UUID, also: str = "") -> Any:
    """One request, what was found by its words, and what is answered; `also` looks at an exhibit of that reference besides."""
    found = queries.request_of(request.actor, subject, also[:120])
    return _request(found.row, found.due) | {
        "refusal": found.refusal,
        "is_cut": found.is_cut,
        "bare": [each.pk for each in found.bare],
        "held": [_held(each) for each in found.held],
    }


@router.post("/subjects/{uuid:subject}/answers", response=NumberOut)
def settle(request: ActingRequest, subject: UUID, sent: AnswerIn) -> Any:
    """Settle what is answered of some of it; an approval falls away."""
    said = sent.model_dump() | {"items": frozenset(sent.items)}
    also = said.pop("also")
    rows = subjects.settle(
        actor=request.actor, request=subject, new=NewAnswer(**said), at=clock.now(), also=also
    )
    return {"answers": len(rows)}


@router.post("/subjects/{uuid:subject}/approve", response=NumberOut)
def approve(request: ActingRequest, subject: UUID) -> Any:
    """Approve what is answered: somebody else than settled it."""
    return {"answers": subjects.approve(actor=request.actor, request=subject, at=clock.now())}


@router.post("/subjects/{uuid:subject}/extract", url_name="evidence-extract")
def extract(request: ActingRequest, subject: UUID) -> Any:
    """A ZIP file with what is given and an index. Each is a disclosure of its own, also one that is asked for again under the same key."""
    return extracted(extracting.make(actor=request.actor, request=subject, at=clock.now()))


def _request(row: Any, due: date | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        "reference": row.request_reference,
        "received_on": row.received_on,
        "due": due,
        "answered_on": row.answered_on,
    }


def _held(each: Held) -> dict[str, Any]:
    row = each.answer
    return {
        "item": each.item.pk,
        "exhibit": each.item.exhibit,
        "name": each.item.name,
        "copies": each.known.copies,
        "copy_approved": each.copy,
        "answer": row.answer if row else None,
        "ground": row.ground if row else "",
        "why": row.why if row else "",
        "is_told": row.is_told if row else False,
        "approved_at": row.approved_at if row else None,
    }
