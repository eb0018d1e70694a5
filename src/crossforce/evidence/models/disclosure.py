"""Unused material of a case, the disclosure test of each item, and the disclosure officer's certificates."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from crossforce.evidence.choices import (
    CERTIFIED,
    DECISIONS,
    SENSITIVE,
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


class Scheduled(GovernedRecord):
    """Relevant material that nobody uses: what it is, what the disclosure officer found, and what the prosecutor decided.

    Its number is where it stands on its schedule today, and is kept nowhere: no gap tells that something left. What goes to the
    other schedule says as whose successor, and goes in that instant (sql/3_schedules.sql).
    """

    schedule: ClassVar[Schedule]
    number: int = 0
    why_sensitive: Any = ""
    case = models.UUIDField("Case")
    description = models.CharField("What it is, enough to decide", max_length=500)
    location = models.CharField("Where it is", max_length=200)
    exhibit = models.UUIDField("Exhibit", null=True, blank=True)
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
    moved_to = models.UUIDField("As what it goes on", null=True, blank=True, editable=False)

    class Meta(GovernedRecord.Meta):
        abstract = True
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["case"], name="%(class)s_of_case"),
            models.Index(
                fields=["case"], condition=~Q(reopened_for=""), name="%(class)s_again"
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(test="", tested_at__isnull=True, tested_by="", test_reason="")
                | ~Q(test="")
                & Q(tested_at__isnull=False)
                & ~Q(tested_by="")
                & ~Q(test_reason=""),
                name="%(class)s_tested_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    decision="", decided_at__isnull=True, decided_by="", decision_reason=""
                )
                | ~Q(decision="")
                & ~Q(test="")
                & Q(decided_at__isnull=False)
                & ~Q(decided_by=""),
                name="%(class)s_decided_at_and_by",
            ),
        ]

    @property
    def standing(self) -> Standing:
        """What of it decides what may be done with it."""
        return Standing(
            self.number,
            self.schedule,
            Test(self.test),
            self.is_presumed,
            bool(self.reopened_for),
            Decision(self.decision),
        )


@with_history
class Unused(Scheduled):
    """An item of MG6C, which the defence is given."""

    record_kind: ClassVar[str] = UNUSED
    schedule: ClassVar[Schedule] = Schedule.NOT_SENSITIVE

    class Meta(Scheduled.Meta):
        constraints: ClassVar[list[Any]] = [
            *Scheduled.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(decision="withheld"), name="unused_withheld_by_no_court"
            ),
        ]


@with_history
class Sensitive(Scheduled):
    """An item of MG6D, with why it is sensitive: who reads MG6C alone learns nothing of it."""

    record_kind: ClassVar[str] = SENSITIVE
    schedule: ClassVar[Schedule] = Schedule.SENSITIVE

    why_sensitive = models.CharField("Why it is sensitive", max_length=500)
    certificate = models.UUIDField("Certificate under which it stands", null=True, blank=True)
    order_reference = models.CharField("Order of the court", max_length=100, blank=True)
    ordered_on = models.DateField("Day of the order", null=True, blank=True)

    class Meta(Scheduled.Meta):
        constraints: ClassVar[list[Any]] = [
            *Scheduled.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(why_sensitive=""), name="sensitive_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(decision="disclose"), name="sensitive_not_disclosed"
            ),
            models.CheckConstraint(
                condition=Q(decision="withheld", ordered_on__isnull=False)
                & ~Q(order_reference="")
                | ~Q(decision="withheld") & Q(order_reference="", ordered_on__isnull=True),
                name="sensitive_withheld_by_order",
            ),
        ]


@with_history
class Certified(GovernedRecord):
    """A disclosure officer certified the schedules of a case as they then were. It never changes.

    It tells of MG6C alone; an item of MG6D says itself under which certificate it stands.
    """

    record_kind: ClassVar[str] = CERTIFIED

    case = models.UUIDField("Case")
    number = models.PositiveIntegerField("Number")
    officer = models.CharField("Disclosure officer, by office and number", max_length=100)
    items = models.PositiveIntegerField("Items of MG6C")
    digest = models.CharField("SHA-256 of MG6C", max_length=64)

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
