"""What a force holds of a person, an object, a location or an event: statements, and what lists show of them."""

from typing import Any, ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from crossforce.nominals.choices import EVENT, LOCATION, OBJECT, PERSON
from crossforce.records.governed import GovernedRecord, with_history

LONGEST_TEXT: Final = 2_000
PARTIAL: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
"""A day as far as it is known: `1987`, `1987-03` or `1987-03-09`."""


def once(name: str) -> models.UniqueConstraint:
    """A record of the holder's system is held once in its place."""
    return models.UniqueConstraint(
        fields=["source_system", "source_reference", "scope_id"],
        name=f"nominal_{name}_once",
        condition=~Q(source_reference=""),
    )


class Nominal(GovernedRecord):
    """What the four have in common. `number` is what the holder calls it, `team` who keeps it there.

    The statements are what is held (`canonical.Statement`); the other fields are read from them when they are
    written, for lists and for finding.
    """

    number = models.CharField("Number", max_length=120)
    team = models.CharField("Team", max_length=80, blank=True)
    recorded_on = models.DateField("Recorded on", null=True, blank=True)
    statements = models.JSONField("Statements", default=list, blank=True)

    class Meta(GovernedRecord.Meta):
        abstract = True


@with_history
class Person(Nominal):
    """Somebody, as one force knows them."""

    record_kind: ClassVar[str] = PERSON

    family_name = models.CharField("Family name", max_length=120, blank=True)
    given_names = models.CharField("Given names", max_length=200, blank=True)
    sex = models.CharField("Sex", max_length=20, blank=True)
    born = models.CharField(
        "Born", max_length=10, blank=True, validators=[RegexValidator(PARTIAL)]
    )
    categories = ArrayField(
        models.CharField(max_length=20), verbose_name="Categories", default=list, blank=True
    )
    warnings = ArrayField(
        models.CharField(max_length=40), verbose_name="Warnings", default=list, blank=True
    )

    class Meta(Nominal.Meta):
        verbose_name_plural = "people"
        indexes = GovernedRecord.Meta.indexes
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            once("person"),
            models.CheckConstraint(
                condition=Q(born="") | Q(born__regex=PARTIAL),
                name="person_born_as_far_as_known",
            ),
        ]


@with_history
class Object(Nominal):
    """A thing, as one force knows it: `identifier` is what it is known by anywhere, normalised."""

    record_kind: ClassVar[str] = OBJECT

    what = models.CharField("What", max_length=40)
    identifier = models.CharField("Identifier", max_length=120, blank=True)
    description = models.CharField("Description", max_length=LONGEST_TEXT, blank=True)

    class Meta(Nominal.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(
                fields=["identifier", "scope_id"],
                name="object_identified",
                condition=~Q(identifier=""),
            ),
        ]
        constraints: ClassVar[list[Any]] = [*GovernedRecord.Meta.constraints, once("object")]


@with_history
class Location(Nominal):
    """A place, as one force knows it."""

    record_kind: ClassVar[str] = LOCATION

    address = models.CharField("Address", max_length=LONGEST_TEXT, blank=True)
    postcode = models.CharField("Postcode", max_length=8, blank=True)
    latitude = models.FloatField("Latitude", null=True, blank=True)
    longitude = models.FloatField("Longitude", null=True, blank=True)

    class Meta(Nominal.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(
                fields=["postcode", "scope_id"],
                name="location_postcode",
                condition=~Q(postcode=""),
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            once("location"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_is_on_earth",
            ),
        ]


@with_history
class Event(Nominal):
    """What happened, as one force knows it; between which instants, as far as it knows."""

    record_kind: ClassVar[str] = EVENT

    what = models.CharField("What", max_length=40)
    happened_from = models.DateTimeField("From", null=True, blank=True)
    happened_to = models.DateTimeField("To", null=True, blank=True)
    summary = models.CharField("Summary", max_length=LONGEST_TEXT, blank=True)
    place = models.CharField("Place", max_length=LONGEST_TEXT, blank=True)

    class Meta(Nominal.Meta):
        indexes = GovernedRecord.Meta.indexes
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            once("event"),
            models.CheckConstraint(
                condition=Q(happened_to__isnull=True)
                | Q(happened_from__isnull=False, happened_to__gte=models.F("happened_from")),
                name="event_ends_after_it_began",
            ),
        ]
