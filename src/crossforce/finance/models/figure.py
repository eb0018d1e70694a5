"""What a force, or a body of it, states of itself, by which costs are shared."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.finance.choices import FIGURE, Confidence, Driver
from crossforce.finance.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Figure(GovernedRecord):
    """One figure of one force: it counts from its day until the next, and before the reference files of its year.

    What a force uses of a service, or spends itself, is of one agreement; all else is of the force.
    """

    record_kind: ClassVar[str] = FIGURE

    title = models.CharField("Title", max_length=300)
    driver = models.CharField(
        "What it counts", max_length=20, choices=[(d.value, d.value) for d in Driver]
    )
    agreement = models.CharField("Agreement", max_length=120, blank=True)
    force = fields.code("Force")
    on = models.DateField("As at")
    value = models.DecimalField("Figure", max_digits=18, decimal_places=2)
    source = models.CharField("Source", max_length=300)
    confidence = models.CharField(
        "How sure", max_length=2, choices=[(c.value, c.value) for c in Confidence]
    )
    note = models.CharField("Note", max_length=500, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="figure_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="figure_newest"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "driver", "agreement", "force", "on"],
                name="figure_once_a_day",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="figure_is_not_negative"),
            models.CheckConstraint(
                condition=Q(driver__in=["demand", "own-cost"]) ^ Q(agreement=""),
                name="figure_is_of_one_agreement_or_none",
            ),
            fields.one_of("driver", Driver, "figure_counts_something"),
            fields.one_of("confidence", Confidence, "figure_is_so_sure"),
            fields.said("source", constraint="figure_has_a_source"),
        ]
