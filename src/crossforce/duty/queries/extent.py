"""How far the duties that are held reach."""

from datetime import datetime

from django.db.models import Max

from crossforce.duty import models
from crossforce.duty.queries import running
from crossforce.kernel import guarded
from crossforce.people.api import Actor


@guarded.acts
def reaches_to(actor: Actor, force: str, unit: str = "") -> datetime | None:
    """When the last duty of the force begins, in one unit or any, as far as the actor may read."""
    rows = models.Entry.objects.filter(scope_id__in=running.held(force).scopes)
    if unit:
        rows = rows.filter(unit=unit)
    last: datetime | None = rows.aggregate(last=Max("starts_at"))["last"]
    return last
