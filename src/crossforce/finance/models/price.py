"""The price of leaving, as it was last worked out."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.finance.choices import PRICE
from crossforce.finance.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Price(GovernedRecord):
    """What leaving an agreement costs one force if notice is given on a day; renewed every night.

    `pence` is empty where it cannot be said, and `unknown` says why, or which costs are not counted.
    """

    record_kind: ClassVar[str] = PRICE

    agreement = fields.code("Agreement")
    force = fields.code("Force")
    notice_on = models.DateField("If notice is given on")
    last_day = models.DateField("Last day", null=True, blank=True)
    pence = models.BigIntegerField("Pence", null=True, blank=True)
    lines = fields.kept("Items")
    unknown = models.TextField("Not known", max_length=4_000, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="price_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="price_newest"),
            models.Index(fields=["agreement", "force"], name="price_of_force"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "agreement", "force"], name="price_once_a_force"
            ),
            models.CheckConstraint(
                condition=Q(pence__isnull=True, last_day__isnull=True)
                | Q(pence__isnull=False, last_day__isnull=False),
                name="price_has_a_last_day",
            ),
        ]
