"""A board as its secretary keeps it."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from crossforce.boards.choices import BOARD, Cycle
from crossforce.boards.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Board(GovernedRecord):
    """Who meets, when, and to whom it reports. Who sits is not kept but worked out day by day.

    A board whose `code` is an organisation's is that organisation; any other is whoever governs its
    `agreement` jointly on the day. `seats` are its own rules of who sits, where it has some. Own rules of a board that
    is several bodies are `proposed`, with letters that agree, until all whose board it is have; `agreed` is to what counts.
    """

    record_kind: ClassVar[str] = BOARD

    title = models.CharField("Title", max_length=200)
    code = fields.code("Code", blank=False)
    agreement = fields.code("Agreement")
    reports_to = fields.code("Reports to")
    cycle = models.CharField(
        "Meets", max_length=12, choices=[(c.value, c.value) for c in Cycle]
    )
    weekday = models.PositiveSmallIntegerField("Weekday", validators=[MaxValueValidator(4)])
    week = models.PositiveSmallIntegerField(
        "Week of the month", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    month = models.PositiveSmallIntegerField(
        "Month of the period", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    begins = models.TimeField("Begins at")
    seats = fields.kept("Seats by its own rules")
    chair = fields.code("Seat that chairs")
    chair_casts = models.BooleanField("The chair has a casting vote", default=False)
    delegations = fields.kept("What a seat may decide alone")
    proposed = fields.kept("Seats and delegations that are proposed")
    agreed = fields.kept("Which bodies agreed to them")
    closed = fields.kept("Days on which it does not meet")

    class Meta(GovernedRecord.Meta):
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["scope_id", "code"], name="board_has_its_own_code"),
            models.CheckConstraint(condition=~Q(code=""), name="board_has_a_code"),
        ]
