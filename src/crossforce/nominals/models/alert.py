"""A question that somebody goes on asking."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from crossforce.nominals.choices import ALERT
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Alert(GovernedRecord):
    """A saved search of one posting: `known` are the records that answered when its owner last looked.

    What answers beside them is new. Nothing of an answer is kept but that. `purpose` is the one that its owner acted for:
    for it the search is asked while nobody looks.
    """

    record_kind: ClassVar[str] = ALERT

    name = models.CharField("Name", max_length=120)
    question = models.CharField("Question", max_length=300)
    posting = models.UUIDField("Posting")
    purpose = models.CharField("Purpose", max_length=80, blank=True)
    known = ArrayField(
        models.CharField(max_length=36), verbose_name="Known", default=list, blank=True
    )
    is_on = models.BooleanField("Is on", default=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["posting"], name="alert_of_posting"),
        ]
