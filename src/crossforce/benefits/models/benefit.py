"""What a collaboration promises, and every change of the promise once it is frozen."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from crossforce.benefits.choices import (
    BENEFIT,
    CHANGE,
    BenefitClass,
    Confidence,
    ShareRule,
    Status,
)
from crossforce.benefits.models import fields
from crossforce.benefits.rules.statuses import KEPT
from crossforce.records.governed import GovernedRecord, with_history

FROZEN = """
IF OLD.frozen_on IS NOT NULL AND (NEW.frozen_on, NEW.benefit_class) IS DISTINCT FROM (OLD.frozen_on, OLD.benefit_class) THEN
  RAISE EXCEPTION 'what is frozen stays frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_stays_frozen';
END IF;
IF OLD.frozen_on IS NOT NULL AND (NEW.promise, NEW.changes) IS DISTINCT FROM (OLD.promise, OLD.changes) AND NOT (
  NEW.changes = OLD.changes + 1 AND EXISTS (SELECT FROM benefits_promisechange c WHERE c.benefit = NEW.id
    AND c.number = NEW.changes AND c.before = OLD.promise AND c.after = NEW.promise)) THEN
  RAISE EXCEPTION 'a frozen promise changes by a recorded change'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_changes_on_record';
END IF;
RETURN NEW;
"""


@with_history
class Benefit(GovernedRecord):
    """One benefit with one owner, an office. `promise` is measure, baseline and targets together.

    From the day on which it is frozen the database changes the promise only beside a recorded
    change that leads from the one to the other.
    """

    record_kind: ClassVar[str] = BENEFIT

    code = fields.code("Reference")
    title = models.CharField("Title", max_length=200)
    description = models.TextField("Description", max_length=4_000, blank=True)
    agreement = fields.code("Agreement", blank=True)
    function = fields.code("Function", blank=True)
    benefit_class = fields.one_of("Class", BenefitClass)
    owner = fields.code("Owner, an office", blank=True)
    beneficiaries = models.TextField(
        "Who benefits, one code a line", max_length=4_000, blank=True
    )
    priority = models.CharField("Priority", max_length=200, blank=True)
    promise = fields.kept("Measure, baseline and targets")
    share_rule = fields.one_of("Divided by", ShareRule, default=ShareRule.COST_SHARES)
    effort = fields.kept("Effort by force")
    depends_on = models.TextField(
        "Depends on, one reference a line", max_length=4_000, blank=True
    )
    counted_in = fields.code("Counted in", blank=True)
    reinvestment = models.CharField("What freed cash is for", max_length=400, blank=True)
    confidence = fields.one_of("Confidence", Confidence, default=Confidence.MEDIUM)
    status = fields.one_of("Status", KEPT, default=Status.IDENTIFIED)
    status_reason = models.CharField("Why", max_length=1_000, blank=True)
    frozen_on = models.DateField("Frozen on", null=True, blank=True)
    changes = models.PositiveSmallIntegerField("Changes of the promise", default=0)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes(
            "benefit", models.Index(fields=["agreement"], name="benefit_of_agreement")
        )
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["scope_id", "code"], name="benefit_once"),
            models.CheckConstraint(
                condition=Q(frozen_on__isnull=False) | Q(changes=0),
                name="benefit_changes_when_frozen",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["identified", "planned", "lost", "closed"])
                | Q(frozen_on__isnull=False),
                name="benefit_runs_when_frozen",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="promise_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=FROZEN,
            )
        ]


@with_history
class PromiseChange(GovernedRecord):
    """One recorded change of a frozen promise: what it was, what it is to be, why, and who decided.

    It is never altered: the database refuses it.
    """

    record_kind: ClassVar[str] = CHANGE

    benefit = models.UUIDField("Benefit")
    number = models.PositiveSmallIntegerField("Number")
    title = models.CharField("Title", max_length=200)
    before = fields.kept("Before")
    after = fields.kept("After")
    reason = models.CharField("Why", max_length=1_000)
    decided_by = models.CharField("Decided by", max_length=200)
    decision = models.CharField("Decision", max_length=200)
    decided_on = models.DateField("Decided on")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = fields.indexes(
            "promisechange", models.Index(fields=["benefit"], name="change_of_benefit")
        )
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "benefit", "number"], name="change_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason="")
                & ~Q(decided_by="")
                & ~Q(decision="")
                & Q(number__gte=1),
                name="change_is_decided",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="change_written_once",
                fields=[
                    "benefit", "number", "before", "after", "reason", "decided_by", "decision",
                    "decided_on",
                ],
            )
        ]  # fmt: skip
