"""Own rules that are proposed for a board, over HTTP: answered by its bodies, let count or taken back by its keeper."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from crossforce.boards import models
from crossforce.boards.choices import Vote
from crossforce.boards.endpoints.boards import BoardOut
from crossforce.boards.endpoints.deciding import ConsentGiven
from crossforce.boards.operations import own_consents, own_rules
from crossforce.boards.queries import boards
from crossforce.boards.queries import own_rules as queries
from crossforce.boards.rules.motions import Consent
from crossforce.kernel import civil, clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()


class BodyAnswerIn(Schema):
    """What a body says to what is proposed, by whoever holds its office; `proposal` is the digest of what it answers."""

    proposal: str = Field(max_length=64)
    body: str = Field(max_length=120)
    vote: Vote


class BodyAnswerOut(Schema):
    """The answer that a body gave itself to what is proposed now."""

    pk: UUID
    body: str
    vote: Vote
    by: str
    at: datetime
    proposal: str


class AgreeingOut(Schema):
    """How far what is proposed is: who answered, and who has not agreed; of `by_letter` the keeper records letters.

    Where nothing is proposed the digest is empty, and `unasked` are bodies that joined since the rules counted.
    """

    digest: str
    answers: list[BodyAnswerOut]
    missing: list[str]
    by_letter: list[str]
    unasked: list[str]


@router.get("/{uuid:key}/answers", response=AgreeingOut)
def answers(request: ActingRequest, key: UUID) -> Any:
    """What the bodies of a board have answered to the own rules that are proposed."""
    return _agreeing(request, key)


@router.post("/{uuid:key}/answers", response={201: AgreeingOut})
def answer(request: ActingRequest, key: UUID, sent: BodyAnswerIn) -> Any:
    """Answer what is proposed, for the body whose office one holds; until it counts, another answer takes its place."""
    own_consents.answer(actor=request.actor, board=key, at=clock.now(), **sent.model_dump())
    return Status(201, _agreeing(request, key))


@router.post("/{uuid:key}/consents", response=BoardOut)
def agree(request: ActingRequest, key: UUID, sent: list[ConsentGiven]) -> models.Board:
    """Let what all agree to count, with If-Match; letters of bodies that did not answer here may come with it."""
    own_rules.agree(
        actor=request.actor,
        board=key,
        version=api.version_of(request, boards.board(request.actor, key)),
        consents=[Consent(**each.model_dump()) for each in sent],
        at=clock.now(),
    )
    return boards.board(request.actor, key)


@router.delete("/{uuid:key}/proposed", response=BoardOut)
def take_back(request: ActingRequest, key: UUID) -> models.Board:
    """Take back, with If-Match, what is proposed."""
    version = api.version_of(request, boards.board(request.actor, key))
    own_rules.take_back(actor=request.actor, board=key, version=version, at=clock.now())
    return boards.board(request.actor, key)


def _agreeing(request: ActingRequest, key: UUID) -> AgreeingOut:
    row = boards.board(request.actor, key)
    found = queries.agreeing(request.actor, row, civil.day_of(clock.now()))
    if found.proposed is None and not found.unasked:
        raise own_rules.NothingProposed
    return AgreeingOut(
        digest=found.proposed.digest if found.proposed else "",
        answers=[BodyAnswerOut.from_orm(each) for each in found.answers],
        missing=list(found.missing),
        by_letter=list(found.by_letter),
        unasked=list(found.unasked),
    )
