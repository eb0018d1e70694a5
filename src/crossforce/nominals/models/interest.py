"""That an investigation is interested in somebody or something."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from crossforce.nominals.choices import INTEREST, Decision
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Interest(GovernedRecord):
    """An interest of one posting, in its own compartment; `marks` are what it is compared by.

    It counts while it `is_on`, to the end of its last day. `contact` is told to another only as `decision` says.
    """

    record_kind: ClassVar[str] = INTEREST

    name = models.CharField("Operation or case", max_length=120)
    scheme = models.CharField("What it is known by", max_length=20)
    identifier = models.CharField("Number, place or record", max_length=200)
    marks = ArrayField(models.CharField(max_length=240), verbose_name="Compared by")
    reason = models.CharField("Why", max_length=500)
    purpose = models.CharField("Purpose", max_length=80)
    contact = models.CharField("Whom to contact", max_length=200)
    decision = models.CharField(
        "What another may know",
        max_length=12,
        default=Decision.WAITING,
        choices=[(each.value, each.value) for each in Decision],
    )
    until = models.DateField("Last day")
    is_on = models.BooleanField("Is on", default=True)

    @property
    def is_gone(self) -> bool:
        """Whether the record is gone that it was taken from: it says nothing more of it, and is compared with nobody's."""
        return not self.marks

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            GinIndex(fields=["marks"], name="interest_by_mark"),
        ]
