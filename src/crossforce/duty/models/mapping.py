"""Descriptions of exports, as a force's analyst wrote them."""

from typing import Any, ClassVar

from django.db import models

from crossforce.duty.choices import MAPPING
from crossforce.duty.models.importing import LONGEST_MAPPING
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Mapping(GovernedRecord):
    """One mapping file of a force, under its name; imports are read by a copy of it."""

    record_kind: ClassVar[str] = MAPPING

    name = models.CharField("Name", max_length=80)
    title = models.CharField("Title", max_length=200)
    text = models.TextField("Mapping file", max_length=LONGEST_MAPPING)

    class Meta(GovernedRecord.Meta):
        indexes = GovernedRecord.Meta.indexes
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "name"], name="mapping_has_its_own_name"
            ),
        ]
