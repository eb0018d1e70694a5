"""What whoever holds a seat says to a paper between meetings."""

from typing import Any, ClassVar

from django.db import models

from crossforce.boards.choices import ANSWER, Vote
from crossforce.boards.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class SeatAnswer(GovernedRecord):
    """The answer that the holder of a seat gave themself; it may change until the paper is decided.

    It is held by the organisation in which they act, and counts once the board's decision is recorded.
    """

    record_kind: ClassVar[str] = ANSWER

    title = models.CharField("Title", max_length=240)
    paper = models.UUIDField("Paper")
    board = models.UUIDField("Board")
    agreement = fields.code("Agreement", blank=False)
    seat = fields.code("Seat", blank=False)
    vote = models.CharField("Vote", max_length=10, choices=[(v.value, v.value) for v in Vote])
    said_by = models.CharField("Answered by", max_length=100)
    said_at = models.DateTimeField("Answered")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["paper", "board"], name="answer_to_a_paper"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "paper", "board", "seat"], name="answer_of_a_seat_once"
            ),
            models.CheckConstraint(condition=~models.Q(said_by=""), name="answer_by_somebody"),
        ]
