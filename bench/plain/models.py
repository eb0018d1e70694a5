"""The register's table, and that of the names it is filtered by, as Django sees them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """A row of the register."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=100)
    title_en = models.CharField(max_length=500)
    sort_en = models.CharField(max_length=500)
    region = models.CharField(max_length=100)
    form = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    origin = models.CharField(max_length=20)
    forces_en = models.TextField()
    forces = ArrayField(models.CharField(max_length=100))
    changes = ArrayField(models.DateTimeField())
    states = ArrayField(models.CharField(max_length=20))

    class Meta:
        managed = False
        db_table = "register_entry"

    def __str__(self) -> str:
        return self.title_en

    @property
    def state(self) -> str:
        """The last of the states."""
        return self.states[-1] if self.states else ""


class Note(models.Model):
    """A copy of a governed row, with its marking and holder beside it."""

    id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=300)
    review_group = models.CharField(max_length=1)
    review_due = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    marking = models.CharField(max_length=20)
    holder = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "plain_note"

    def __str__(self) -> str:
        return self.subject


class Look(models.Model):
    """One row of a plain log."""

    at = models.DateTimeField(auto_now_add=True)
    who = models.TextField()
    path = models.TextField()

    class Meta:
        managed = False
        db_table = "plain_look"

    def __str__(self) -> str:
        return self.path


class Facet(models.Model):
    """A name to filter by."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=100)
    name_en = models.CharField(max_length=300)

    class Meta:
        managed = False
        db_table = "register_facet"

    def __str__(self) -> str:
        return self.name_en
