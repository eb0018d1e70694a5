"""How many people a unit needs, and when."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from crossforce.duty.choices import COVER
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Cover(GovernedRecord):
    """At least so many on duty in a unit, or in one of its functions, on these days between these times.

    Who has not the skill or the authority that is named, in date and valid, does not count.
    Times are of the clock in London; an end that is not after the beginning is the next day's.
    """

    record_kind: ClassVar[str] = COVER

    unit = models.CharField("Unit", max_length=80)
    function = models.CharField("Function", max_length=80, blank=True)
    weekdays = models.CharField(
        "Days",
        max_length=7,
        default="1234567",
        validators=[RegexValidator(r"^1?2?3?4?5?6?7?$")],
        help_text="1 is Monday, 7 is Sunday.",
    )
    begins = models.TimeField("From")
    ends = models.TimeField("To")
    skill = models.CharField("Skill", max_length=80, blank=True)
    authority = models.CharField("Authority", max_length=80, blank=True)
    minimum = models.PositiveSmallIntegerField("At least", validators=[MinValueValidator(1)])

    class Meta(GovernedRecord.Meta):
        verbose_name_plural = "cover"
        indexes = GovernedRecord.Meta.indexes
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minimum__gte=1) & ~Q(unit=""), name="cover_is_of_somebody"
            ),
        ]
