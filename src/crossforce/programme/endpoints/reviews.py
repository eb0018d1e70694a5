"""Reviews of contributions over HTTP. Money is in pence."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status
from pydantic import Field

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest
from crossforce.programme.choices import ReviewOutcome, ReviewState
from crossforce.programme.endpoints.entries import MOST, Way
from crossforce.programme.endpoints.given import Given
from crossforce.programme.operations import reviews as operations
from crossforce.programme.queries import reviews as reads
from crossforce.programme.queries.reviews import Shown, Weighed
from crossforce.programme.rules.reviews import to_the_penny

router = Router()


class ReviewChange(Given):
    """What a review says; what is not sent stays as it is."""

    title: str = Field("", max_length=200)
    agreement: str = Field("", max_length=120)
    force: str = Field("", max_length=120)
    due_on: date | None = None
    share: int | None = Field(None, ge=0, le=MOST)
    value: int | None = Field(None, ge=0, le=MOST)
    method: str = Field("", max_length=5_000)
    other_benefits: str = Field("", max_length=5_000)
    proposal: Literal["", "continue", "vary", "withdraw"] = ""


class ReviewIn(ReviewChange):
    """A review; it needs a title and a force."""

    title: str = Field(min_length=1, max_length=200)
    force: str = Field(min_length=1, max_length=120)


class ReviewMoving(Given):
    """Where a review goes; a decision has an outcome."""

    to: ReviewState
    outcome: ReviewOutcome | None = None
    decision: str = Field("", max_length=200)


class ReviewShown(ReviewChange):
    """One review, with what the figures alone speak for."""

    id: UUID
    version: int
    state: str
    outcome: str
    decision: str
    advice: str | None
    reason: str
    ways: list[Way]


class ReviewRow(ReviewChange):
    """A review in a list; `worth` is the value for each pound of the share."""

    id: UUID
    version: int
    state: str
    outcome: str
    decision: str
    advice: str | None
    worth: str | None


@router.get("/reviews", response=list[ReviewRow])
def reviews(request: ActingRequest) -> list[ReviewRow]:
    """The reviews that one may read, those not yet decided first."""
    return [_row(each) for each in reads.weighed(request.actor, clock.now())]


@router.post("/reviews", response={201: ReviewShown})
def add_review(request: ActingRequest, sent: ReviewIn) -> Any:
    """Plan a review."""
    given = sent.model_dump(exclude_unset=True)
    key = operations.add_review(actor=request.actor, given=given, at=clock.now())
    return Status(201, _shown(reads.shown(request.actor, key, clock.now())))


@router.get("/reviews/{review}", response=ReviewShown)
def show_review(request: ActingRequest, response: HttpResponse, review: UUID) -> ReviewShown:
    """One review, with the ETag that a change carries."""
    shown = reads.shown(request.actor, review, clock.now())
    api.tagged(response, shown.row)
    return _shown(shown)


@router.patch("/reviews/{review}", response=ReviewShown)
def change_review(request: ActingRequest, review: UUID, sent: ReviewChange) -> ReviewShown:
    """Fill it in, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, review))
    operations.change_review(
        actor=request.actor,
        review=review,
        version=version,
        given=sent.model_dump(exclude_unset=True),
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, review, clock.now()))


@router.post("/reviews/{review}/move", response=ReviewShown)
def move_review(request: ActingRequest, review: UUID, sent: ReviewMoving) -> ReviewShown:
    """Take it on, or decide it, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, review))
    operations.move_review(
        actor=request.actor,
        review=review,
        version=version,
        to=sent.to,
        outcome=sent.outcome,
        decision=sent.decision,
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, review, clock.now()))


def _row(each: Weighed) -> ReviewRow:
    row = each.row
    said = {name: getattr(row, name) for name in ReviewChange.model_fields}
    return ReviewRow(
        **said,
        id=row.pk,
        version=row.version,
        state=row.state,
        outcome=row.outcome,
        decision=row.decision,
        advice=str(each.advice) if each.advice else None,
        worth=None if each.worth is None else to_the_penny(each.worth),
    )


def _shown(shown: Shown) -> ReviewShown:
    row = shown.row
    said = {name: getattr(row, name) for name in ReviewChange.model_fields}
    return ReviewShown(
        **said,
        id=row.pk,
        version=row.version,
        state=row.state,
        outcome=row.outcome,
        decision=row.decision,
        advice=str(shown.advice) if shown.advice else None,
        reason=shown.reason,
        ways=[Way(to=str(to), lacks=list(lacks)) for to, lacks in shown.ways],
    )
