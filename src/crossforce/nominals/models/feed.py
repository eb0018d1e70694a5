"""What changed, for whatever is kept outside the tables: nobody reads it but through functions under seal."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Follower(models.Model):
    """What follows, and of which kinds. Its `identity` is that of this installation of it.

    Of what works on one machine at a time, `led_at` is when the one that leads last said so.
    """

    installed: ClassVar[str] = "true"
    name = models.CharField(max_length=20, primary_key=True)
    kinds = ArrayField(models.CharField(max_length=40))
    identity = models.UUIDField(default=uuid4, editable=False)
    led_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """A record that a follower has to look at: written by a trigger in the transaction of the record itself.

    Each stays until its follower has taken it in, in whatever order transactions come to their end.
    """

    position = models.BigAutoField(primary_key=True)
    follower = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    record = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "nominals_feed"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["follower", "position"], name="feed_of_follower")
        ]

    def __str__(self) -> str:
        return f"{self.follower} {self.position}"


class SearchedScope(models.Model):
    """A scope under a small number, by which an index tests millions of rows: numbers of scopes are drawn at large."""

    number = models.AutoField(primary_key=True)
    scope = models.IntegerField(unique=True)

    def __str__(self) -> str:
        return str(self.number)


class News(models.Model):
    """That something new answers a saved search: not what, which is asked anew when its owner looks."""

    alert = models.UUIDField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return str(self.alert)
