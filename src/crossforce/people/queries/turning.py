"""When what people can and may do next changes by the clock, for pages that stay current."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q

from crossforce.kernel import guarded_watch
from crossforce.people import models


def next_turn(staff: Iterable[UUID], at: datetime) -> datetime | None:
    """The next instant after `at` when a skill or an authority of these people begins or ends.

    As far as whoever acts may read them. It is shown to nobody: it is when to look again.
    """
    people = list(staff)
    begins = Min("starts_at", filter=Q(starts_at__gt=at))
    ends = Min("ends_at", filter=Q(ends_at__gt=at))
    found: list[Any] = []
    with guarded_watch.unwatched():
        for model in (models.Skill, models.Authority) if people else ():
            rows = model.objects.filter(staff__in=people)
            found += rows.aggregate(begins=begins, ends=ends).values()
    return min(filter(None, found), default=None)
