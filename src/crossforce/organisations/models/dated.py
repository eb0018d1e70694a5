"""Civil dates in columns: the day, and beside it how precisely the source gives it."""

from datetime import date

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.fields import CharField

from crossforce.organisations.choices import PreciseDate, Precision

PRECISIONS = [(each.value, each.value) for each in Precision]
EQUAL, OVERLAPS = RangeOperators.EQUAL, RangeOperators.OVERLAPS


def precision_field() -> "CharField[str, str]":
    """The precision of the date beside it."""
    return CharField(max_length=9, choices=PRECISIONS, default=Precision.DAY.value)


def precise(day: date | None, precision: str) -> PreciseDate | None:
    """The two columns as one value."""
    return None if day is None else PreciseDate(date=day, precision=Precision(precision))


def columns(value: PreciseDate | None) -> tuple[date | None, str]:
    """The value as its two columns; no date has precision day."""
    return (None, Precision.DAY.value) if value is None else (value.date, value.precision.value)


def in_order(name: str, start: str = "since", end: str = "until") -> models.CheckConstraint:
    """The end is after the start, where both are known."""
    ordered = Q(**{f"{end}__gt": F(start)})
    return models.CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__isnull": True}) | ordered,
        name=name,
    )


def known_precision(name: str, *fields: str) -> models.CheckConstraint:
    """Each precision is one of the known words."""
    words = [each.value for each in Precision]
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__in": words})
    return models.CheckConstraint(condition=condition, name=name)


def days(start: str = "since", end: str = "until") -> Func:
    """The half-open range of days, for constraints that forbid overlap."""
    return Func(F(start), F(end), Value("[)"), function="daterange")
