"""What goes with a record that is disposed of."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from crossforce.nominals import models
from crossforce.nominals.choices import TIE
from crossforce.people.api import Actor
from crossforce.records import api as records


def with_ties(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the ties of a record before it goes. Raises what keeps one of them, and then all stay."""
    ties = models.Tie.objects.filter(Q(one=row.pk) | Q(other=row.pk)).order_by("pk")
    keys = list(ties.values_list("pk", flat=True))
    records.dispose_many(actor=actor, kind=TIE, records=keys, reason=reason, at=at)
