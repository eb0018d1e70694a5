"""How often what decides who sees what has changed: a few counters, compared as they stand."""

from django.db import models


class Change(models.Model):
    """One counter. A transaction that changes rights takes one that nobody else has, and adds one to it.

    There are as many as transactions ever did so at once, so that none waits for another. Equal counters on
    primary and standby mean the same changes: those of one counter follow each other.
    """

    place = models.UUIDField(primary_key=True)
    amount = models.BigIntegerField()
    last = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.place}: {self.amount}"
