"""Actions that are still to be done, without those that ever were: what other apps ask of all boards."""

from datetime import date

from crossforce.boards import models
from crossforce.boards.choices import ActionState
from crossforce.kernel import guarded
from crossforce.people.api import Actor


@guarded.acts
def waiting_actions(actor: Actor, first: date, last: date) -> list[models.Action]:
    """The open actions that are due from the first day to the last, the earliest first."""
    rows = models.Action.objects.within_reach().filter(
        state=ActionState.OPEN, due_on__range=(first, last)
    )
    return list(rows.order_by("due_on", "pk"))


@guarded.acts
def overdue_actions(actor: Actor, on: date) -> int:
    """How many open actions were due before the day."""
    rows = models.Action.objects.within_reach().filter(state=ActionState.OPEN, due_on__lt=on)
    return int(rows.count())
