"""That one record needed another once, and who cut that."""

from typing import ClassVar

from django.db import models

from crossforce.kernel.ids import new_id


class Cut(models.Model):
    """Who ended that one record needs another: for that human it counts on, so that somebody else disposes of what was needed.

    A trigger writes it (sql/4_cut.sql). The application has no right to this table.
    """

    by_trigger: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.UUIDField()
    one_kind = models.CharField(max_length=80)
    other = models.UUIDField()
    cut_at = models.DateTimeField()
    cut_by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["other"], name="cut_by_other")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(cut_by=""), name="cut_at_and_by")
        ]

    def __str__(self) -> str:
        return f"{self.one} {self.other}"
