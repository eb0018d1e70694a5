"""What whoever holds a seat says to a paper between meetings, and what a body says to its board's own rules."""

from typing import Any, ClassVar

from django.db import models

from crossforce.boards.choices import ANSWER, Vote
from crossforce.boards.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class SeatAnswer(GovernedRecord):
    """The answer that the holder of a seat gave themself; it may change until the paper is decided.

    It is held by the organisation in which they act, and counts once the board's decision is recorded. To what is
    proposed as own rules of a board a body answers: `seat` is the body, and `proposal` the digest of what it answers.
    """

    record_kind: ClassVar[str] = ANSWER

    title = models.CharField("Title", max_length=240)
    paper = models.UUIDField("Paper", null=True, blank=True)
    proposal = models.CharField("Proposal", max_length=64, blank=True)
    board = models.UUIDField("Board")
    agreement = fields.code("Agreement")
    seat = fields.code("Seat", blank=False)
    vote = models.CharField("Vote", max_length=10, choices=[(v.value, v.value) for v in Vote])
    said_by = models.CharField("Answered by", max_length=100)
    said_at = models.DateTimeField("Answered")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["paper", "board"], name="answer_to_a_paper"),
            models.Index(
                fields=["board", "proposal"],
                name="answer_to_own_rules",
                condition=~models.Q(proposal=""),
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "paper", "board", "seat"], name="answer_of_a_seat_once"
            ),
            models.UniqueConstraint(
                fields=["scope_id", "board", "proposal", "seat"],
                condition=models.Q(paper=None),
                name="answer_of_a_body_once",
            ),
            models.CheckConstraint(
                condition=models.Q(paper=None) ^ models.Q(proposal=""),
                name="answer_to_one_thing",
            ),
            models.CheckConstraint(condition=~models.Q(said_by=""), name="answer_by_somebody"),
        ]
