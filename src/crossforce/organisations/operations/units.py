"""Units are opened, changed and closed by the organisation they belong to, and by nobody else.

A joint unit belongs to an agreement. The app `agreements` brings it in and closes it, as a named
system actor; no organisation administers it alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import events, guarded
from crossforce.kernel.refusals import Conflict, Missing, StaleVersion
from crossforce.kernel.words import Words
from crossforce.ledger import api as ledger
from crossforce.organisations.choices import PreciseDate
from crossforce.organisations.events import UnitChanged, UnitClosed, UnitOpened
from crossforce.organisations.models import Organisation, Unit, dated
from crossforce.organisations.operations.permission import permit
from crossforce.organisations.rules import units as rules

JOINT = "unit.bring-in"


class CannotOpenUnit(Conflict):
    """This unit cannot be opened as it is described."""


class CannotPlaceUnit(Conflict):
    """This unit cannot stand there."""


class CannotCloseUnit(Conflict):
    """This unit cannot close on that day."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What a unit is to be. `above` is the unit it stands under."""

    code: str
    name: Words
    since: PreciseDate
    until: PreciseDate | None = None
    above: UUID | None = None


@guarded.acts
def open_unit(*, actor: ledger.Acts, organisation: str, unit: NewUnit, at: datetime) -> Unit:
    """Open a team inside the actor's own organisation."""
    permit(actor, "organisation.administer", organisation)
    owner = Organisation.objects.filter(code=organisation).first()
    if owner is None:
        raise Missing(f"No organisation has the code {organisation}.")
    if not owner.exists(unit.since.date):
        raise CannotOpenUnit(f"{owner.name_en} does not exist on {unit.since}.")
    taken = Unit.objects.of_organisation(organisation).values_list("code", flat=True)
    return _open(actor, Unit(organisation=owner), unit, taken, at)


@guarded.acts
def bring_in_joint_unit(
    *, actor: ledger.Acts, agreement: str, unit: NewUnit, at: datetime
) -> Unit:
    """Bring in a unit that an agreement creates. Bringing in the same unit again changes nothing."""
    permit(actor, JOINT)
    held = Unit.objects.joint().filter(code=unit.code).first()
    if held is not None and held.agreement_reference == agreement and _says(held, unit):
        return held
    taken = Unit.objects.joint().values_list("code", flat=True)
    return _open(actor, Unit(agreement_reference=agreement), unit, taken, at)


@guarded.acts
def change_unit(
    *,
    actor: ledger.Acts,
    unit: UUID,
    version: int,
    name: Words,
    above: UUID | None,
    at: datetime,
) -> Unit:
    """Give a unit another name or another place in its tree."""
    row = _locked(actor, unit, version)
    place = _above(above)
    below = [each.code for each in _below(row)]
    if reason := rules.refusal_to_place_unit(_facts(row), above=_facts_of(place), below=below):
        raise CannotPlaceUnit(reason)
    names = {"name_en": name.en, "name_cy": name.cy or ""}
    _change(row, actor, at, **names, parent=place)
    detail: dict[str, str | None] = {"name": name.en, "above": str(above) if above else None}
    _record(actor, "unit.changed", row, detail, at)
    events.publish(UnitChanged(unit=row.pk, at=at))
    return row


@guarded.acts
def close_unit(
    *, actor: ledger.Acts, unit: UUID, version: int, on: PreciseDate, at: datetime
) -> Unit:
    """End a unit on a day; the units below it are closed or moved first."""
    row = _locked(actor, unit, version)
    below = [_facts(each) for each in row.children.all()]
    if reason := rules.refusal_to_close_unit(_facts(row), on=on.date, below=below):
        raise CannotCloseUnit(reason)
    until, precision = dated.columns(on)
    _change(row, actor, at, until=until, until_precision=precision)
    _record(actor, "unit.closed", row, {"on": str(on)}, at)
    events.publish(UnitClosed(unit=row.pk, on=on.date, at=at))
    return row


def _open(
    actor: ledger.Acts, row: Unit, unit: NewUnit, taken: Iterable[str], at: datetime
) -> Unit:
    place = _above(unit.above)
    row.code, row.name_en, row.name_cy = unit.code, unit.name.en, unit.name.cy or ""
    row.since, row.since_precision = unit.since.date, unit.since.precision.value
    row.until, row.until_precision = dated.columns(unit.until)
    row.parent = place
    reason = rules.refusal_to_open_unit(_facts(row), above=_facts_of(place), taken=set(taken))
    if reason:
        raise CannotOpenUnit(reason)
    row.updated_at, row.updated_by = at, actor.office
    row.save(force_insert=True)
    _record(actor, "unit.opened", row, {"code": row.code, "since": str(unit.since)}, at)
    events.publish(UnitOpened(unit=row.pk, owner=row.owner, at=at))
    return row


def _says(row: Unit, unit: NewUnit) -> bool:
    since = dated.precise(row.since, row.since_precision)
    until = dated.precise(row.until, row.until_precision)
    said = (row.name, since, until, row.parent_id)
    return said == (unit.name, unit.since, unit.until, unit.above)


def _locked(actor: ledger.Acts, unit: UUID, version: int) -> Unit:
    seen = Unit.objects.filter(pk=unit).first()
    if seen is None:
        raise Missing("There is no such unit.")
    if seen.organisation_id is None:
        permit(actor, JOINT)
    else:
        permit(actor, "organisation.administer", seen.organisation_id)
    row = Unit.objects.select_for_update(of=("self",)).get(pk=unit)
    if row.version != version:
        raise StaleVersion
    return row


def _above(above: UUID | None) -> Unit | None:
    if above is None:
        return None
    found = Unit.objects.filter(pk=above).first()
    if found is None:
        raise Missing("There is no such unit to stand under.")
    return found


def _below(row: Unit) -> list[Unit]:
    found: list[Unit] = []
    waiting = list(row.children.all())
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting.extend(each.children.all())
    return found


def _facts(row: Unit) -> rules.UnitFacts:
    return rules.UnitFacts(row.code, row.owner, row.since, row.until)


def _facts_of(row: Unit | None) -> rules.UnitFacts | None:
    return None if row is None else _facts(row)


def _change(row: Unit, actor: ledger.Acts, at: datetime, **values: Any) -> None:
    row.change(expected=row.version, updated_at=at, updated_by=actor.office, **values)


def _record(
    actor: ledger.Acts,
    operation: str,
    row: Unit,
    detail: dict[str, str | None],
    at: datetime,
) -> None:
    owner = [row.organisation_id] if row.organisation_id else []
    ledger.append(
        actor=actor,
        operation=operation,
        subject=f"organisation.unit:{row.pk}",
        detail=detail,
        at=at,
        about=ledger.About(concerns=owner),
    )
