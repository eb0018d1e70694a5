"""A correction that somebody proposes who may read a record but not change it."""

from django.db import models
from django.db.models import Q

from crossforce.kernel.ids import new_id
from crossforce.records.choices import ProposalState


class Proposal(models.Model):
    """What a reader would have a record say, and why; the holder accepts it or says why not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.UUIDField()
    kind = models.CharField(max_length=80)
    scope_id = models.IntegerField(default=0)
    version = models.PositiveIntegerField()  #: of the record that the proposer had before them
    changes = models.JSONField()  #: what it would say, by field
    reason = models.CharField(max_length=1000)
    posting = models.UUIDField()
    organisation = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=100)
    state = models.CharField(
        max_length=10, default="open", choices=[(s.value, s.value) for s in ProposalState]
    )
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["record", "-proposed_at"], name="proposal_of_record"),
            models.Index(fields=["posting", "-proposed_at"], name="proposal_of_posting"),
            models.Index(
                fields=["scope_id", "-proposed_at"],
                condition=Q(state="open"),
                name="proposal_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by="")
                | ~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answered_by=""),
                name="proposal_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""), name="proposal_refused_with_why"
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by="") & ~Q(reason=""), name="proposal_by_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.record} ({self.state})"
