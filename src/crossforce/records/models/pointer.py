"""What repeats a record elsewhere, written by the database in the transaction of the record itself."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Pointer(models.Model):
    """That a record exists, for those who may `find` it: its title and the fields its kind allows.

    The application only reads it. A trigger on every guarded table writes it (guarding.py).
    """

    by_trigger: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=80)
    scope_id = models.IntegerField()
    title = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["scope_id", "-id"], name="pointer_newest_in_scope")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class Searched(models.Model):
    """The words of a record. The application has no right to this table: `records_search` reads it."""

    by_trigger: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=80)
    scope_id = models.IntegerField()
    shown = models.TextField()
    text = models.TextField()
    words = SearchVectorField(null=True)
    shown_words = SearchVectorField(null=True)

    class Meta:
        verbose_name_plural = "searched"
        indexes = [
            models.Index(fields=["scope_id"], name="searched_scope"),
            GinIndex(fields=["words"], name="searched_words"),
            GinIndex(fields=["shown_words"], name="searched_shown_words"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="searched_alike"),
            GinIndex(fields=["shown"], opclasses=["gin_trgm_ops"], name="searched_shown_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"
