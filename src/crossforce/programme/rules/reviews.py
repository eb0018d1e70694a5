"""Reviews of what a force gives to a collaboration: continue at the same level, vary it, or withdraw."""

from dataclasses import dataclass
from fractions import Fraction

from crossforce.programme.choices import ReviewOutcome, ReviewState
from crossforce.programme.rules.figures import Figures

MOVES = {
    ReviewState.PLANNED: (ReviewState.GATHERING,),
    ReviewState.GATHERING: (ReviewState.PROPOSED, ReviewState.PLANNED),
    ReviewState.PROPOSED: (ReviewState.DECIDED, ReviewState.GATHERING),
    ReviewState.DECIDED: (),
}


@dataclass(frozen=True, slots=True)
class Review:
    """What one force pays of a collaboration in a year and the value of what it uses, in pence."""

    state: ReviewState
    share: int | None = None
    value: int | None = None
    method: str = ""
    other_benefits: str = ""
    proposal: ReviewOutcome | None = None


def worth(review: Review) -> Fraction | None:
    """The value used for each pound of the share; None while one of them is not known."""
    if review.value is None or not review.share:
        return None
    return Fraction(review.value, review.share)


def advice(review: Review, figures: Figures) -> tuple[ReviewOutcome | None, str]:
    """What the figures alone speak for, and why. The decision is the force's and weighs more than figures."""
    each = worth(review)
    if each is None:
        return None, "the share and the value used are not both known"
    said = f"{to_the_penny(each)} of value is used for each pound of the share"
    if each >= figures.fair_from:
        return ReviewOutcome.CONTINUE, said
    if each >= figures.poor_below:
        return ReviewOutcome.VARY, said
    return ReviewOutcome.WITHDRAW, said


def to_the_penny(worth: Fraction) -> str:
    """The value for a pound with two decimals, never more than it is: what is less than fair is not shown as fair."""
    pence = worth * 100 // 1
    return f"{pence // 100}.{pence % 100:02d}"


def refusals(
    review: Review, to: ReviewState, *, decision: str = "", outcome: ReviewOutcome | None = None
) -> list[str]:
    """What stands against the move; nothing where it may be made.

    A proposal stands on both figures, on how they were reached, and on what is not money. A decision
    names itself and its outcome; where the outcome is another than proposed, that is the board's.
    """
    if to not in MOVES[review.state]:
        ways = ", ".join(MOVES[review.state]) or "nothing"
        return [f"a review that is {review.state} goes to {ways}, and not to {to}"]
    lacks = []
    if to is ReviewState.PROPOSED:
        if worth(review) is None:
            lacks.append("the share and the value used are not both known")
        if not review.method.strip():
            lacks.append("how the value was worked out is not said")
        if not review.other_benefits.strip():
            lacks.append("benefits that are not money are not weighed")
        if review.proposal is None:
            lacks.append("nothing is proposed")
    if to is ReviewState.DECIDED:
        lacks += [] if decision.strip() else ["no decision is named"]
        lacks += [] if outcome else ["the decision has no outcome"]
    return lacks
