"""What a measure was in a period, and where freed cash went."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from crossforce.benefits.choices import READING, REINVESTMENT
from crossforce.benefits.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Reading(GovernedRecord):
    """The figure of a period, with what shows it; of one force where the benefit stays where it falls.

    A figure that is corrected keeps its history.
    """

    record_kind: ClassVar[str] = READING

    benefit = models.UUIDField("Benefit")
    title = models.CharField("Title", max_length=200)
    starts_on = models.DateField("From")
    ends_on = models.DateField("Until before")
    force = fields.code("Force", blank=True)
    value = models.DecimalField("Figure", max_digits=20, decimal_places=4)
    evidence = models.CharField("What shows it", max_length=1_000)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes(
            "reading", models.Index(fields=["benefit", "starts_on"], name="reading_of_benefit")
        )
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "benefit", "starts_on", "ends_on", "force"],
                name="reading_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="reading_has_days"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="reading_is_shown"),
        ]


@with_history
class Reinvestment(GovernedRecord):
    """So much of the cash that a benefit freed, put to a use, and the posts that it pays."""

    record_kind: ClassVar[str] = REINVESTMENT

    benefit = models.UUIDField("Benefit")
    on = models.DateField("Day")
    pence = models.BigIntegerField("Pence", validators=[MinValueValidator(1)])
    destination = models.CharField("Where it goes", max_length=200)
    posts = models.PositiveIntegerField("Posts that it pays", default=0)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes(
            "reinvestment", models.Index(fields=["benefit"], name="reinvestment_of_benefit")
        )
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(pence__gt=0) & ~Q(destination=""), name="reinvestment_is_something"
            ),
        ]
