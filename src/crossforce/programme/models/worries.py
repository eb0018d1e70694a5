"""What may go wrong with a project, and what has."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.programme.choices import ISSUE, RISK, RiskCategory
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Risk(GovernedRecord):
    """One risk, as it stands with what is already done about it."""

    record_kind: ClassVar[str] = RISK

    project = fields.project()
    title = fields.title()
    category = fields.one_of("Category", RiskCategory)
    likelihood = fields.of_five("Likelihood")
    impact = fields.of_five("Impact")
    action = fields.words("Action")
    owner = fields.owner()
    review_on = fields.day("Review on")
    closed_on = fields.day("Closed on")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["project"], name="risk_of_project"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="risk_is_on_the_scale",
            ),
        ]


@with_history
class Issue(GovernedRecord):
    """Something that has gone wrong, and by when it is put right."""

    record_kind: ClassVar[str] = ISSUE

    project = fields.project()
    title = fields.title()
    description = fields.words("Description")
    owner = fields.owner()
    due_on = fields.day("Due on")
    closed_on = fields.day("Closed on")
    resolution = fields.words("How it was put right")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["project"], name="issue_of_project"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(resolution=""),
                name="issue_says_how_it_was_closed",
            ),
        ]
