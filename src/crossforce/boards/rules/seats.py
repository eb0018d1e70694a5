"""Who sits on a board on a day: offices, never persons; they move on the day that participation moves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crossforce.boards.rules.offices import Office, Offices
from crossforce.kernel.words import Words
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.directory import Directory, NoSuchOrganisation


@dataclass(frozen=True, slots=True)
class SeatRule:
    """A kind of office with a seat, of these organisations; none named is each force that takes part.

    `votes` is false for those who sit and advise.
    """

    office: str
    of: tuple[str, ...] = ()
    votes: bool = True


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat on a day: an office of a force or other organisation, and the legal person behind it.

    `speaks_for` is empty where the organisation is no legal person and has none known on the day.
    """

    office: Office
    of: str
    speaks_for: str
    votes: bool = True

    @property
    def code(self) -> str:
        """What a vote and an attendance are kept by."""
        return f"{self.office.code}:{self.of}"


def by_rules(
    rules: Sequence[SeatRule],
    taking_part: Iterable[str],
    on: date,
    directory: Directory,
    offices: Offices,
) -> tuple[Seat, ...]:
    """The seats of a board that its own rules make, in the order of the rules.

    `taking_part` are the forces that take part on the day, as the agreement resolves them.
    """
    forces = tuple(taking_part)
    found: dict[str, Seat] = {}
    for rule in rules:
        for organisation in _on(rule.of or forces, on, directory):
            seat = _seat(rule, organisation, on, directory, offices)
            found.setdefault(seat.code, seat)
    return tuple(found.values())


def of_bodies(
    bodies: Iterable[str], on: date, directory: Directory, offices: Offices
) -> tuple[Seat, ...]:
    """The seats of whoever governs: the members of a board, or each of the bodies that govern jointly."""
    rules = tuple(rule for body in bodies for rule in rules_of_body(body, on, directory))
    return by_rules(rules, (), on, directory, offices)


def rules_of_body(body: str, on: date, directory: Directory) -> tuple[SeatRule, ...]:
    """The seats that a board has by what is known of it; a chief officer or policing body sits itself."""
    found = directory.get(body)
    if found is None:
        return ()
    if found.members:
        return tuple(SeatRule(each.office, each.of) for each in found.members)
    if found.kind in (OrganisationKind.CHIEF_OFFICER, OrganisationKind.POLICING_BODY):
        return (SeatRule(found.kind.value, (found.force or found.code,)),)
    return (SeatRule("representative", (body,)),)


def title(seat: Seat, directory: Directory, on: date) -> Words:
    """What the seat is called on the day: the legal person's own name for its first office.

    Any other office is called by its kind and organisation.
    """
    holder = directory.get(seat.speaks_for)
    if holder is not None and seat.office.code in ("chief-officer", "policing-body"):
        return holder.name_on(on)
    organisation = directory.get(seat.of)
    name = organisation.name_on(on) if organisation else Words(en=seat.of)
    office = seat.office.title
    return Words(
        en=f"{office.en}, {name.en}",
        cy=f"{office.cy}, {name.in_language('cy')}" if office.cy else None,
    )


def called(code: str, directory: Directory, offices: Offices, on: date) -> str:
    """What the seat of that code is called on the day, also one that a board does not have."""
    office, parted, of = code.partition(":")
    if not parted:
        return code
    return title(_seat(SeatRule(office), of, on, directory, offices), directory, on).en


def _on(codes: Sequence[str], on: date, directory: Directory) -> Iterator[str]:
    """The organisations on the day: each itself, or who stands in its place."""
    for code in codes:
        yield from directory.heirs(code, on) if directory.get(code) else (code,)


def _seat(
    rule: SeatRule, organisation: str, on: date, directory: Directory, offices: Offices
) -> Seat:
    office = offices.office(rule.office)
    person = _legal_person(office.speaks_for, organisation, on, directory)
    return Seat(office, organisation, person, rule.votes)


def _legal_person(speaks_for: str, organisation: str, on: date, directory: Directory) -> str:
    found = directory.get(organisation)
    if found is None:
        return ""
    try:
        force = directory.force_of(organisation)
        if speaks_for == "chief-officer" and force:
            return directory.chief_officer(force, on)
        if speaks_for == "policing-body" and force:
            return directory.policing_body(force, on)
    except NoSuchOrganisation:
        return ""
    return organisation if found.legal_person else ""
