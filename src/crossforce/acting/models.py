"""The key of the acting context, as the database keeps it."""

from typing import ClassVar

from django.db import models


class Key(models.Model):
    """A version of the key that acting contexts are sealed with, as the pads of HMAC-SHA256."""

    installed: ClassVar[str] = "true"

    number = models.IntegerField(primary_key=True)
    inner_pad = models.BinaryField(max_length=64)
    outer_pad = models.BinaryField(max_length=64)

    class Meta:
        db_table = "access_key"

    def __str__(self) -> str:
        return f"key {self.number}"
