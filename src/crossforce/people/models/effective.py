"""Rows that hold for a period, change under a version, and keep their history."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

import pghistory
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from crossforce.kernel.civil import day_of
from crossforce.kernel.guarded_rows import GuardedQuerySet
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.versioned import Versioned

EQUAL, OVERLAPS = RangeOperators.EQUAL, RangeOperators.OVERLAPS
NO_UNIT = "00000000-0000-0000-0000-000000000000"
ModelT = TypeVar("ModelT", bound=type[models.Model])


class EffectiveQuerySet(models.QuerySet[Any]):
    """Filters by the half-open period in which a row holds."""

    def at(self, at: datetime) -> Self:
        """Rows that hold at the instant."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)

    def not_over(self, at: datetime) -> Self:
        """Rows that hold at the instant or will later."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))

    def overlapping(self, period: Period) -> Self:
        """Rows whose period shares an instant with this one."""
        found = self.not_over(period.starts_at)
        return found if period.ends_at is None else found.filter(starts_at__lt=period.ends_at)


class GuardedEffectiveQuerySet(GuardedQuerySet[Any], EffectiveQuerySet):  # type: ignore[override]
    """The same filters over guarded rows, watched."""


class Effective(Versioned):
    """A row that holds in `[starts_at, ends_at)`; who changed it last, and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=100)

    objects: ClassVar[Any] = EffectiveQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """When it holds."""
        return Period(self.starts_at, self.ends_at)

    def holds(self, at: datetime) -> bool:
        """Whether it holds at the instant."""
        return self.starts_at <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by the instant."""
        return self.ends_at is not None and self.ends_at <= at

    @property
    def first_day(self) -> date:
        """The civil day on which it begins."""
        return day_of(self.starts_at)

    @property
    def last_day(self) -> date | None:
        """The last civil day on which it holds, or None without an end."""
        return (
            None if self.ends_at is None else day_of(self.ends_at - timedelta(microseconds=1))
        )


def sound(prefix: str) -> list[models.BaseConstraint]:
    """Constraints that every effective table has, named after it."""
    return [
        models.CheckConstraint(
            condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            name=f"{prefix}_ends_after_it_starts",
        ),
        models.CheckConstraint(condition=~Q(changed_by=""), name=f"{prefix}_changed_at_and_by"),
    ]


def period() -> Func:
    """The period as a range, for constraints that forbid overlap."""
    return Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange")


def unit_or_none() -> Coalesce:
    """The unit, with one value for none, so that two rows without a unit can clash."""
    return Coalesce(F("unit"), Value(NO_UNIT, output_field=models.UUIDField()))


def with_history(model: ModelT) -> ModelT:
    """Keep every state of the row in a table that is only ever added to, by trigger."""
    tracked = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        context_field=None,  # type: ignore[arg-type]  # None means: without one
    )
    return tracked(model)  # type: ignore[no-any-return]
