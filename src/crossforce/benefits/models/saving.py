"""Savings programmes: what forces are to save in a year, and what saves it."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from crossforce.benefits.choices import (
    AREA,
    POSTS,
    SAVING,
    TARGET,
    Confidence,
    Counting,
    Recurrence,
)
from crossforce.benefits.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class SavingTarget(GovernedRecord):
    """What a force is to save in a financial year by a programme, and who says so."""

    record_kind: ClassVar[str] = TARGET

    title = models.CharField("Title", max_length=200)
    programme = fields.code("Programme")
    force = fields.code("Force")
    year = fields.year()
    pence = models.BigIntegerField("Pence", validators=[MinValueValidator(0)])
    counting = fields.one_of("What counts", Counting, default=Counting.CASH)
    agreement = fields.code(
        "Agreement", blank=True, help_text="The reference of the one that is to save it."
    )
    source = models.CharField(
        "Source",
        max_length=500,
        blank=True,
        help_text="Where the figure comes from: a paper and the place in it, a budget, a decision.",
    )

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes("savingtarget")
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "programme", "force", "year"], name="target_once_a_year"
            ),
            models.CheckConstraint(condition=Q(pence__gte=0), name="target_is_not_negative"),
        ]


@with_history
class Saving(GovernedRecord):
    """One saving of a force: in a full year so much, from a day. With a confidence it is a forecast."""

    record_kind: ClassVar[str] = SAVING

    title = models.CharField("Title", max_length=200)
    programme = fields.code("Programme")
    force = fields.code("Force")
    area = models.CharField("Business area", max_length=120, blank=True)
    agreement = fields.code("Agreement", blank=True)
    full_year = models.BigIntegerField(
        "Pence in a full year", validators=[MinValueValidator(0)]
    )
    starts_on = models.DateField("From")
    ends_on = models.DateField("Until before", null=True, blank=True)
    recurrence = fields.one_of("How often", Recurrence, default=Recurrence.RECURRENT)
    confidence = fields.one_of(
        "Confidence",
        Confidence,
        blank=True,
        help_text="How sure a forecast is. Leave empty for what is realised.",
    )

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes("saving")
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on"), recurrence="recurrent"),
                name="saving_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(full_year__gte=0), name="saving_is_not_negative"
            ),
        ]


@with_history
class BusinessArea(GovernedRecord):
    """What a business area of a force cost at the baseline of a programme."""

    record_kind: ClassVar[str] = AREA

    title = models.CharField("Business area", max_length=120)
    programme = fields.code("Programme")
    force = fields.code("Force")
    pence = models.BigIntegerField("Baseline in pence", validators=[MinValueValidator(0)])

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes("businessarea")
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "programme", "force", "title"], name="area_once"
            ),
            models.CheckConstraint(condition=Q(pence__gte=0), name="area_is_not_negative"),
        ]


@with_history
class PostsImpact(GovernedRecord):
    """Posts of a force that a programme puts at risk, and what became of them.

    `most_lost` is the condition on job losses that the programme came with.
    """

    record_kind: ClassVar[str] = POSTS

    title = models.CharField("Title", max_length=200)
    programme = fields.code("Programme")
    force = fields.code("Force")
    at_risk = models.PositiveIntegerField("Posts at risk")
    redeployed = models.PositiveIntegerField("Redeployed", default=0)
    kept = models.PositiveIntegerField("Kept", default=0)
    lost = models.PositiveIntegerField("Lost", default=0)
    most_lost = models.PositiveIntegerField("Most that may be lost", default=0)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes("postsimpact")
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "programme", "force"], name="posts_once_a_force"
            ),
            models.CheckConstraint(
                condition=Q(at_risk__gte=F("redeployed") + F("kept") + F("lost")),
                name="posts_add_up",
            ),
        ]
