"""Which acts touched a record, a scope, an organisation, and who did them: for whoever answers for the data.

Pure reads: they permit nothing and record nothing. Whoever lets a person ask decides who may, and
writes the entry of the question.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BinaryField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)

from crossforce.ledger import models
from crossforce.ledger.choices import Part
from crossforce.transparency import canonical


@dataclass(frozen=True, slots=True)
class Touching:
    """Which acts are asked for; every condition given must hold. The period is half-open.

    `operations` are whole names, such as `record.consulted`; `subject` is how one begins. `organisation`
    acted; `concerned` is any that the act concerned; `recipient` stands in the detail under that name where it is an
    organisation, else in private. `staff` and what is private are found while not erased, by whom they are open to.
    """

    operations: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    organisation: str = ""
    concerned: str = ""
    recipient: str = ""
    subject: str = ""
    scope: int | None = None
    row: UUID | None = None
    staff: UUID | None = None


def touching(wanted: Touching) -> QuerySet[models.Entry]:
    """Entries of the acts asked for, newest first."""
    found = _by_columns(wanted)
    if wanted.recipient:
        place = _Place("recipient", wanted.recipient)
        said = models.OpenedPart.objects.filter(entry=OuterRef("pk"), part=Part.PRIVATE)
        apart = Exists(said.alias(place=place).filter(place__gt=0))
        found = found.alias(told=place).filter(Q(told__gt=0) | apart)
    if wanted.scope is not None:
        named = {"scopes__contains": [str(wanted.scope)]}
        found = found.alias(scopes=_Scopes("body")).filter(**named)
    if wanted.staff is not None:
        who = models.OpenedPart.objects.filter(entry=OuterRef("pk"), part=Part.ACTOR)
        theirs = who.alias(place=_Place("staff", str(wanted.staff))).filter(place__gt=0)
        found = found.filter(Exists(theirs))
    return found.order_by("-at", "-id")


def _by_columns(wanted: Touching) -> QuerySet[models.Entry]:
    found = models.Entry.objects.all()
    if wanted.row is not None:
        found = found.filter(rows__contains=[wanted.row]).exclude(rows=[])
    if wanted.concerned:
        found = found.filter(concerns__contains=[wanted.concerned])
    equal = {
        "operation__in": wanted.operations,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "organisation": wanted.organisation,
        "subject__startswith": wanted.subject,
    }
    return found.filter(**{name: value for name, value in equal.items() if value})


class _Scopes(Func):
    """The scopes that the bytes of an entry name: the last member but one of every entry."""

    template = r"""string_to_array(substring(
      convert_from(%(expressions)s, 'UTF8') from '.*"scopes":\[([0-9,]*)\],"subject":'), ',')"""
    output_field = ArrayField(TextField())


class _Place(Func):
    """Where canonical JSON says that the member is the text; 0 where it does not."""

    function = "position"
    arg_joiner = " IN "
    output_field = IntegerField()

    def __init__(self, member: str, text: str, **given: Any) -> None:
        said = canonical.to_bytes({member: text})[1:-1]
        super().__init__(Value(said, BinaryField()), F("body"), **given)
