"""The directory as one value, and the questions it answers. The caller names the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from crossforce.organisations.choices import DriverCode, OrganisationKind
from crossforce.organisations.directory.bodies import Driver, DriverFigure, Organisation


class NoSuchOrganisation(LookupError):
    """The directory has no such organisation, or not on that day."""


@dataclass(frozen=True)
class Directory:
    """Every organisation and every driver figure. Two directories with the same rows are equal."""

    organisations: tuple[Organisation, ...]
    drivers: tuple[Driver, ...] = ()
    figures: tuple[DriverFigure, ...] = ()
    _by_code: Mapping[str, Organisation] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _of_force: Mapping[str, tuple[Organisation, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    _figures: Mapping[tuple[str, str], list[DriverFigure]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        by_code = {each.code: each for each in self.organisations}
        of_force: dict[str, tuple[Organisation, ...]] = {}
        for each in self.organisations:
            if each.force is not None:
                of_force[each.force] = (*of_force.get(each.force, ()), each)
        figures: dict[tuple[str, str], list[DriverFigure]] = {}
        for figure in self.figures:
            figures.setdefault((figure.driver, figure.force), []).append(figure)
        object.__setattr__(self, "_figures", figures)
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_of_force", of_force)

    def get(self, code: str) -> Organisation | None:
        """The organisation of that code, whether or not it still exists."""
        return self._by_code.get(code)

    def organisation(self, code: str) -> Organisation:
        """The organisation of that code. Raises NoSuchOrganisation."""
        found = self._by_code.get(code)
        if found is None:
            raise NoSuchOrganisation(f"no organisation has the code {code!r}")
        return found

    def exists(self, code: str, on: date) -> bool:
        """Whether the code is known and the body exists on the day."""
        found = self.get(code)
        return found is not None and found.exists(on)

    def of_kind(self, kind: OrganisationKind) -> tuple[Organisation, ...]:
        """Every organisation of the kind, by code."""
        return tuple(each for each in self.organisations if each.kind is kind)

    def forces(self) -> tuple[Organisation, ...]:
        """Every territorial force, past and present, by code."""
        return self.of_kind(OrganisationKind.FORCE)

    def force(self, code: str) -> Organisation:
        """The force of that code. Raises NoSuchOrganisation, also for a body that is no force."""
        found = self.organisation(code)
        if found.kind is not OrganisationKind.FORCE:
            raise NoSuchOrganisation(f"{code!r} is a {found.kind}, not a force")
        return found

    def chief_officer(self, force: str, on: date | None = None) -> str:
        """The code of the force's chief officer. Raises NoSuchOrganisation."""
        found = self._of_force_of_kind(self.force(force).code, OrganisationKind.CHIEF_OFFICER)
        offices = [each for each in found if on is None or each.exists(on)]
        if not offices:
            raise NoSuchOrganisation(f"{force!r} has no chief officer on {on}")
        return offices[-1].code

    def policing_bodies(self, force: str) -> tuple[Organisation, ...]:
        """The policing bodies of the force through time, first to last."""
        found = self._of_force_of_kind(self.force(force).code, OrganisationKind.POLICING_BODY)
        return tuple(
            sorted(found, key=lambda each: each.since.date if each.since else date.min)
        )

    def policing_body(self, force: str, on: date) -> str:
        """The code of the body that maintains the force on the day. Raises NoSuchOrganisation."""
        for each in self.policing_bodies(force):
            if each.exists(on):
                return each.code
        raise NoSuchOrganisation(f"no policing body of {force!r} is known on {on}")

    def force_of(self, code: str) -> str | None:
        """The force that a chief officer or policing body belongs to; a force is its own."""
        found = self.organisation(code)
        return found.code if found.kind is OrganisationKind.FORCE else found.force

    def region_of(self, force: str, on: date | None = None) -> str | None:
        """The region the force is counted in on the day, or in its latest membership."""
        memberships = self.force(force).region_memberships
        held = [each for each in memberships if on is None or each.holds(on)]
        return held[-1].region if held else None

    def forces_in(self, region: str, on: date | None = None) -> tuple[str, ...]:
        """The codes of the forces counted in the region on the day."""
        return tuple(
            each.code
            for each in self.forces()
            if (on is None or each.exists(on)) and self.region_of(each.code, on) == region
        )

    def predecessors(self, code: str) -> tuple[Organisation, ...]:
        """Every body that names this one among its successors, by code."""
        return tuple(
            each
            for each in self.organisations
            if any(step.code == code for step in each.succeeded_by)
        )

    def heirs(self, code: str, on: date) -> tuple[str, ...]:
        """Who stands in the body's place on the day: itself while it exists, else its heirs."""
        found = self.organisation(code)
        if found.exists(on) or not found.succeeded_by:
            return (code,) if found.exists(on) else ()
        heirs: dict[str, None] = {}
        for step in found.succeeded_by:
            heirs.update(dict.fromkeys(self.heirs(step.code, on)))
        return tuple(heirs)

    def figure(self, driver: DriverCode | str, force: str, on: date) -> Decimal | None:
        """The latest figure of the force dated on or before the day, if there is one."""
        found = self.latest(driver, force, on)
        return found.value if found else None

    def latest(self, driver: DriverCode | str, force: str, on: date) -> DriverFigure | None:
        """The same with the day that it is of."""
        held = [each for each in self._figures.get((driver, force), ()) if each.on <= on]
        return max(held, key=lambda each: each.on, default=None)

    def of_year(self, driver: DriverCode | str, force: str, year: int) -> DriverFigure | None:
        """The latest up to the end of that financial year."""
        return self.latest(driver, force, date(year + 1, 3, 31))

    def _of_force_of_kind(self, force: str, kind: OrganisationKind) -> list[Organisation]:
        return [each for each in self._of_force.get(force, ()) if each.kind is kind]


def build(
    organisations: Iterable[Organisation],
    drivers: Iterable[Driver] = (),
    figures: Iterable[DriverFigure] = (),
) -> Directory:
    """A directory in its one order, so that equal rows make equal directories."""
    return Directory(
        tuple(sorted(organisations, key=lambda each: each.code)),
        tuple(sorted(drivers, key=lambda each: each.code)),
        tuple(sorted(figures, key=lambda each: (each.driver, each.force, each.on))),
    )
