"""What the parties hold together that has a price when one of them leaves."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from crossforce.finance.choices import ITEM, ExitShare, ItemSort
from crossforce.finance.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Holding(GovernedRecord):
    """A contract that runs on, an asset bought together, or a post that would end.

    `pence` is a contract's yearly cost, what an asset cost, or what ending a post costs. A contract
    has a last day, an asset a first day and a life in years, a post a first day.
    """

    record_kind: ClassVar[str] = ITEM

    agreement = fields.code("Agreement")
    sort = models.CharField(
        "Sort", max_length=10, choices=[(h.value, h.value) for h in ItemSort]
    )
    code = models.CharField("Code", max_length=80)
    words = models.CharField("What it is", max_length=200)
    pence = models.BigIntegerField("Pence")
    starts_on = models.DateField("From", null=True, blank=True)
    ends_on = models.DateField("Until before", null=True, blank=True)
    break_pence = models.BigIntegerField("Price of breaking it", null=True, blank=True)
    life_years = models.PositiveSmallIntegerField(
        "Life in years",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    share = models.CharField(
        "Borne by", max_length=12, choices=[(s.value, s.value) for s in ExitShare]
    )

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="holding_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="holding_newest"),
            models.Index(fields=["agreement"], name="holding_of_agreement"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "agreement", "code"], name="holding_has_its_own_code"
            ),
            models.CheckConstraint(condition=Q(pence__gte=0), name="holding_is_not_negative"),
            models.CheckConstraint(
                condition=Q(sort="contract", ends_on__isnull=False)
                | Q(
                    sort="asset",
                    starts_on__isnull=False,
                    life_years__isnull=False,
                    life_years__gte=1,
                )
                | Q(sort="post", starts_on__isnull=False),
                name="holding_says_what_its_sort_needs",
            ),
            fields.within("pence", "holding_is_no_larger_than_any", least=0),
            fields.within("break_pence", "holding_breaks_for_some_sum", least=0),
            fields.one_of("share", ExitShare, "holding_is_borne_somehow"),
        ]
