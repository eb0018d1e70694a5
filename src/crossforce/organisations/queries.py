"""Reads of organisations and units. All of it is public; the actor is taken as everywhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from crossforce.kernel.refusals import Missing
from crossforce.organisations import directory as pure
from crossforce.organisations.models import (
    DirectoryStamp,
    Driver,
    DriverFigure,
    FormerName,
    Organisation,
    RegionMembership,
    Seat,
    Succession,
    Unit,
    rows,
)

_kept: dict[UUID, pure.Directory] = {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the list asks for; empty means everything."""

    words: str = ""
    kind: str = ""
    region: str = ""
    on: date | None = None


def organisations(actor: object, wanted: Wanted, *, today: date) -> QuerySet[Organisation]:
    """The bodies that match, by name. `on` keeps those that exist on the day."""
    found = Organisation.objects.select_related("force").order_by("name_en", "code")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.region:
        found = found & Organisation.objects.in_region(wanted.region, wanted.on or today)
    if wanted.words:
        found = found & Organisation.objects.matching(wanted.words)
    if wanted.on is not None:
        found = found & Organisation.objects.existing(wanted.on)
    return found


def organisation(actor: object, code: str) -> Organisation:
    """One body with its ties. Raises Missing."""
    found = _with_ties(Organisation.objects.filter(code=code)).first()
    if found is None:
        raise Missing(f"no organisation has the code {code!r}")
    return found


def units(actor: object, *, organisation: str, on: date | None = None) -> list[Unit]:
    """The organisation's own units, parents before children, each level by name."""
    found = Unit.objects.of_organisation(organisation)
    return _tree(list(found.existing(on) if on else found))


def joint_units(actor: object, *, agreement: str) -> list[Unit]:
    """The units an agreement creates, parents before children."""
    return _tree(list(Unit.objects.joint().filter(agreement_reference=agreement)))


def unit(actor: object, identifier: UUID) -> Unit:
    """One unit. Raises Missing."""
    found = Unit.objects.select_related("organisation", "parent").filter(pk=identifier).first()
    if found is None:
        raise Missing("no such unit")
    return found


def directory() -> pure.Directory:
    """The whole directory as one value, built again only when an operation changed it.

    It is public and the same for everybody, so it may be kept between readers; the stamp is read
    each time.
    """
    stamp = DirectoryStamp.objects.values_list("stamp", flat=True).first()
    if stamp is None:
        return _built()
    if stamp not in _kept:
        built = _built()
        _kept.clear()
        _kept[stamp] = built
        return built
    return _kept[stamp]


def _built() -> pure.Directory:
    organisations = _with_ties(Organisation.objects.order_by("code"))
    return pure.build(
        (rows.value_of(each) for each in organisations),
        (rows.driver_of(each) for each in Driver.objects.all()),
        (rows.figure_of(each) for each in DriverFigure.objects.all()),
    )


def _with_ties(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    ties: list[Prefetch[Any]] = [
        Prefetch("former_names", FormerName.objects.order_by("until")),
        Prefetch("successions", Succession.objects.order_by("position", "on", "id")),
        Prefetch("region_memberships", RegionMembership.objects.order_by("since")),
        Prefetch("seats", Seat.objects.order_by("group", "position")),
    ]
    return found.prefetch_related(*ties)


def _tree(units: list[Unit]) -> list[Unit]:
    known = {each.pk for each in units}
    below: dict[UUID | None, list[Unit]] = {}
    for each in sorted(units, key=lambda unit: (unit.name_en, unit.code)):
        above = each.parent_id if each.parent_id in known else None
        below.setdefault(above, []).append(each)
    ordered: list[Unit] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        each = waiting.pop()
        ordered.append(each)
        waiting.extend(reversed(below.get(each.pk, [])))
    return ordered
