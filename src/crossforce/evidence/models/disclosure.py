"""Unused material of a case, the disclosure test of each item, and the disclosure officer's certificates."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from crossforce.evidence.choices import (
    CERTIFIED,
    DECISIONS,
    SCHEDULES,
    TESTS,
    TRIGGERS,
    UNUSED,
    Decision,
    Schedule,
    Test,
)
from crossforce.evidence.models.lasting import differs
from crossforce.evidence.rules.disclosure import Standing
from crossforce.records.governed import GovernedRecord, with_history

CERTIFIES = ("case", "number", "officer", "items", "digest")


@with_history
class Unused(GovernedRecord):
    """An item of unused material: where it is scheduled, what the disclosure officer found, and what the prosecutor decided."""

    record_kind: ClassVar[str] = UNUSED

    case = models.UUIDField("Case")
    schedule = models.CharField("Schedule", max_length=4, choices=list(SCHEDULES.items()))
    number = models.PositiveIntegerField("Number")
    description = models.CharField("What it is, enough to decide", max_length=500)
    location = models.CharField("Where it is", max_length=200)
    exhibit = models.UUIDField("Exhibit", null=True, blank=True)
    why_sensitive = models.CharField("Why it is sensitive", max_length=500, blank=True)
    is_presumed = models.BooleanField("Presumed to meet the test", default=False)
    test = models.CharField(
        "Disclosure test", max_length=12, blank=True, choices=list(TESTS.items())
    )
    tested_at = models.DateTimeField("When it was tested", null=True, blank=True)
    tested_by = models.CharField("Tested by", max_length=100, blank=True)
    test_reason = models.CharField("Why", max_length=500, blank=True)
    reopened_for = models.CharField(
        "Looked at again because", max_length=20, blank=True, choices=list(TRIGGERS.items())
    )
    decision = models.CharField(
        "Prosecutor's decision", max_length=10, blank=True, choices=list(DECISIONS.items())
    )
    decided_at = models.DateTimeField("When it was decided", null=True, blank=True)
    decided_by = models.CharField("Decided by", max_length=100, blank=True)
    decision_reason = models.CharField("Why it was so decided", max_length=500, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["case", "schedule", "number"], name="unused_of_case"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "schedule", "number"], name="unused_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(schedule="mg6c", why_sensitive="")
                | Q(schedule="mg6d") & ~Q(why_sensitive=""),
                name="unused_sensitive_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(test="", tested_at__isnull=True, tested_by="", test_reason="")
                | ~Q(test="")
                & Q(tested_at__isnull=False)
                & ~Q(tested_by="")
                & ~Q(test_reason=""),
                name="unused_tested_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    decision="", decided_at__isnull=True, decided_by="", decision_reason=""
                )
                | ~Q(decision="")
                & ~Q(test="")
                & Q(decided_at__isnull=False)
                & ~Q(decided_by=""),
                name="unused_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(schedule="mg6d", decision="disclose"),
                name="unused_sensitive_not_disclosed",
            ),
        ]

    @property
    def standing(self) -> Standing:
        """What of it decides what may be done with it."""
        return Standing(
            self.number,
            Schedule(self.schedule),
            Test(self.test),
            self.is_presumed,
            bool(self.reopened_for),
            Decision(self.decision),
        )


@with_history
class Certified(GovernedRecord):
    """A disclosure officer certified the schedules of a case as they then were. It never changes."""

    record_kind: ClassVar[str] = CERTIFIED

    case = models.UUIDField("Case")
    number = models.PositiveIntegerField("Number")
    officer = models.CharField("Disclosure officer, by office and number", max_length=100)
    items = models.PositiveIntegerField("Items")
    digest = models.CharField("SHA-256 of the schedules", max_length=64)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [*GovernedRecord.Meta.indexes]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="certified_numbered_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="certified_is_as_given",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(differs(CERTIFIES)),
            )
        ]
