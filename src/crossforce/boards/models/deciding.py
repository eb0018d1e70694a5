"""Papers, and the decisions on them."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from crossforce.boards.choices import DECISION, PAPER, PUT_OFF, How, PaperState, Vote
from crossforce.boards.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Paper(GovernedRecord):
    """What somebody asks a board for. Which board that is follows from who governs on the day.

    `functions` are the functions of the agreement that it is about; none means all of them. That it was
    decided or put off is told from the decisions on it (`queries.papers`): boards of others than its holder make them.
    """

    record_kind: ClassVar[str] = PAPER

    title = models.CharField("Title", max_length=200)
    agreement = fields.code("Agreement", blank=False)
    functions = models.CharField("Functions", max_length=400, blank=True)
    heading = fields.code("Heading of the agenda", blank=False)
    body = fields.text("What is asked for, and why")
    decision = fields.code("Kind of decision")
    pence = models.BigIntegerField("Value in pence", validators=[MinValueValidator(0)])
    effect = fields.code("What it does")
    effect_of = models.CharField("To what", max_length=160, blank=True)
    effect_on = fields.day_or_none("With effect from")
    due_on = fields.day("Due")
    state = models.CharField(
        "State", max_length=10, choices=[(s.value, s.value) for s in PaperState]
    )
    out_at = models.DateTimeField("Sent out", null=True, blank=True)
    out_by = models.CharField("Sent out by", max_length=100, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["agreement", "state", "due_on"], name="paper_of_an_agreement"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(pence__gte=0), name="paper_value_not_negative"),
            models.CheckConstraint(
                condition=Q(out_at=None, out_by="") | Q(out_at__isnull=False) & ~Q(out_by=""),
                name="paper_out_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["out", "decided"]) | Q(out_at__isnull=False),
                name="paper_is_out_once_sent",
            ),
        ]


@with_history
class Decision(GovernedRecord):
    """What came of a motion, as it was judged at that instant; it is never judged again.

    What was not validly decided is kept with its reasons and has no effect: the table says so too. That a
    meeting put a paper off is kept in the same way.
    """

    record_kind: ClassVar[str] = DECISION

    title = models.CharField("Title", max_length=240)
    paper = models.UUIDField("Paper")
    board = models.UUIDField("Board")
    meeting = models.UUIDField("Meeting", null=True, blank=True)
    agreement = fields.code("Agreement")
    how = models.CharField(
        "How", max_length=10, choices=[(h, h) for h in (*(h.value for h in How), PUT_OFF)]
    )
    decided_at = models.DateTimeField("Taken")
    decided_by = models.CharField("Recorded by", max_length=100)
    is_decided = models.BooleanField("Decided", default=False)
    takes_effect_on = fields.day_or_none("With effect from")
    votes = fields.kept("Votes by seat")
    consents = fields.kept("Agreed in writing besides")
    casting = models.CharField(
        "Casting vote of the chair",
        max_length=10,
        blank=True,
        choices=[(v.value, v.value) for v in Vote],
    )
    asked_on = fields.day_or_none("When the seats were asked")
    alone = fields.code("Seat that decided alone")
    judged = fields.kept("How it was judged")
    urgency = models.CharField("Why it could not wait", max_length=500, blank=True)
    effect = fields.code("What it does")
    effect_of = models.CharField("To what", max_length=160, blank=True)
    done_on = fields.day_or_none("Took effect on")
    outcome = models.CharField("What came of it", max_length=500, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["board", "decided_at"], name="decision_of_a_board"),
            models.Index(fields=["paper"], name="decision_of_a_paper"),
            models.Index(fields=["meeting"], name="decision_of_a_meeting"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "paper"],
                condition=Q(is_decided=True),
                name="decision_of_a_paper_once",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None)
                | Q(is_decided=True, takes_effect_on__isnull=False)
                & Q(done_on__gte=models.F("takes_effect_on")),
                name="decision_acts_when_decided",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=""), name="decision_by_somebody_who"
            ),
            models.CheckConstraint(
                condition=Q(is_decided=True) | Q(takes_effect_on=None),
                name="decision_has_effect_if_made",
            ),
        ]
