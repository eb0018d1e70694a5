"""What someone can do, is allowed to do, and is cleared for; each with an end."""

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from crossforce.kernel.guarded import Guarded
from crossforce.people.models import effective
from crossforce.people.models.staff import Staff


def _one_at_a_time(name: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("staff", effective.EQUAL),
            ("code", effective.EQUAL),
            (effective.period(), effective.OVERLAPS),
        ],
    )


class _Qualification(Guarded, effective.Effective):
    code = models.CharField(max_length=60)

    objects: ClassVar[Any] = effective.GuardedEffectiveQuerySet.as_manager()  # type: ignore[assignment]

    if TYPE_CHECKING:
        staff_id: UUID

    class Meta(Guarded.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} ({self.pk})"


@effective.with_history
class Skill(_Qualification):
    """A skill from the catalogue (rule pack `skills`), in date for a period."""

    record_kind: ClassVar[str] = "people.skill"

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="skills")
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [*effective.sound("skill"), _one_at_a_time("skill_once_at_a_time")]


@effective.with_history
class Authority(_Qualification):
    """An individual authority (rule pack `authorities`), granted for a period.

    Whether it is valid at an instant also depends on the skills it requires: `rules.standing`.
    """

    record_kind: ClassVar[str] = "people.authority"

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="authorities")
    conditions = models.CharField(max_length=500, blank=True)
    granted_by = models.CharField(max_length=100)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.CharField(max_length=100, blank=True)
    suspended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            *effective.sound("authority"),
            _one_at_a_time("authority_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_by="", suspended_because="")
                | Q(suspended_at__isnull=False)
                & ~Q(suspended_by="")
                & ~Q(suspended_because=""),
                name="authority_suspended_at_by_and_why",
            ),
        ]


@effective.with_history
class Vetting(_Qualification):
    """A clearance (rule pack `vetting`) that was given, until it ends or is withdrawn."""

    record_kind: ClassVar[str] = "people.vetting"

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="vettings")
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [*effective.sound("vetting"), _one_at_a_time("vetting_once_at_a_time")]
