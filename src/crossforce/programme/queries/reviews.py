"""Reviews of contributions: what a force gives to a collaboration, and what it gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import REVIEW, ReviewOutcome, ReviewState
from crossforce.programme.queries import known
from crossforce.programme.rules import reviews as rules
from crossforce.programme.rules.reviews import Review


class NoSuchReview(Missing):
    """There is no such review, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews that the actor may read, those not yet decided first."""

    rows: Sequence[models.ContributionReview]
    may_add: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One review: the value for each pound, what the figures alone speak for, and where it may go."""

    row: models.ContributionReview
    worth: Fraction | None
    advice: ReviewOutcome | None
    reason: str
    ways: Sequence[tuple[ReviewState, Sequence[str]]]
    may_edit: bool


@guarded.acts
def reviews(actor: Actor) -> Reviews:
    """The reviews, those not yet decided first, then by the day they are due."""
    rows = list(models.ContributionReview.objects.within_reach().order_by("due_on", "title"))
    rows.sort(key=lambda each: each.state == ReviewState.DECIDED)
    return Reviews(rows, known.may_add(actor, REVIEW))


class Weighed(NamedTuple):
    """A review with the value for each pound, and what the figures alone speak for."""

    row: models.ContributionReview
    worth: Fraction | None
    advice: ReviewOutcome | None


@guarded.acts
def weighed(actor: Actor, at: datetime) -> list[Weighed]:
    """The same reviews in the same order, each weighed."""
    figures = known.practice(civil.day_of(at))
    found = []
    for row in reviews(actor).rows:
        review = review_of(row)
        found.append(Weighed(row, rules.worth(review), rules.advice(review, figures)[0]))
    return found


@guarded.acts
def shown(actor: Actor, key: UUID, at: datetime) -> Shown:
    """One review. Raises NoSuchReview."""
    row = row_of(key)
    review = review_of(row)
    advice, reason = rules.advice(review, known.practice(civil.day_of(at)))
    return Shown(
        row=row,
        worth=rules.worth(review),
        advice=advice,
        reason=reason,
        ways=[
            (to, rules.refusals(review, to, decision="-", outcome=ReviewOutcome.CONTINUE))
            for to in rules.MOVES[review.state]
        ],
        may_edit=access.may(REVIEW, row.pk, "edit"),
    )


def row_of(key: UUID) -> models.ContributionReview:
    """The row itself, for whoever changes it. Raises NoSuchReview."""
    rows = models.ContributionReview.objects.filter(pk=key)
    row: models.ContributionReview | None = rows.first()
    if row is None:
        raise NoSuchReview
    return row


@guarded.acts
def one(actor: Actor, key: UUID) -> models.ContributionReview:
    """The row, for whoever changes it. Raises NoSuchReview."""
    return row_of(key)


def review_of(row: models.ContributionReview) -> Review:
    """The review as the rules see it."""
    return Review(
        ReviewState(row.state),
        row.share,
        row.value,
        row.method,
        row.other_benefits,
        ReviewOutcome(row.proposal) if row.proposal else None,
    )
