"""A place in which someone acts."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from crossforce.people.choices import PostingState
from crossforce.people.models import effective
from crossforce.people.models.staff import Staff

STATES = [(state.value, state.value) for state in PostingState]
UNANSWERED = [PostingState.OFFERED.value]


@effective.with_history
class Posting(effective.Effective):
    """Someone holds a role for an organisation, in a unit or in none, for a period.

    It carries no personal data and is not guarded, because it is what acting begins from. A
    posting for another organisation than one's own is offered, and counts once that one accepts.
    """

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="postings")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_column="organisation",
    )
    unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=STATES)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)

    if TYPE_CHECKING:
        staff_id: UUID
        organisation_id: str
        unit_id: UUID | None

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "state", "role"], name="posting_by_organisation"
            ),
            models.Index(fields=["unit", "role"], name="posting_by_unit"),
        ]
        constraints = [
            *effective.sound("posting"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", state__in=UNANSWERED)
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(state__in=UNANSWERED),
                name="posting_answered_at_and_by",
            ),
            ExclusionConstraint(
                name="posting_same_role_once_at_a_time",
                expressions=[
                    ("staff", effective.EQUAL),
                    ("organisation", effective.EQUAL),
                    (effective.unit_or_none(), effective.EQUAL),
                    ("role", effective.EQUAL),
                    (effective.period(), effective.OVERLAPS),
                ],
                condition=~Q(state=PostingState.DECLINED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.organisation_id} ({self.id})"
