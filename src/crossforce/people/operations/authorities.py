"""Authorities are granted, suspended, reinstated, renewed and withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import events, guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.events import AuthorityChanged
from crossforce.people.operations import beats, qualifying
from crossforce.people.rules import catalogue

POWER = "people.authorise"


class OwnAuthority(Refused):
    """Nobody grants, renews or reinstates their own authority. Ask another authorising officer."""


class NoReason(Conflict):
    """Say why it is suspended: the person and their supervisors will be told."""


class AlreadySuspended(Conflict):
    """It is suspended already."""


class NotSuspended(Conflict):
    """It is not suspended."""


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """An authority for one person; without an end it runs as long as the catalogue allows."""

    code: str
    period: Period
    conditions: str = ""


@guarded.acts
def grant_authority(
    *, actor: Actor, staff: UUID, authority: NewAuthority, at: datetime
) -> models.Authority:
    """Grant an authority in the chief officer's name.

    It may be granted before every required skill is in date; it is valid only while they are.
    """
    row = beats.permitted_staff(actor, staff, POWER)
    held = _granted(actor, row, authority, at)
    _tell(actor, "people.authority-granted", held, at, private={"conditions": held.conditions})
    return held


@guarded.acts
def renew_authority(
    *, actor: Actor, authority: UUID, version: int, period: Period, at: datetime
) -> models.Authority:
    """Grant the same authority anew, under the same conditions; it takes over from its start.

    A suspended one is not renewed: it is reinstated first, by a decision of its own.
    """
    old = beats.permitted_row(actor, models.Authority, authority, POWER)
    if old.suspended_at is not None:
        raise AlreadySuspended("It is suspended. Reinstate it first, then renew it.")
    old.change(expected=version, changed_at=at, changed_by=actor.reference)
    new = NewAuthority(old.code, period, old.conditions)
    held = _granted(actor, old.staff, new, at)
    _tell(actor, "people.authority-renewed", held, at)
    return held


@guarded.acts
def suspend_authority(
    *, actor: Actor, authority: UUID, version: int, reason: str, at: datetime
) -> models.Authority:
    """Stop an authority at once; the reason is kept, and not in the ledger's open part."""
    row = beats.permitted_row(actor, models.Authority, authority, POWER)
    if row.suspended_at is not None:
        raise AlreadySuspended
    if not reason.strip():
        raise NoReason
    _set(row, actor, version, at, suspended_at=at, suspended_because=reason.strip())
    _tell(actor, "people.authority-suspended", row, at, private={"reason": reason.strip()})
    return row


@guarded.acts
def reinstate_authority(
    *, actor: Actor, authority: UUID, version: int, at: datetime
) -> models.Authority:
    """Lift a suspension; not one's own."""
    row = beats.permitted_row(actor, models.Authority, authority, POWER)
    if actor.staff == row.staff_id:
        raise OwnAuthority
    if row.suspended_at is None:
        raise NotSuspended
    _set(row, actor, version, at, suspended_at=None, suspended_because="")
    _tell(actor, "people.authority-reinstated", row, at)
    return row


@guarded.acts
def withdraw_authority(
    *, actor: Actor, authority: UUID, version: int, ends_at: datetime, at: datetime
) -> models.Authority:
    """End an authority for good."""
    row = beats.permitted_row(actor, models.Authority, authority, POWER)
    qualifying.end(row, version=version, ends_at=ends_at, actor=actor, at=at)
    _tell(actor, "people.authority-withdrawn", row, at)
    return row


def _granted(
    actor: Actor, staff: models.Staff, authority: NewAuthority, at: datetime
) -> models.Authority:
    if actor.staff == staff.pk:
        raise OwnAuthority
    items = catalogue.authorities(day_of(authority.period.starts_at))
    period = qualifying.limited(items, authority.code, staff, authority.period)
    values = {"conditions": authority.conditions, "granted_by": actor.reference}
    return qualifying.succeed(
        models.Authority, staff, authority.code, period, values, actor=actor, at=at
    )


def _set(
    row: models.Authority, actor: Actor, version: int, at: datetime, **values: Any
) -> None:
    by = actor.reference
    suspended_by = by if values["suspended_at"] else ""
    row.change(
        expected=version, suspended_by=suspended_by, changed_at=at, changed_by=by, **values
    )


def _tell(
    actor: Actor,
    operation: str,
    row: models.Authority,
    at: datetime,
    private: dict[str, str] | None = None,
) -> None:
    staff = row.staff
    beats.record(
        actor=actor,
        operation=operation,
        staff=staff,
        detail=qualifying.detail(row),
        private=qualifying.private(row, **(private or {})),
        at=at,
    )
    events.publish(AuthorityChanged(row.pk, staff.pk, row.code, staff.organisation_id, at))
