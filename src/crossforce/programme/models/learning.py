"""What was learned, by the project itself and by those who inspected."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crossforce.programme.choices import FINDING, LESSON, FindingKind, Theme
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Lesson(GovernedRecord):
    """Something learned, for others who do the like."""

    record_kind: ClassVar[str] = LESSON

    project = models.CharField("Project", max_length=120, blank=True)
    title = fields.title()
    theme = fields.one_of("Theme", Theme)
    happened = models.TextField("What happened", max_length=fields.LONGEST)
    advice = models.TextField("What to do next time", max_length=fields.LONGEST)
    function = fields.code("Function", blank=True)


@with_history
class InspectionFinding(GovernedRecord):
    """One finding of an inspectorate; it is closed by the inspectorate."""

    record_kind: ClassVar[str] = FINDING

    title = fields.title()
    sort = fields.one_of("Sort", FindingKind)
    inspectorate = models.CharField("Inspectorate", max_length=200)
    report = models.CharField("Report", max_length=300)
    reported_on = fields.Day("Reported on")
    project = models.CharField("Project", max_length=120, blank=True)
    function = fields.code("Function", blank=True)
    owner = fields.owner()
    due_on = fields.day("Due on")
    actions = fields.words("Actions", help_text="A line for each.")
    evidence = fields.words("Evidence that it is met")
    submitted_on = fields.day("Submitted on")
    closed_on = fields.day("Closed by the inspectorate on")

    class Meta(GovernedRecord.Meta):
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(submitted_on=None) | ~Q(actions="") & ~Q(evidence=""),
                name="finding_is_submitted_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("reported_on")),
                name="finding_is_closed_after_its_report",
            ),
        ]
