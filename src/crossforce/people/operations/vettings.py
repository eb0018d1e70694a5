"""Clearances are recorded, and withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import events, guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Refused
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.events import VettingChanged
from crossforce.people.operations import beats, qualifying
from crossforce.people.rules import catalogue

POWER = "people.vet"


class OwnVetting(Refused):
    """Nobody records their own clearance. Ask another vetting officer."""


@dataclass(frozen=True, slots=True)
class NewVetting:
    """A clearance that was given; without an end it runs as long as the catalogue allows."""

    code: str
    period: Period
    reference: str = ""


@guarded.acts
def record_vetting(
    *, actor: Actor, staff: UUID, vetting: NewVetting, at: datetime
) -> models.Vetting:
    """Record a clearance; a renewal takes over from its own start."""
    row = beats.permitted_staff(actor, staff, POWER)
    if actor.staff == row.pk:
        raise OwnVetting
    items = catalogue.clearances(day_of(vetting.period.starts_at))
    period = qualifying.limited(items, vetting.code, row, vetting.period)
    values = {"reference": vetting.reference}
    held = qualifying.succeed(
        models.Vetting, row, vetting.code, period, values, actor=actor, at=at
    )
    _tell(actor, "people.vetting-recorded", held, at)
    return held


@guarded.acts
def withdraw_vetting(
    *, actor: Actor, vetting: UUID, version: int, ends_at: datetime, at: datetime
) -> models.Vetting:
    """End a clearance early."""
    row = beats.permitted_row(actor, models.Vetting, vetting, POWER)
    qualifying.end(row, version=version, ends_at=ends_at, actor=actor, at=at)
    _tell(actor, "people.vetting-withdrawn", row, at)
    return row


def _tell(actor: Actor, operation: str, row: models.Vetting, at: datetime) -> None:
    staff = row.staff
    beats.record(
        actor=actor,
        operation=operation,
        staff=staff,
        detail=qualifying.detail(row),
        private=qualifying.private(row, reference=row.reference),
        at=at,
    )
    events.publish(VettingChanged(staff.pk, row.code, staff.organisation_id, at))
