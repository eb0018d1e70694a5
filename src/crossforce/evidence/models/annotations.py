"""Notes on originals. On which, and where in it, never changes: a trigger refuses it."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models

from crossforce.evidence.choices import ANNOTATION
from crossforce.evidence.models.lasting import differs
from crossforce.evidence.rules import annotating
from crossforce.evidence.rules.annotating import Spot
from crossforce.records.governed import GovernedRecord, with_history

MADE = ("exhibit", "item", "media_type", "place")


@with_history
class Annotation(GovernedRecord):
    """What somebody noted at a place in an original, beside it: nothing of it is in the bytes."""

    record_kind: ClassVar[str] = ANNOTATION

    exhibit = models.UUIDField("Exhibit")
    item = models.UUIDField("Digital original")
    media_type = models.CharField("Type of the original", max_length=100, blank=True)
    place = models.CharField("Where in it", max_length=100, blank=True)
    text = models.CharField("Note", max_length=1000)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["item"], name="annotation_of_item"),
            models.Index(fields=["exhibit"], name="annotation_of_exhibit"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="annotation_stays_where_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(differs(MADE)),
            )
        ]

    @property
    def spot(self) -> Spot:
        """Where in the original it is."""
        return annotating.spot(annotating.form_of(self.media_type), self.place)
