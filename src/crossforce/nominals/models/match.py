"""That two records speak of one person: as the engine weighed it, and as people decided."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crossforce.kernel.ids import new_id
from crossforce.nominals.choices import MATCH, Judged, Lean
from crossforce.records.governed import GovernedRecord, with_history

LONGEST_REASON = 500
LEANS = [(each.value, each.value) for each in Lean]


@with_history
class Match(GovernedRecord):
    """What one force's people decided of two records, the lesser identifier first. It merges nothing.

    Weight, lean and model are those of the engine when somebody decided; a pair that the engine never met has none. Who
    confirmed first waits, where two people are needed, for somebody else.
    """

    record_kind: ClassVar[str] = MATCH

    one = models.UUIDField("One record")
    other = models.UUIDField("Other record")
    state = models.CharField(
        "State", max_length=10, choices=[(each.value, each.value) for each in Judged]
    )
    reason = models.CharField("Why", max_length=LONGEST_REASON, blank=True)
    weight = models.FloatField("Weight", null=True, blank=True)
    lean = models.CharField(
        "What the weight asks for", max_length=10, blank=True, choices=LEANS
    )
    model = models.CharField("Model", max_length=40, blank=True)
    first_at = models.DateTimeField("First confirmed", null=True, blank=True)
    first_by = models.CharField("First confirmed by", max_length=100, blank=True)
    decided_at = models.DateTimeField("Decided", null=True, blank=True)
    decided_by = models.CharField("Decided by", max_length=100, blank=True)

    class Meta(GovernedRecord.Meta):
        verbose_name_plural = "matches"
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["one"], name="match_of_one"),
            models.Index(fields=["other"], name="match_of_other"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["one", "other", "scope_id"], name="match_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="match_in_order"),
            models.CheckConstraint(
                condition=Q(first_at__isnull=True, first_by="")
                | Q(first_at__isnull=False) & ~Q(first_by=""),
                name="match_first_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True, decided_by="")
                | ~Q(state="proposed") & Q(decided_at__isnull=False) & ~Q(decided_by=""),
                name="match_decided_at_and_by",
            ),
        ]


class Likeness(models.Model):
    """Two records that the engine holds for one person, and why, field by field: for whoever reads both.

    It is worked out, and goes as it came: nobody has decided anything yet.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.UUIDField()
    one_scope = models.IntegerField()
    other = models.UUIDField()
    other_scope = models.IntegerField()
    weight = models.FloatField()
    lean = models.CharField(max_length=10, choices=LEANS)
    model = models.CharField(max_length=40)
    proposed_above = models.FloatField(null=True)
    reviewed_above = models.FloatField(null=True)
    evidence = models.JSONField(default=list)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "likenesses"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-weight", "id"], name="likeness_by_weight"),
            models.Index(fields=["other"], name="likeness_of_other"),
            models.Index(
                fields=["one_scope", "other_scope", "-weight", "id"], name="likeness_of_scopes"
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likeness_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} {self.other}"


class Weighed(models.Model):
    """What two records weighed at an act of somebody who decided about them, field by field: for whoever reads both.

    It is kept as it was, whatever is learnt or filed afterwards, and goes with the match. Of two of which the engine held
    nothing then it has no weight. A trigger writes it (sql/7_weighed.sql).
    """

    by_trigger: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    match = models.UUIDField()
    version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Judged]
    )
    acted_at = models.DateTimeField()
    acted_by = models.CharField(max_length=100)
    weight = models.FloatField(null=True)
    lean = models.CharField(max_length=10, blank=True, choices=LEANS)
    model = models.CharField(max_length=40, blank=True)
    proposed_above = models.FloatField(null=True)
    reviewed_above = models.FloatField(null=True)
    evidence = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "weighed"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["match", "version"], name="weighed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.match} {self.version}"
