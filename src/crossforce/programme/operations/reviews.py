"""Reviews of contributions: begun, filled in, proposed, decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.programme.choices import PURPOSES, REVIEW, ReviewOutcome, ReviewState
from crossforce.programme.operations import decided
from crossforce.programme.operations.places import place_of, require_known
from crossforce.programme.queries import reviews
from crossforce.programme.rules.reviews import refusals
from crossforce.records import api as records

BY_MOVE: Final = frozenset({"state", "outcome", "decision"})
"""What changes by an act of its own, and not as a field."""


class CannotMove(Conflict):
    """The review cannot go there yet; the message says what is lacking."""


class IsDecided(Conflict):
    """The review is decided and stays as it is. Begin another."""


class NotByHand(NotUnderstood):
    """A state, an outcome and a decision change by moving the review."""


@guarded.acts
def add_review(*, actor: Actor, given: Mapping[str, Any], at: datetime) -> UUID:
    """Plan a review of what a force gives. Raises NotByHand, NoSuchCode, Unsound, MayNotAdd."""
    _require_sound(actor, given)
    values = {**given, "state": str(ReviewState.PLANNED), "purposes": list(PURPOSES)}
    new = records.NewRecord(REVIEW, place_of(actor, ""), values)
    key: UUID = records.create(actor=actor, new=new, at=at).pk
    return key


@guarded.acts
def change_review(
    *, actor: Actor, review: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    """Fill a review in, until it is decided. Raises NoSuchReview, IsDecided, NotByHand, StaleVersion."""
    _require_sound(actor, given)
    if reviews.row_of(review).state == ReviewState.DECIDED:
        raise IsDecided
    _edit(actor, review, version, given, at)


@guarded.acts
def move_review(
    *,
    actor: Actor,
    review: UUID,
    version: int,
    to: ReviewState,
    outcome: ReviewOutcome | None = None,
    decision: str = "",
    at: datetime,
) -> None:
    """Take a review on, or back a step. Raises NoSuchReview, CannotMove, StaleVersion."""
    row = reviews.row_of(review)
    wants = refusals(reviews.review_of(row), to, decision=decision, outcome=outcome)
    if to is ReviewState.DECIDED:
        wants += decided.faults(actor, decision, row, at, "state")
    if wants:
        raise CannotMove(f"It cannot be {to}: {'; '.join(wants)}.")
    given = {"state": str(to)}
    if to is ReviewState.DECIDED:
        given |= {"outcome": str(outcome), "decision": decided.kept(decision)}
    _edit(actor, review, version, given, at)


def _require_sound(actor: Actor, given: Mapping[str, Any]) -> None:
    if BY_MOVE & set(given):
        raise NotByHand
    require_known(actor, {"agreement": given.get("agreement"), "forces": given.get("force")})


def _edit(
    actor: Actor, review: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    records.edit(actor=actor, kind=REVIEW, record=review, version=version, given=given, at=at)
