"""How nominals come: sources as analysts describe them, loads, and the rows that were refused."""

from typing import Any, ClassVar, Final

from django.db import models

from crossforce.nominals.choices import LOAD, QUARANTINE, SOURCE, Form, Row, State
from crossforce.records.governed import GovernedRecord, with_history

LONGEST_MAPPING: Final = 200_000
LONGEST_REPORT: Final = 400_000


@with_history
class Source(GovernedRecord):
    """One connector of a force, under its name: the mapping file by which what it sends is read."""

    record_kind: ClassVar[str] = SOURCE

    name = models.CharField("Name", max_length=80)
    title = models.CharField("Title", max_length=200)
    text = models.TextField("Mapping file", max_length=LONGEST_MAPPING)

    class Meta(GovernedRecord.Meta):
        indexes = GovernedRecord.Meta.indexes
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "name"], name="source_has_its_own_name"
            ),
        ]


@with_history
class Load(GovernedRecord):
    """One file or push, read by one mapping: what came of it, and how good it was.

    `counts` and `quality` are counts by name. `findings` says in words why a file was refused whole.
    """

    record_kind: ClassVar[str] = LOAD

    title = models.CharField("Title", max_length=200)
    source = models.CharField("Source", max_length=80)
    form = models.CharField(
        "Form", max_length=10, choices=[(each.value, each.value) for each in Form]
    )
    file_name = models.CharField("File", max_length=200, blank=True)
    file_sha256 = models.CharField("SHA-256 of the file", max_length=64)
    state = models.CharField(
        "State", max_length=10, choices=[(each.value, each.value) for each in State]
    )
    counts = models.JSONField("Rows", default=dict, blank=True)
    quality = models.JSONField("Quality", default=dict, blank=True)
    findings = models.TextField("Refused", max_length=LONGEST_REPORT, blank=True)
    mapping = models.TextField("Mapping", max_length=LONGEST_MAPPING, blank=True)


@with_history
class Quarantine(GovernedRecord):
    """One row that was refused, as it came: nothing of it is anywhere else until it is mended."""

    record_kind: ClassVar[str] = QUARANTINE

    title = models.CharField("Title", max_length=200)
    load = models.UUIDField("Load")
    source = models.CharField("Source", max_length=80)
    row = models.PositiveIntegerField("Row")
    row_reference = models.CharField("Reference", max_length=120, blank=True)
    team = models.CharField("Team", max_length=80, blank=True)
    cells = models.JSONField("Cells", default=dict, blank=True)
    reasons = models.JSONField("Reasons", default=list, blank=True)
    state = models.CharField(
        "State",
        max_length=10,
        default=Row.WAITING,
        choices=[(each.value, each.value) for each in Row],
    )
    record = models.UUIDField("Became", null=True, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["load", "row"], name="quarantine_of_load"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "load", "row"], name="quarantine_row_once"
            ),
        ]
