"""Interests of one's own, and which of them somebody else shares: nothing of another's but what its owner lets be known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from crossforce.kernel import civil, guarded, statements
from crossforce.kernel.refusals import Missing
from crossforce.nominals import models
from crossforce.nominals.choices import INTEREST, MARKING
from crossforce.people.api import Actor
from crossforce.records.choices import OWNED

MET: Final = "SELECT interest, contacts, is_asked FROM nominals_met(%s)"
MOST: Final = 200
DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody else is interested too. `contacts` are of those who let themselves be; one who `is_asked` for contact may."""

    contacts: Sequence[str] = ()
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many interests one has on that are compared, and how many one registered within a day."""

    on: int
    lately: int


@guarded.acts
def mine(actor: Actor, at: datetime) -> list[models.Interest]:
    """The interests of whoever acts that they did not withdraw, newest first; those whose day is past come last."""
    is_past = ExpressionWrapper(Q(until__lt=civil.day_of(at)), BooleanField())
    rows = models.Interest.objects.filter(is_on=True).order_by(is_past, "-created_at")
    return list(rows[:MOST])


@guarded.acts
def may_register(actor: Actor) -> bool:
    """Whether an agreement or policy lets whoever acts register an interest of their own posting."""
    own = guarded.ScopeOf(actor.organisation, INTEREST, "", f"{OWNED}{actor.posting}", MARKING)
    return bool(guarded.open_scopes("add", {own}))


@guarded.acts
def one(actor: Actor, key: UUID) -> models.Interest:
    """An interest of whoever acts that they did not withdraw. Raises Missing, also for one of somebody else."""
    for row in models.Interest.objects.filter(is_on=True, pk=key):
        found: models.Interest = row
        return found
    raise Missing


@guarded.acts
def counted(actor: Actor, at: datetime) -> Counted:
    """How much of what one may register is used."""
    rows = models.Interest.objects
    return Counted(
        rows.filter(is_on=True, until__gte=civil.day_of(at)).exclude(marks=[]).count(),
        rows.filter(created_at__gt=at - DAY).count(),
    )


def met(keys: Iterable[UUID]) -> dict[UUID, Met]:
    """Which of one's own interests somebody else shares at this instant."""
    found = statements.answers(MET, list(keys))
    return {key: Met(tuple(contacts or ()), bool(asked)) for key, contacts, asked in found}
