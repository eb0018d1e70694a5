"""How far the numbers of invoices have come, whoever may see the invoices."""

from typing import Any, ClassVar

from django.db import models

from crossforce.finance.models import fields


class Numbering(models.Model):
    """The last number that an issuer gave under one stem: agreement, part of the year, debtor.

    It counts beside the invoices, because of those not all are open to whoever raises the next.
    """

    creditor = fields.code("From")
    stem = models.CharField("Stem", max_length=300)
    last = models.PositiveIntegerField("Last number")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["creditor", "stem"], name="numbering_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=1), name="numbering_begins_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stem}/{self.last}"
