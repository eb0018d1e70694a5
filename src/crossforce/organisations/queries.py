"""Reads of organisations and units. All of it is public; the actor is taken as everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from crossforce.kernel import statements
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.lists import Asked, Found
from crossforce.kernel.words import Words
from crossforce.organisations import directory as pure
from crossforce.organisations.directory import profile as profiles
from crossforce.organisations.directory.profile import Profile
from crossforce.organisations.models import (
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
from crossforce.organisations.models.organisation import OrganisationQuerySet

_kept: dict[UUID, pure.Directory] = {}
STAMP: Final = b"SELECT stamp FROM organisations_directorystamp"


SORTS = {"name": "name_en", "kind": "kind", "since": "since", "until": "until"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the list asks for; empty means everything."""

    words: str = ""
    kind: str = ""
    region: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the body, and what it was called on the day asked for."""

    body: Organisation
    name: Words


def organisations(actor: object, wanted: Wanted, *, today: date) -> OrganisationQuerySet:
    """The bodies that match, by name. `on` keeps those that exist on the day."""
    found = Organisation.objects.order_by("name_en", "code")
    if wanted.kind:
        found = found.of_kind(wanted.kind)
    if wanted.region:
        found = found.in_region(_plain(wanted.region), wanted.on or today)
    if wanted.words:
        found = found.matching(_plain(wanted.words))
    if wanted.on is not None:
        found = found.existing(wanted.on)
    return found


def listed(actor: object, asked: Asked, *, today: date) -> Found:
    """One page of the list of organisations."""
    filters = asked.filters
    wanted = Wanted(
        words=filters.get("q", ""),
        kind=filters.get("kind", ""),
        region=filters.get("region", ""),
        on=_day(filters.get("on", "")),
    )
    found = organisations(actor, wanted, today=today)
    field = SORTS.get(asked.sort, "name_en")
    order = (
        F(field).desc(nulls_last=True) if asked.descending else F(field).asc(nulls_first=True)
    )
    end = None if asked.limit is None else asked.offset + asked.limit
    page = found.order_by(order, "code")[asked.offset : end]
    held = directory() if wanted.on else None
    return Found([Line(row, _name(row, held, wanted.on)) for row in page], found.count())


def profile(actor: object, code: str, *, today: date) -> Profile:
    """Everything the directory says about one body. Raises Missing."""
    held = directory()
    if held.get(code) is None:
        raise Missing
    return profiles.profile(held, code, on=today)


def heirs(actor: object, code: str, *, on: date) -> tuple[str, ...]:
    """Who stands in the body's place on the day, by code. Raises Missing."""
    held = directory()
    if held.get(code) is None:
        raise Missing
    return held.heirs(code, on)


def figures(actor: object, code: str) -> list[tuple[pure.Driver, pure.DriverFigure]]:
    """Every figure of a force with its driver, by driver and day. Raises Missing."""
    held = directory()
    if held.get(code) is None:
        raise Missing
    drivers = {each.code: each for each in held.drivers}
    return [(drivers[each.driver], each) for each in held.figures if each.force == code]


def _plain(text: str) -> str:
    """Text that the database can be asked for; what it has no room for matches nothing."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _name(row: Organisation, held: pure.Directory | None, on: date | None) -> Words:
    if held is None or on is None:
        return row.name
    return held.organisation(row.code).name_on(on)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def organisation(actor: object, code: str) -> Organisation:
    """One body with its ties. Raises Missing."""
    found = _with_ties(Organisation.objects.filter(code=_plain(code))).first()
    if found is None:
        raise Missing
    return found


def units(actor: object, *, organisation: str, on: date | None = None) -> list[Unit]:
    """The organisation's own units, parents before children, each level by name."""
    found = Unit.objects.of_organisation(_plain(organisation)).select_related("parent")
    return _tree(list(found.existing(on) if on else found))


def joint_units(actor: object, *, agreement: str) -> list[Unit]:
    """The units an agreement creates, parents before children."""
    return _tree(list(Unit.objects.joint().filter(agreement_reference=agreement)))


def unit(actor: object, identifier: UUID, *, organisation: str | None = None) -> Unit:
    """One unit, of that organisation if one is named. Raises Missing."""
    found = Unit.objects.select_related("organisation", "parent").filter(pk=identifier)
    if organisation is not None:
        found = found.of_organisation(organisation)
    if (row := found.first()) is None:
        raise Missing
    return row


def directory() -> pure.Directory:
    """The whole directory as one value, built again only when an operation changed it.

    It is public and the same for everybody, so it may be kept between readers; the stamp is read
    each time.
    """
    stamp = _stamp()
    held = _kept.get(stamp) if stamp else None
    while held is None:
        held = _built()
        before, stamp = stamp, _stamp()
        if stamp != before:  # an operation committed while the rows were being read
            held = None
        elif stamp is not None:
            _kept.clear()
            _kept[stamp] = held
    return held


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of organisations, by code; codes that the directory does not know are left out."""
    known = directory()
    found = {code: known.get(code) for code in codes}
    return {code: each.name.en for code, each in found.items() if each}


def _stamp() -> UUID | None:
    found = (row[0] for row in statements.rows(STAMP, keeps_plan=True))
    stamp: UUID | None = next(found, None)
    return stamp


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
