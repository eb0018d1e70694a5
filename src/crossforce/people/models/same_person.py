"""The explicit tie between two staff rows that are one human."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from crossforce.people.models import effective
from crossforce.people.models.staff import Staff


@effective.with_history
class SamePerson(effective.Effective):
    """Two organisations know the same human; said so on a stated basis, never guessed.

    Each side sees the other only as far as an agreement gives it.
    """

    one = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    agreement_reference = models.CharField(max_length=100, blank=True)

    if TYPE_CHECKING:
        one_id: UUID
        other_id: UUID

    class Meta:
        verbose_name_plural = "same persons"
        constraints = [
            *effective.sound("sameperson"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="sameperson_in_one_order"
            ),
            ExclusionConstraint(
                name="sameperson_said_once",
                expressions=[
                    ("one", effective.EQUAL),
                    ("other", effective.EQUAL),
                    (effective.period(), effective.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is {self.other_id}"
