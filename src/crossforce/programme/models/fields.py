"""Fields that several models of the programme have alike."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from crossforce.kernel.fields import code as code
from crossforce.programme.rules.days import EARLIEST_DAY, LATEST_DAY

LONGEST = 5_000
MOST_PENCE = 10**15

if TYPE_CHECKING:
    DayField = models.DateField[Any, Any]
    PenceField = models.BigIntegerField[Any, Any]
else:
    DayField, PenceField = models.DateField, models.BigIntegerField


class Day(DayField):
    """A civil day of the years that a programme may speak of, whichever way it comes."""

    def formfield(self, *given: Any, **more: Any) -> Any:
        told = f"Enter a day from {EARLIEST_DAY.year} to {LATEST_DAY.year}."
        bounds = [MinValueValidator(EARLIEST_DAY, told), MaxValueValidator(LATEST_DAY, told)]
        return super().formfield(*given, **{"validators": bounds, **more})

    def deconstruct(self) -> Any:
        name, _, given, more = super().deconstruct()
        return name, "django.db.models.DateField", given, more


class Pence(PenceField):
    """A sum in pence that any sum of such sums can be reckoned with."""

    def formfield(self, *given: Any, **more: Any) -> Any:
        return super().formfield(
            *given, **{"min_value": -MOST_PENCE, "max_value": MOST_PENCE, **more}
        )

    def deconstruct(self) -> Any:
        name, _, given, more = super().deconstruct()
        return name, "django.db.models.BigIntegerField", given, more


def project() -> "models.CharField[str, str]":
    """The project that the record belongs to."""
    return models.CharField("Project", max_length=120, help_text="The code of the project.")


def codes(label: str, **more: Any) -> "models.CharField[str, str]":
    """Several codes, parted by semicolons."""
    return models.CharField(label, max_length=2_000, blank=True, **more)


def words(label: str, **more: Any) -> "models.TextField[str, str]":
    """Some sentences."""
    return models.TextField(label, max_length=LONGEST, blank=True, **more)


def title() -> "models.CharField[str, str]":
    """What it is called."""
    return models.CharField("Title", max_length=200)


def owner() -> "models.CharField[str, str]":
    """Who sees to it: an office."""
    return models.CharField(
        "Owner", max_length=200, blank=True, help_text="An office, not a name."
    )


def day(label: str, **more: Any) -> Day:
    """A civil day that may not be known."""
    return Day(label, null=True, blank=True, **more)


def pence(label: str, **more: Any) -> Pence:
    """A sum of money in pence that may not be known."""
    return Pence(label, null=True, blank=True, **more)


def one_of(label: str, kinds: Iterable[Any], **more: Any) -> "models.CharField[str, str]":
    """One of the values of an enumeration, shown in words."""
    values = [
        (str(each.value), str(each.value).replace("-", " ").capitalize()) for each in kinds
    ]
    return models.CharField(label, max_length=30, choices=values, **more)


def of_five(label: str) -> "models.PositiveSmallIntegerField[int, int]":
    """A figure from 1 to 5."""
    bounds = [MinValueValidator(1), MaxValueValidator(5)]
    return models.PositiveSmallIntegerField(label, validators=bounds, help_text="From 1 to 5.")


def parted(text: str) -> tuple[str, ...]:
    """The codes that a text has, parted by semicolons or commas."""
    if not text:
        return ()
    return tuple(filter(None, (each.strip() for each in text.replace(",", ";").split(";"))))
