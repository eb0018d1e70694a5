"""Everything the directory can say about one body, gathered for a reader."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from crossforce.kernel.rulepacks import Confidence
from crossforce.kernel.words import Words
from crossforce.organisations.choices import (
    OrganisationKind,
    PolicingBodyKind,
    PreciseDate,
    SuccessionRelation,
)
from crossforce.organisations.directory import areas
from crossforce.organisations.directory.bodies import Driver, Organisation, Succession
from crossforce.organisations.directory.value import Directory


@dataclass(frozen=True, slots=True)
class NameHeld:
    """A name and the time it was held; `until` is the first day of the next."""

    name: Words
    since: PreciseDate | None
    until: PreciseDate | None
    kind: PolicingBodyKind | None
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Step:
    """One succession, told from either end."""

    other: Organisation
    relation: SuccessionRelation
    on: PreciseDate
    note: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who maintained a force, as which kind of body, from when until when."""

    body: Organisation
    held: NameHeld


@dataclass(frozen=True, slots=True)
class Seated:
    """A kind of office on a board, and the organisations whose holders sit there."""

    office: str
    of: tuple[Organisation, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The latest figure of a driver."""

    driver: Driver
    on: date
    value: Decimal

    @property
    def text(self) -> str:
        """The figure with its thousands set apart, and pounds marked."""
        sign = "£" if self.driver.unit == "pounds" else ""
        return f"{sign}{self.value.normalize():,f}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the page of one organisation shows."""

    organisation: Organisation
    names: tuple[NameHeld, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    force: Organisation | None = None
    host: Organisation | None = None
    region: Organisation | None = None
    chief_officers: tuple[Organisation, ...] = ()
    policing_bodies: tuple[Holder, ...] = ()
    forces: tuple[Organisation, ...] = ()
    neighbours: tuple[Organisation, ...] = ()
    seats: tuple[Seated, ...] = ()
    sits_on: tuple[Organisation, ...] = ()
    figures: tuple[Figure, ...] = ()
    map: areas.Map | None = field(default=None)


def profile(directory: Directory, code: str, *, on: date) -> Profile:
    """Gather what is known of the body; `on` decides its region's forces. Raises NoSuchOrganisation."""
    found = directory.organisation(code)
    is_force = found.kind is OrganisationKind.FORCE
    region = directory.region_of(code) if is_force else None
    forces = _forces(directory, found, on)
    drawn = [area.force for each in forces for area in areas.areas_of(directory, each.code)]
    beside = areas.neighbours(code) if code in areas.areas() else ()
    return Profile(
        organisation=found,
        names=names_held(found),
        before=_before(directory, found),
        after=tuple(_step(directory.organisation(s.code), s) for s in found.succeeded_by),
        force=directory.get(found.force or ""),
        host=directory.get(found.host or ""),
        region=directory.get(region or ""),
        chief_officers=_offices(directory, found) if is_force else (),
        policing_bodies=_holders(directory, found) if is_force else (),
        forces=() if is_force else forces,
        neighbours=tuple(directory.organisation(each) for each in beside),
        seats=_seats(directory, found),
        sits_on=_sits_on(directory, found),
        figures=_figures(directory, found) if is_force else (),
        map=areas.drawn(drawn) if drawn else None,
    )


def names_held(organisation: Organisation) -> tuple[NameHeld, ...]:
    """Every name of the body in order of time; the last is today's."""
    held: list[NameHeld] = []
    since = organisation.since
    for number, former in enumerate(organisation.former_names):
        kinds = [each.policing_body_kind for each in organisation.former_names[number:]]
        kind = next((each for each in kinds if each), organisation.policing_body_kind)
        held.append(
            NameHeld(former.name, since, former.until, kind, former.source, former.confidence)
        )
        since = former.until
    kind = organisation.policing_body_kind
    said = (organisation.source, organisation.confidence)
    return (*held, NameHeld(organisation.name, since, organisation.until, kind, *said))


def _forces(directory: Directory, found: Organisation, on: date) -> tuple[Organisation, ...]:
    """The forces whose ground the body stands on: its own, its region's, or its members'."""
    codes: list[str] = []
    if found.kind is OrganisationKind.FORCE:
        codes = [found.code]
    elif found.kind is OrganisationKind.REGION:
        codes = list(directory.forces_in(found.code, on))
    elif found.force is not None:
        codes = [found.force]
    else:
        codes = [code for seat in found.members for code in seat.of]
    bodies = [directory.organisation(code) for code in dict.fromkeys(codes)]
    return tuple(each for each in bodies if each.kind is OrganisationKind.FORCE)


def _before(directory: Directory, found: Organisation) -> tuple[Step, ...]:
    steps = [
        _step(each, step)
        for each in directory.predecessors(found.code)
        for step in each.succeeded_by
        if step.code == found.code
    ]
    return tuple(sorted(steps, key=lambda step: step.on.date))


def _step(other: Organisation, step: Succession) -> Step:
    return Step(other, step.relation, step.on, step.note)


def _offices(directory: Directory, force: Organisation) -> tuple[Organisation, ...]:
    chiefs = directory.of_kind(OrganisationKind.CHIEF_OFFICER)
    return tuple(each for each in chiefs if each.force == force.code)


def _holders(directory: Directory, force: Organisation) -> tuple[Holder, ...]:
    bodies = directory.policing_bodies(force.code)
    return tuple(Holder(body, held) for body in bodies for held in names_held(body))


def _seats(directory: Directory, found: Organisation) -> tuple[Seated, ...]:
    return tuple(
        Seated(seat.office, tuple(directory.organisation(code) for code in seat.of), seat.note)
        for seat in found.members
    )


def _sits_on(directory: Directory, found: Organisation) -> tuple[Organisation, ...]:
    return tuple(
        board
        for board in directory.organisations
        if any(found.code in seat.of for seat in board.members)
    )


def _figures(directory: Directory, force: Organisation) -> tuple[Figure, ...]:
    latest = {each.driver: each for each in directory.figures if each.force == force.code}
    return tuple(
        Figure(driver, latest[driver.code].on, latest[driver.code].value)
        for driver in directory.drivers
        if driver.code in latest
    )
