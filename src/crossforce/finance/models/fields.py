"""Fields that several models of finance have alike."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import Q

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, MOST_PENCE
from crossforce.kernel import fields
from crossforce.kernel.fields import code as code
from crossforce.kernel.fields import year as year

LONGEST_KEPT = 400_000
"""Letters of what is kept as JSON: shares, figures, claims."""


def kept(label: str) -> "models.TextField[str, str]":
    """What is kept as JSON and read by `rules.keeping`."""
    return fields.kept(label, LONGEST_KEPT)


def one_of(name: str, known: Iterable[StrEnum], constraint: str) -> models.CheckConstraint:
    """The database takes none but these."""
    wanted = [each.value for each in known]
    return models.CheckConstraint(condition=Q((f"{name}__in", wanted)), name=constraint)


def within(name: str, constraint: str, *, least: int = -MOST_PENCE) -> models.CheckConstraint:
    """A sum that is none, or no larger than any can be."""
    bounds = Q((f"{name}__gte", least), (f"{name}__lte", MOST_PENCE))
    return models.CheckConstraint(
        condition=Q((f"{name}__isnull", True)) | bounds, name=constraint
    )


def of_a_year(constraint: str) -> models.CheckConstraint:
    """A financial year that the platform can count."""
    bounds = Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
    return models.CheckConstraint(condition=bounds, name=constraint)


def said(*names: str, constraint: str) -> models.CheckConstraint:
    """None of these is empty."""
    wanted = Q()
    for name in names:
        wanted &= ~Q((name, ""))
    return models.CheckConstraint(condition=wanted, name=constraint)
