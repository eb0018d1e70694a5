"""Between which two records another stands."""

from typing import ClassVar

from django.db import models


class Ends(models.Model):
    """The ends of a record whose kind has some, and where they are: seen by those who may know of both.

    Triggers write it, and keep it up with both ends (sql/2_ends.sql). The application only reads it.
    """

    by_trigger: ClassVar[bool] = True

    record = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=80)
    one = models.UUIDField()
    one_scope = models.IntegerField()
    other = models.UUIDField()
    other_scope = models.IntegerField()

    class Meta:
        verbose_name_plural = "ends"
        indexes = [
            models.Index(fields=["one"], name="ends_by_one"),
            models.Index(fields=["other"], name="ends_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.record}"
