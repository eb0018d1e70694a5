"""Copies of exhibits over HTTP: given, taken or declined, asked back, answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.evidence.choices import Lasts, OnRecall
from crossforce.evidence.operations import accepting, copying, recalling
from crossforce.evidence.operations.copying import NewCopy
from crossforce.evidence.operations.recalling import Reply
from crossforce.evidence.queries import copies as queries
from crossforce.evidence.queries.packages import Wanted
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class CopyIn(_In):
    """A copy of an exhibit, or of each of a case: to whom, on what ground, for how long."""

    exhibit: UUID | None = None
    case: str = Field("", max_length=80)
    receiver: str = Field(min_length=1, max_length=120)
    ground: str = Field(min_length=1, max_length=500)
    lasts: Lasts = Lasts.AGREEMENT
    until_on: date | None = None
    paper: str = Field("", max_length=100)


class WhyIn(_In):
    """Why, in words that the other side is told."""

    why: str = Field(min_length=1, max_length=300)


class TriedIn(_In):
    """What was tried to reach a receiver, and what came of it."""

    how: str = Field(min_length=1, max_length=300)


class ReceiptIn(_In):
    """A receipt on paper: its number, who signed it, what it says."""

    paper: str = Field(min_length=1, max_length=250)


class AnswerIn(_In):
    """What is answered; what is kept is kept for a reason."""

    answer: OnRecall
    why: str = Field("", max_length=500)


class GivenOut(Schema):
    """A copy that was given: how it stands, why it is asked back, why nobody may hear that."""

    id: UUID = Field(alias="row.id")
    exhibit: UUID = Field(alias="row.exhibit")
    what: str = Field(alias="row.what")
    receiver: str = Field(alias="row.receiver")
    created_at: datetime = Field(alias="row.created_at")
    tried: str = Field(alias="row.tried")
    state: str
    asked: str
    unreached: str
    accepted_at: datetime | None = Field(alias="told.accepted_at")
    answered_at: datetime | None = Field(alias="told.answered_at")
    ended_at: datetime | None


class CameOut(Schema):
    """A copy that is offered, or came."""

    id: UUID = Field(alias="row.id")
    exhibit: UUID = Field(alias="row.exhibit")
    what: str = Field(alias="row.what")
    giver: str = Field(alias="row.giver")
    released_at: datetime = Field(alias="row.released_at")
    accepted_at: datetime | None = Field(alias="row.accepted_at")
    ended_at: datetime | None = Field(alias="row.ended_at")
    state: str
    asked: str


class TakenOut(Schema):
    """The exhibit that a copy became."""

    exhibit: UUID


@router.get("/copies", response=list[GivenOut])
def given(request: ActingRequest) -> Any:
    """The copies that were given, the newest first."""
    return queries.given(request.actor, clock.now())


@router.post("/copies", response={201: list[GivenOut]})
def give(request: ActingRequest, sent: CopyIn) -> Any:
    """Give a copy. Its receiver takes or declines it."""
    said = sent.model_dump(exclude={"exhibit", "case"})
    new = NewCopy(Wanted(sent.exhibit, sent.case), **said)
    at = clock.now()
    made = copying.give(actor=request.actor, new=new, at=at)
    return Status(201, [queries.given_one(request.actor, row.pk, at) for row in made])


@router.post("/copies/{uuid:record}/recall", response=GivenOut)
def recall(request: ActingRequest, record: UUID, sent: WhyIn) -> Any:
    """Ask a copy back, or withdraw one that nobody took."""
    recalling.recall(actor=request.actor, copy=record, why=sent.why, at=clock.now())
    return queries.given_one(request.actor, record, clock.now())


@router.post("/copies/{uuid:record}/tried", response=GivenOut)
def tried(request: ActingRequest, record: UUID, sent: TriedIn) -> Any:
    """Keep what was tried to reach a receiver."""
    recalling.tried(actor=request.actor, copy=record, how=sent.how, at=clock.now())
    return queries.given_one(request.actor, record, clock.now())


@router.post("/copies/{uuid:record}/receipt", response=GivenOut)
def receipt(request: ActingRequest, record: UUID, sent: ReceiptIn) -> Any:
    """Enter the receipt on paper of a receiver that cannot answer here."""
    recalling.receipt(actor=request.actor, copy=record, paper=sent.paper, at=clock.now())
    return queries.given_one(request.actor, record, clock.now())


@router.get("/received", response=list[CameOut])
def received(request: ActingRequest) -> Any:
    """The copies that are offered, or came, the newest first."""
    return queries.received(request.actor, clock.now())


@router.post("/received/{uuid:record}/take", response=TakenOut, url_name="evidence-take-copy")
def take(request: ActingRequest, record: UUID) -> Any:
    """Take a copy that is offered. Broken off, the same again goes on where it was."""
    made = accepting.accept(actor=request.actor, received=record, at=clock.now())
    return {"exhibit": made.pk}


@router.post("/received/{uuid:record}/decline", response=CameOut)
def decline(request: ActingRequest, record: UUID, sent: WhyIn) -> Any:
    """Decline a copy that is offered."""
    accepting.decline(actor=request.actor, received=record, why=sent.why, at=clock.now())
    return queries.received_one(request.actor, record, clock.now())


@router.post("/received/{uuid:record}/answer", response=CameOut)
def answer(request: ActingRequest, record: UUID, sent: AnswerIn) -> Any:
    """Answer a giver that asks a copy back."""
    reply = Reply(sent.answer, sent.why)
    recalling.answer(actor=request.actor, received=record, reply=reply, at=clock.now())
    return queries.received_one(request.actor, record, clock.now())
