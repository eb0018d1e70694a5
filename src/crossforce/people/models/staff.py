"""Someone who works for an organisation, as that organisation knows them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from crossforce.kernel.guarded import Guarded
from crossforce.people.choices import EmploymentKind
from crossforce.people.models import effective

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from crossforce.people.models.posting import Posting
    from crossforce.people.models.qualification import Authority, Skill, Vetting


@effective.with_history
class Staff(Guarded, effective.Effective):
    """One person in one organisation, from joining to leaving.

    A human known to two organisations is two rows, tied only by an explicit `SamePerson`.
    """

    record_kind: ClassVar[str] = "people.staff"

    objects: ClassVar[Any] = effective.GuardedEffectiveQuerySet.as_manager()  # type: ignore[assignment]

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_column="organisation",
    )
    number = models.CharField(max_length=20)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in EmploymentKind])
    rank = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)

    if TYPE_CHECKING:
        organisation_id: str
        postings: RelatedManager[Posting]
        skills: RelatedManager[Skill]
        authorities: RelatedManager[Authority]
        vettings: RelatedManager[Vetting]

    class Meta:
        verbose_name_plural = "staff"
        indexes = [
            models.Index(fields=["organisation", "sort_key", "id"], name="staff_by_name"),
        ]
        constraints = [
            *effective.sound("staff"),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(family_name=""), name="staff_has_number_and_name"
            ),
            ExclusionConstraint(
                name="staff_number_one_person_at_a_time",
                expressions=[
                    ("organisation", effective.EQUAL),
                    ("number", effective.EQUAL),
                    (effective.period(), effective.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number}, {self.organisation_id})"

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def is_serving(self, at: datetime) -> bool:
        """Whether the person has not left by the instant."""
        return not self.is_over(at)
