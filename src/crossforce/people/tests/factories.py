"""Organisations, staff and actors for tests; nothing is created that a test does not need."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from crossforce.kernel import guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Organisation, Unit
from crossforce.organisations.models import DirectoryStamp
from crossforce.people import models, operations
from crossforce.people.choices import Actor
from crossforce.people.rules.powers import system_actor, with_powers

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
JOINED = datetime(2015, 4, 1, tzinfo=UTC)
HERE, PARTNER, ELSEWHERE = "wiltshire", "gloucestershire", "cumbria"
ModelT = TypeVar("ModelT", bound=Model)
_numbers = count(1000)


def organisation(code: str, kind: str = "force", **more: Any) -> Organisation:
    """A body, unless it is there."""
    values = {"kind": kind, "name_en": code.replace("-", " ").title(), "confidence": "D"}
    with seen_by():
        row, is_new = Organisation.objects.get_or_create(
            code=code, defaults={**values, "source": "test", **more}
        )
        if is_new:
            DirectoryStamp.renew()  # without one, every reader would build the directory
    return row


def unit(code: str, owner: str) -> Unit:
    """A unit of the organisation's own."""
    return _unit(code, organisation=organisation(owner))


def joint_unit(code: str, agreement: str) -> Unit:
    """A unit that an agreement creates."""
    return _unit(code, agreement_reference=agreement)


def _unit(code: str, **of: Any) -> Unit:
    with seen_by():
        return Unit.objects.create(
            code=code,
            name_en=code.replace("-", " ").title(),
            since=day_of(JOINED),
            updated_at=JOINED,
            updated_by="test",
            **of,
        )


def loader() -> Actor:
    """The system work that may enter people anywhere, as the demonstration's loader does."""
    return system_actor("world-loader", on=day_of(AT))


def staff(
    organisation_code: str = HERE, *, name: str = "Robin Hill", **more: Any
) -> models.Staff:
    """Someone who joined in 2015."""
    organisation(organisation_code)
    given, _, family = name.rpartition(" ")
    particulars = operations.Particulars(
        number=f"PC {next(_numbers)}", given_name=given, family_name=family, kind="officer"
    )
    return operations.add_staff(
        actor=loader(),
        organisation=organisation_code,
        particulars=replace(particulars, **more),
        period=Period(JOINED),
        at=AT,
    )


def posting(
    holder: models.Staff, role: str, *, organisation_code: str = "", unit_id: UUID | None = None
) -> models.Posting:
    """A posting held since 2015, by default in the holder's own organisation."""
    wanted = operations.Wanted(
        organisation_code or holder.organisation_id, role, Period(JOINED), unit_id
    )
    return operations.post(actor=loader(), staff=holder.pk, wanted=wanted, at=AT)


def actor(role: str, organisation_code: str = HERE, *, name: str = "Asha Rees") -> Actor:
    """Someone posted in the role, acting in it."""
    holder = staff(organisation_code, name=name)
    held = posting(holder, role)
    plain = Actor(
        account=None,
        staff=holder.pk,
        posting=held.pk,
        organisation=organisation_code,
        office=role,
        purpose="administration",
        name=name,
    )
    return with_powers(plain, on=day_of(AT))


def seen_by(actor: Actor | None = None) -> AbstractContextManager[None]:
    """Look at rows as somebody who may, by default as the work that may everywhere."""
    return guarded.acting(actor or loader())


def save(row: Model) -> None:
    """Keep the row as a test has changed it."""
    with seen_by():
        row.save()


def fresh(row: ModelT, actor: Actor | None = None) -> ModelT:
    """The row as it is now, seen by the actor."""
    with seen_by(actor):
        row.refresh_from_db()
    return row
