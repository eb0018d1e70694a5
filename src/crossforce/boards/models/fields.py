"""Fields that several models of boards have alike."""

from datetime import date

from django.db import models

from crossforce.kernel import fields

LONGEST_KEPT = 200_000
"""Letters of what is kept as JSON: seats, attendance, votes, an agenda."""

LONGEST_TEXT = 60_000


def code(label: str, *, blank: bool = True) -> "models.CharField[str, str]":
    """The code of an agreement, an office or an organisation."""
    return fields.code(label, blank=blank)


def kept(label: str) -> "models.TextField[str, str]":
    """What is kept as JSON and read by `rules.keeping`."""
    return fields.kept(label, LONGEST_KEPT)


def text(label: str) -> "models.TextField[str, str]":
    """What people write at length."""
    return models.TextField(label, max_length=LONGEST_TEXT, blank=True)


def day(label: str) -> "models.DateField[date, date]":
    """A civil day."""
    return models.DateField(label)


def day_or_none(label: str) -> "models.DateField[date | None, date | None]":
    """A civil day that may not be known yet."""
    return models.DateField(label, null=True, blank=True)
