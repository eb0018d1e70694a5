"""How one nominal of a holder bears on another of the same holder."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from crossforce.nominals.choices import POLE, TIE
from crossforce.nominals.models.pole import PARTIAL, once
from crossforce.records.governed import GovernedRecord, with_history

KINDS = [(each, each) for each in POLE]


@with_history
class Tie(GovernedRecord):
    """`one` is, in its role, of `other`: suspect in an event, keeper of a vehicle. Both are of one holder and system.

    `since` and `until` are civil days as far as they are known, or empty.
    """

    record_kind: ClassVar[str] = TIE

    number = models.CharField("Number", max_length=120)
    one = models.UUIDField("One")
    one_kind = models.CharField("Kind of the one", max_length=40, choices=KINDS)
    other = models.UUIDField("Other")
    other_kind = models.CharField("Kind of the other", max_length=40, choices=KINDS)
    role = models.CharField("Role", max_length=60)
    since = models.CharField(
        "Since", max_length=10, blank=True, validators=[RegexValidator(PARTIAL)]
    )
    until = models.CharField(
        "Until", max_length=10, blank=True, validators=[RegexValidator(PARTIAL)]
    )
    statements = models.JSONField("Statements", default=list, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["one"], name="tie_of_one"),
            models.Index(fields=["other"], name="tie_of_other"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            once("tie"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="tie_of_two"),
            models.CheckConstraint(condition=~Q(role=""), name="tie_says_what_it_is"),
        ]
