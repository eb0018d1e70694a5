"""Money that a project asks for, and what a force gets for what it gives."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crossforce.programme.choices import BID, REVIEW, BidOutcome, ReviewOutcome, ReviewState
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class FundingBid(GovernedRecord):
    """A bid to a fund, and what came of it."""

    record_kind: ClassVar[str] = BID

    project = fields.project()
    fund = models.CharField("Fund", max_length=200)
    asked = fields.pence("Asked for in pence", help_text="Leave empty if it is not known.")
    decision_due_on = fields.day("Decision due on")
    outcome = fields.one_of("Outcome", BidOutcome)
    awarded = fields.Pence("Awarded in pence", default=0)
    fallback = fields.words("What is done without it")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["project"], name="fundingbid_of_project"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(asked=None) | Q(asked__gt=0))
                & (
                    Q(outcome=BidOutcome.WON, awarded__gt=0)
                    & (Q(asked=None) | Q(awarded__lte=F("asked")))
                    | ~Q(outcome=BidOutcome.WON) & Q(awarded=0)
                ),
                name="fundingbid_brings_what_was_won",
            ),
        ]


@with_history
class ContributionReview(GovernedRecord):
    """What one force pays of a collaboration in a year, and the value of what it uses."""

    record_kind: ClassVar[str] = REVIEW

    title = fields.title()
    agreement = fields.code("Agreement", blank=True)
    force = fields.code("Force")
    due_on = fields.day("Due on")
    state = fields.one_of("State", ReviewState)
    share = fields.pence("Share of the cost in pence")
    value = fields.pence("Value used in pence")
    method = fields.words("How the value was worked out")
    other_benefits = fields.words("Benefits that are not money")
    proposal = fields.one_of("Proposal", ReviewOutcome, blank=True)
    outcome = fields.one_of("Outcome", ReviewOutcome, blank=True)
    decision = models.CharField("Decision", max_length=200, blank=True)

    class Meta(GovernedRecord.Meta):
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=ReviewState.DECIDED) | ~Q(outcome="") & ~Q(decision=""),
                name="review_is_decided_by_a_decision",
            ),
            models.CheckConstraint(
                condition=(Q(share=None) | Q(share__gte=0)) & (Q(value=None) | Q(value__gte=0)),
                name="review_money_not_negative",
            ),
        ]
