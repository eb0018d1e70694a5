"""Requests of people for what is held about them, and what is answered of each original."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crossforce.evidence.choices import (
    ANSWERS,
    GROUNDS,
    SUBJECT_ANSWER,
    SUBJECT_REQUEST,
)
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class SubjectRequest(GovernedRecord):
    """Somebody asks for what is held about them: who, since when, and what is needed to find it."""

    record_kind: ClassVar[str] = SUBJECT_REQUEST

    request_reference = models.CharField("Reference of the request", max_length=60)
    subject = models.CharField("Who asks, by name", max_length=200)
    known_by = models.TextField(
        "What to search for besides the name",
        help_text="Other names, numbers, vehicles, addresses: one a line.",
        max_length=2_000,
        blank=True,
    )
    received_on = models.DateField("Day on which it came")
    asked_on = models.DateField(
        "Day on which proof of identity, or what is meant, was asked for", null=True, blank=True
    )
    clear_on = models.DateField("Day on which that came", null=True, blank=True)
    extended_why = models.CharField(
        "Why two more months are needed",
        help_text="Where it is complex, or one of many. Whoever asks is told within the first month.",
        max_length=500,
        blank=True,
    )
    answered_on = models.DateField("Day on which it was answered", null=True, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [*GovernedRecord.Meta.indexes]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "request_reference"], name="subject_request_once"
            ),
            models.CheckConstraint(
                condition=Q(clear_on__isnull=True)
                | Q(asked_on__isnull=False, clear_on__gte=F("asked_on")),
                name="subject_request_clear_once_asked",
            ),
        ]


@with_history
class SubjectAnswer(GovernedRecord):
    """What is answered of one original: given as it is or redacted, withheld on a ground, or not about who asks. A second person approves it."""

    record_kind: ClassVar[str] = SUBJECT_ANSWER

    request = models.UUIDField("Request")
    exhibit = models.UUIDField("Exhibit")
    item = models.UUIDField("Digital original")
    answer = models.CharField("Answer", max_length=10, choices=list(ANSWERS.items()))
    given = models.UUIDField("What is handed over", null=True, blank=True)
    ground = models.CharField(
        "Ground", max_length=20, blank=True, choices=list(GROUNDS.items())
    )
    why = models.CharField("Why", max_length=500, blank=True)
    is_told = models.BooleanField("Whoever asks is told that it is withheld", default=False)
    settled_at = models.DateTimeField("When it was settled")
    settled_by = models.CharField("Settled by", max_length=100)
    approved_at = models.DateTimeField("When it was approved", null=True, blank=True)
    approved_by = models.CharField("Approved by", max_length=100, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [*GovernedRecord.Meta.indexes]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["request", "item"], name="subject_answer_once"),
            models.CheckConstraint(
                condition=Q(answer="give", given__isnull=False, ground="", is_told=False)
                | Q(answer="withhold", given__isnull=True) & ~Q(ground="") & ~Q(why="")
                | Q(answer="not-theirs", given__isnull=True, ground="", is_told=False)
                & ~Q(why=""),
                name="subject_answer_with_ground",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="")
                | Q(approved_at__isnull=False)
                & ~Q(approved_by="")
                & ~Q(approved_by=F("settled_by")),
                name="subject_answer_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(settled_by=""), name="subject_answer_settled"),
        ]
