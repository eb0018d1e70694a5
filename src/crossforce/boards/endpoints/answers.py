"""Answers of seats to papers between meetings, over HTTP: given by whoever holds one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from crossforce.boards.choices import Vote
from crossforce.boards.operations import own_answers
from crossforce.boards.queries import answers
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class SeatAnswerIn(Schema):
    """What the holder of a seat says to a paper that comes before the board."""

    board: UUID
    seat: str = Field(max_length=120)
    vote: Vote


class SeatAnswerOut(Schema):
    """An answer as it is kept; it counts once the board's decision is recorded."""

    id: UUID
    version: int
    paper: UUID
    board: UUID
    seat: str
    vote: Vote
    said_by: str
    said_at: datetime


@router.get("/papers/{uuid:key}/answers", response=list[SeatAnswerOut])
def given(request: ActingRequest, key: UUID) -> Any:
    """The answers to a paper so far, as far as one may read them."""
    return answers.to_paper(request.actor, key)


@router.post("/papers/{uuid:key}/answers", response={201: list[SeatAnswerOut]})
def answer(request: ActingRequest, key: UUID, sent: SeatAnswerIn) -> Any:
    """Answer a paper for the seat that one holds today; until it is decided, another answer takes its place."""
    own_answers.answer(actor=request.actor, paper=key, at=clock.now(), **sent.model_dump())
    return Status(201, answers.to_paper(request.actor, key))
