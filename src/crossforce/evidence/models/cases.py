"""Criminal investigations, whose outcome decides until when their material is kept."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.evidence.choices import (
    CASE,
    OFFENCES,
    OUTCOMES,
    SENTENCES,
    STAGES,
    STATES,
    Outcome,
    Sentence,
    Stage,
)
from crossforce.evidence.rules.retention import Facts
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Case(GovernedRecord):
    """A criminal investigation: exhibits name its reference, and its outcome decides how long they are kept."""

    record_kind: ClassVar[str] = CASE

    case_reference = models.CharField("Crime, incident or operation", max_length=80)
    title = models.CharField("What it is about", max_length=200)
    offence_group = models.CharField(
        "Offence group", max_length=20, choices=list(OFFENCES.items())
    )
    state = models.CharField(
        "State of the investigation", max_length=10, choices=list(STATES.items())
    )
    outcome = models.CharField(
        "Outcome", max_length=20, blank=True, choices=list(OUTCOMES.items())
    )
    outcome_on = models.DateField("Day of the outcome", null=True, blank=True)
    sentence = models.CharField(
        "Sentence, where somebody is detained",
        max_length=10,
        blank=True,
        choices=list(SENTENCES.items()),
    )
    released_on = models.DateField(
        "Release from custody, or discharge from hospital",
        help_text="The day, or the day that is expected. Where several were sentenced, the last.",
        null=True,
        blank=True,
    )
    appeal = models.CharField("Appeal", max_length=10, blank=True, choices=list(STAGES.items()))
    appeal_on = models.DateField("Day of the decision on appeal", null=True, blank=True)
    ccrc = models.CharField(
        "Application to the Criminal Cases Review Commission",
        max_length=10,
        blank=True,
        choices=list(STAGES.items()),
    )
    ccrc_on = models.DateField(
        "Day of the Commission's decision, or of what it referred", null=True, blank=True
    )

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["case_reference"], name="case_by_reference"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["scope_id", "case_reference"], name="case_once"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | ~Q(outcome="") & Q(outcome_on__isnull=False),
                name="case_outcome_and_day",
            ),
            models.CheckConstraint(
                condition=Q(sentence="") | Q(outcome="convicted"),
                name="case_sentence_of_convicted",
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | ~Q(sentence=""),
                name="case_released_from_sentence",
            ),
            models.CheckConstraint(
                condition=Q(appeal="decided", appeal_on__isnull=False)
                | ~Q(appeal="decided") & Q(appeal_on__isnull=True),
                name="case_appeal_and_day",
            ),
            models.CheckConstraint(
                condition=Q(ccrc="decided", ccrc_on__isnull=False)
                | ~Q(ccrc="decided") & Q(ccrc_on__isnull=True),
                name="case_ccrc_and_day",
            ),
        ]

    @property
    def facts(self) -> Facts:
        """What of it decides how long its material is kept."""
        return Facts(
            outcome=Outcome(self.outcome),
            outcome_on=self.outcome_on,
            sentence=Sentence(self.sentence),
            released_on=self.released_on,
            appeal=Stage(self.appeal),
            appeal_on=self.appeal_on,
            ccrc=Stage(self.ccrc),
            ccrc_on=self.ccrc_on,
        )
