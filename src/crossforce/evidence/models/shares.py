"""Originals shown by link. To whom, why and until when never changes: a trigger refuses it."""

from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.db import models

from crossforce.evidence.choices import LASTS, SHARE, Lasts
from crossforce.evidence.models.lasting import differs
from crossforce.records.governed import GovernedRecord, with_history

GIVEN = (
    "exhibit", "item", "partner", "organisation", "ground", "expires_at", "lasts", "agreement", "case", "digest",
)  # fmt: skip
RECALLED = ("recalled_at", "recalled_by")


@with_history
class Share(GovernedRecord):
    """An original shown by link to somebody without an account: to whom, why, until when. Of the link its SHA-256 alone is kept."""

    record_kind: ClassVar[str] = SHARE

    exhibit = models.UUIDField("Exhibit")
    item = models.UUIDField("Digital original")
    partner = models.CharField("Shown to", max_length=100)
    organisation = models.CharField("Of which organisation", max_length=100)
    ground = models.CharField("On what ground", max_length=500)
    expires_at = models.DateTimeField("Until when")
    lasts = models.CharField(
        "For how long", max_length=10, choices=list(LASTS.items()), default=Lasts.DAY.value
    )
    agreement = models.CharField("Agreement", max_length=100, blank=True)
    case = models.UUIDField("Case", null=True, blank=True)
    recalled_at = models.DateTimeField("Called back", null=True, blank=True)
    recalled_by = models.CharField("Called back by", max_length=100, blank=True)
    digest = models.CharField("SHA-256 of the link", max_length=64)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["item"], name="share_of_item"),
            models.Index(fields=["exhibit"], name="share_of_exhibit"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(recalled_at__isnull=True, recalled_by="")
                | models.Q(recalled_at__isnull=False) & ~models.Q(recalled_by=""),
                name="share_recalled_at_and_by",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="share_is_as_given",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{differs(GIVEN)} OR (OLD.recalled_at IS NOT NULL AND ({differs(RECALLED)}))"
                ),
            )
        ]

    def is_open(self, at: datetime) -> bool:
        """Whether its time is not over and nobody called it back. Whether it shows anything is decided when it is opened."""
        return self.recalled_at is None and at < self.expires_at

    @property
    def mark(self) -> str:
        """What names it where it is shown."""
        return str(self.pk.hex[-10:].upper())
