"""Freed cash is put to use: never more than has come."""

from datetime import datetime
from uuid import UUID

from crossforce.access import api as access
from crossforce.benefits import models
from crossforce.benefits.choices import BENEFIT, PURPOSES, REINVESTMENT
from crossforce.benefits.operations import alone
from crossforce.benefits.operations.benefits import NotNow, beside
from crossforce.benefits.queries import benefits, standings
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules.reinvesting import Allocation, refusal_to_allocate
from crossforce.kernel import civil, guarded
from crossforce.people.api import Actor
from crossforce.records import api as records


@guarded.acts
def reinvest(*, actor: Actor, benefit: UUID, new: Allocation, at: datetime) -> UUID:
    """Put so much of what was realised to a use, one at a time, so that two cannot both have it.

    Raises NoSuchBenefit, Refused, NotAllRead, NotNow, MayNotAdd.
    """
    access.require(BENEFIT, benefit, "edit")
    alone.with_benefit(benefit)
    row, today = benefits.row_of(benefit, is_locked=True), civil.day_of(at)
    benefits.all_of(row, models.Reading)  # of a part of them nobody could say what came
    before = read.allocations_of(row.code, benefits.all_of(row, models.Reinvestment))
    (standing,) = standings.standings([row], today)
    realised = max(0, standing.realised)
    if refusal := refusal_to_allocate(standing.profile, realised, before, new, today):
        raise NotNow(refusal)
    values = {
        "benefit": row.pk,
        "on": new.on,
        "pence": new.pence,
        "destination": new.destination.strip(),
        "posts": new.posts,
        "purposes": list(PURPOSES),
    }
    made = records.create(
        actor=actor, new=records.NewRecord(REINVESTMENT, beside(row), values), at=at
    )
    key: UUID = made.pk
    return key
