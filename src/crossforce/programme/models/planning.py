"""When a project gets where: milestones, and functions going live in forces."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from crossforce.programme.choices import MILESTONE, PHASE
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Milestone(GovernedRecord):
    """One milestone of a project, known within it by its code; `after` are codes of others."""

    record_kind: ClassVar[str] = MILESTONE

    project = fields.project()
    code = fields.code("Reference", help_text="Short, such as M3; other milestones name it so.")
    title = fields.title()
    begins_on = fields.day("Begins on")
    due_on = fields.Day("Due on")
    after = fields.codes("After", help_text="References of milestones, parted by semicolons.")
    done_on = fields.day("Done on")
    owner = fields.owner()

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["project", "due_on"], name="milestone_of_project"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "project", "code"], name="milestone_has_its_own_code"
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(begins_on__lte=F("due_on")),
                name="milestone_begins_before",
            ),
        ]


@with_history
class Phase(GovernedRecord):
    """One function going live in one force. What is still to be settled stands in the way of it."""

    record_kind: ClassVar[str] = PHASE

    project = fields.project()
    title = fields.title()
    number = models.PositiveSmallIntegerField("Phase", validators=[MinValueValidator(1)])
    function = fields.code("Function")
    force = fields.code("Force")
    planned_on = fields.day("Planned for")
    to_settle = fields.words(
        "Still to be settled",
        help_text="A line for each, such as terms and conditions. It goes live when this is empty.",
    )
    live_on = fields.day("Live since")
    ended_on = fields.day("Ended on")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["project", "number"], name="phase_of_project"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "project", "function", "force"],
                condition=Q(live_on__isnull=False, ended_on=None),
                name="phase_live_once",
            ),
            models.CheckConstraint(
                condition=Q(live_on=None) | Q(to_settle=""), name="phase_is_settled_first"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(live_on__isnull=False, live_on__lte=F("ended_on")),
                name="phase_ends_after_it_began",
            ),
        ]
