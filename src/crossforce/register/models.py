"""The register at rest: a projection of what agreements publish, rebuilt from them at any time."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models

from crossforce.kernel import ids


class Entry(models.Model):
    """What is public of one version of an agreement, `shown` while that version is the one that counts.

    `changes` are the instants at which the agreement's state changes, in order, and `states` the
    states from then on, so that a list of many needs no other table; where the agreement stands is
    still computed when it is read.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    reference = models.CharField(max_length=100, db_index=True)
    shown = DateTimeRangeField()
    title_en = models.CharField(max_length=500)
    title_cy = models.CharField(max_length=500)
    sort_en = models.CharField(max_length=500)
    sort_cy = models.CharField(max_length=500)
    region = models.CharField(max_length=100, blank=True)
    form = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    basis = models.CharField(max_length=40)
    origin = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    forces_en = models.TextField(blank=True)
    forces_cy = models.TextField(blank=True)
    forces = ArrayField(models.CharField(max_length=100))
    functions = ArrayField(models.CharField(max_length=100))
    parties = ArrayField(models.CharField(max_length=100))
    changes = ArrayField(models.DateTimeField())
    states = ArrayField(models.CharField(max_length=20))
    view = models.JSONField()
    document = models.TextField(blank=True)
    search = models.TextField()
    text_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "version"], name="register_entry_once")
        ]
        indexes = [
            models.Index(fields=["sort_en", "reference"], name="register_entry_sort_en"),
            models.Index(fields=["sort_cy", "reference"], name="register_entry_sort_cy"),
            GinIndex(fields=["forces"], name="register_entry_forces"),
            GinIndex(fields=["functions"], name="register_entry_functions"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} version {self.version}"


class Facet(models.Model):
    """A region, force or function that entries are found by, with its name."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=100)
    name_en = models.CharField(max_length=300)
    name_cy = models.CharField(max_length=300)
    sort_en = models.CharField(max_length=300)
    sort_cy = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="register_facet_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ParticipationRow(models.Model):
    """One force in one function of a published agreement, through a period."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="participation")
    function = models.CharField(max_length=100)
    force = models.CharField(max_length=100)
    status = models.CharField(max_length=20)
    disciplines = ArrayField(models.CharField(max_length=100))
    clause = models.CharField(max_length=20, blank=True)
    valid = DateTimeRangeField()
    period_en = models.CharField(max_length=200, blank=True)
    period_cy = models.CharField(max_length=200, blank=True)
    assumed = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["force", "function"], name="register_participation_force"),
            GistIndex(fields=["valid"], name="register_participation_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.force} in {self.function} of {self.entry_id}"
