"""The viewing copy of a film or sound: what a browser plays of it, beside the untouched original."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.db import models

TRIES: Final = 3
SILENT: Final = timedelta(minutes=3)
"""Whoever makes one and says nothing for so long makes it no longer: another begins it again."""


class ViewingCopy(models.Model):
    """What is made, or to be made, of one original. It says nothing of that but how long it plays; who may see it the original says.

    It stands in no exhibit, pack or package, and goes with its original. `source` and `file` are files of `kernel.files`.
    """

    item = models.UUIDField(primary_key=True)
    holder = models.CharField(max_length=60)
    source = models.UUIDField()
    size = models.BigIntegerField()
    is_sound = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    part_done = models.FloatField(default=0.0)
    file = models.UUIDField(null=True)
    made_size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_with = models.CharField(max_length=200, blank=True)
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(file__isnull=True, why_not=""),
                name="viewing_copy_waits",
            )
        ]

    def __str__(self) -> str:
        return f"Viewing copy of {self.item}"

    @property
    def is_made(self) -> bool:
        """Whether it can be played."""
        return self.file is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be made, or being made."""
        return self.file is None and not self.why_not

    @property
    def media_type(self) -> str:
        """What it is."""
        return "audio/mp4" if self.is_sound else "video/mp4"

    def is_made_now(self, at: datetime) -> bool:
        """Whether somebody makes it at this moment."""
        return self.is_waiting and self.heard_at is not None and self.heard_at > at - SILENT
