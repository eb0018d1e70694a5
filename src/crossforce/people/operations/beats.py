"""The beats that every change to people shares: find and permit, refuse a clash, record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

import psycopg
from django.db import IntegrityError, models, transaction

from crossforce.kernel.refusals import Conflict, Missing
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.people.models import Staff
from crossforce.people.rules.powers import require
from crossforce.transparency.canonical import JSON

ModelT = TypeVar("ModelT", bound=models.Model)


class NoSuchStaff(Missing):
    """There is no such member of staff in the organisation that you act for."""


class NoSuchRow(Missing):
    """There is no such posting, skill, authority or clearance in your organisation."""


CHANGING: Final = frozenset({"people.administer", "people.appoint-administrator"})
"""Powers over the person's own row, which is then locked; others are over what the person holds."""


def permitted_staff(actor: Actor, staff: UUID, power: str) -> Staff:
    """The member of staff, locked for the change. Raises NoSuchStaff, Refused.

    Someone of another organisation is not there at all, unless the power reaches everywhere.
    """
    rows: Any = Staff.objects.filter(pk=staff)
    row: Staff | None = locked(rows) if power in CHANGING else rows.first()
    if row is None or not _is_seen(actor, row.organisation_id, power):
        raise NoSuchStaff
    require(actor, power, organisation=row.organisation_id)
    return row


def permitted_row(actor: Actor, model: type[ModelT], row: UUID, power: str) -> ModelT:
    """A row of someone's, locked for the change. Raises NoSuchRow, Refused."""
    found: Any = locked(model._default_manager.filter(pk=row).select_related("staff"))
    if found is None or not _is_seen(actor, found.staff.organisation_id, power):
        raise NoSuchRow
    require(actor, power, organisation=found.staff.organisation_id)
    return found  # type: ignore[no-any-return]


@contextmanager
def refusing_a_clash(message: str) -> Iterator[None]:
    """Tell an overlap that the database refused as a conflict, in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        if isinstance(fault.__cause__, psycopg.errors.ExclusionViolation):
            raise Conflict(message) from fault
        raise


def record(
    *,
    actor: Actor,
    operation: str,
    staff: Staff,
    detail: Mapping[str, JSON],
    at: datetime,
    private: Mapping[str, JSON] | None = None,
    also: tuple[str, ...] = (),
) -> None:
    """One ledger entry about someone, for the eyes of their organisation's auditor too."""
    ledger.append(
        actor=actor,
        operation=operation,
        subject=f"people.staff:{staff.pk}",
        detail=detail,
        at=at,
        about=ledger.About(concerns=(staff.organisation_id, *also)),
        private=private,
    )


def instant(at: datetime | None) -> str | None:
    """An instant as a ledger entry holds it."""
    return None if at is None else at.isoformat()


def locked(rows: Any) -> Any:
    """The row, locked. One that may be read and not changed is not, so that a refusal says why."""
    return rows.select_for_update(of=("self",)).first() or rows.first()


def _is_seen(actor: Actor, organisation: str, power: str) -> bool:
    return organisation == actor.organisation or power in actor.powers_everywhere
