"""Columns that models of several apps have alike."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from crossforce.kernel.civil import FIRST_YEAR, LAST_YEAR


def code(label: str, **more: Any) -> "models.CharField[str, str]":
    """The code of an agreement, a function, an organisation or an office."""
    return models.CharField(label, max_length=120, **more)


def year() -> "models.PositiveSmallIntegerField[int, int]":
    """A financial year, by the year that it begins in."""
    bounds = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    return models.PositiveSmallIntegerField("Financial year from April", validators=bounds)


def kept(label: str, longest: int) -> "models.TextField[str, str]":
    """What is kept as JSON of so many letters, and read by the app's `rules.keeping`."""
    return models.TextField(label, max_length=longest, blank=True)
