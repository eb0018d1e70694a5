"""Meetings of boards and what they set to be done."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.boards.choices import ACTION, MEETING, ActionState, MeetingState
from crossforce.boards.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Meeting(GovernedRecord):
    """One meeting: its day, who came, what was said. Its agenda is kept once it has been held."""

    record_kind: ClassVar[str] = MEETING

    title = models.CharField("Title", max_length=240)
    board = models.UUIDField("Board")
    on = fields.day("Day")
    begins = models.TimeField("Begins at")
    place = models.CharField("Where", max_length=200, blank=True)
    state = models.CharField(
        "State", max_length=10, choices=[(s.value, s.value) for s in MeetingState]
    )
    papers_due_on = fields.day("Papers due")
    moved = models.CharField("Why it was moved", max_length=200, blank=True)
    attendance = fields.kept("Attendance")
    notes = fields.kept("Notes by item")
    agenda = fields.kept("Agenda as it was held")
    minutes = fields.text("Minutes")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["board", "on"], name="meeting_of_a_board"),
            models.Index(fields=["on"], name="meeting_on_a_day"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "board", "on"],
                condition=~Q(state="cancelled"),
                name="meeting_once_a_day",
            ),
        ]


@with_history
class Action(GovernedRecord):
    """What a board set an office to do. `item` is the paper that it came of, if any."""

    record_kind: ClassVar[str] = ACTION

    what = models.CharField("What is to be done", max_length=300)
    owner = fields.code("Office that does it", blank=False)
    board = models.UUIDField("Board")
    meeting = models.UUIDField("Meeting", null=True, blank=True)
    item = fields.code("Item")
    set_on = fields.day("Set on")
    due_on = fields.day("Due on")
    state = models.CharField(
        "State", max_length=10, choices=[(s.value, s.value) for s in ActionState]
    )
    ended_on = fields.day_or_none("Ended on")
    said = models.CharField("What was done, or why not", max_length=500, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["board", "state", "due_on"], name="action_of_a_board"),
            models.Index(fields=["meeting"], name="action_of_a_meeting"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None)
                | ~Q(state="open") & Q(ended_on__isnull=False) & ~Q(said=""),
                name="action_ends_with_words",
            ),
        ]
