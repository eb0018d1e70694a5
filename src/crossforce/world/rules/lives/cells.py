"""What a force holds, flat: one row of named cells for each record, before any force's export gives it its shape."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from crossforce.world.rules.lives.held import Address, Car, Held, Nominal, Report, Tie

Cell = str | date | datetime | float | Sequence[str] | None
Row = dict[str, Cell]
SUMMARIES: Final = {
    "crime": "{kind}. Invented for the demonstration.",
    "incident": "{kind} reported. Invented for the demonstration.",
    "custody": "{kind}. Invented for the demonstration.",
    "stop": "{kind}. Invented for the demonstration.",
    "intelligence": "The subject {kind}. Invented for the demonstration.",
}


def rows(held: Held) -> Mapping[str, Iterator[Row]]:
    """A force's rows by what they are; ties last, since they name the others."""
    return {
        "people": _each(person, held.people),
        "vehicles": _each(vehicle, held.cars),
        "places": _each(place, held.places),
        "events": _each(event, held.events),
        "ties": _each(tie, held.ties),
    }


def person(of: Nominal) -> Row:
    """Somebody: the newest address first, the one before it where there is one."""
    now, before = [*of.addresses, None, None][:2]
    alias = of.alias or ("", "")
    return {
        "number": of.number,
        "family": of.family,
        "given": " ".join(of.given),
        "first": of.given[0] if of.given else "",
        "middle": " ".join(of.given[1:]),
        "full": f"{of.family}, {' '.join(of.given)}" if of.given else of.family,
        "former": of.former,
        "nickname": of.nickname,
        "alias_family": alias[0],
        "alias_given": alias[1],
        "custom": of.custom,
        "sex": of.sex,
        "born": of.born,
        "also_born": of.also_born,
        **_address("", now),
        **_address("old_", before),
        "pnc": of.pnc[0] if of.pnc else "",
        "cro": of.cro,
        "nino": of.nino,
        "licence": of.licence,
        "telephone": of.telephone,
        "categories": of.categories,
        "category": of.categories[0],
        "warnings": of.warnings,
        "occupation": of.occupation,
        "team": of.team,
        "recorded_on": of.recorded_on,
        "changed_on": of.changed_on,
    }


def vehicle(of: Car) -> Row:
    """A vehicle, described as a person would."""
    car = of.vehicle
    return {
        "number": of.number,
        "what": "vehicle",
        "registration": car.registration,
        "make": car.make,
        "model": car.model,
        "colour": car.colour,
        "description": f"{car.colour.title()} {car.make} {car.model}",
        "team": of.team,
        "recorded_on": of.recorded_on,
    }


def place(of: Address) -> Row:
    """An address, at the point of its street."""
    return {
        "number": of.number,
        "line": of.line,
        "town": of.town,
        "postcode": of.postcode,
        "latitude": of.latitude,
        "longitude": of.longitude,
    }


def event(of: Report) -> Row:
    """Something that happened, by the clock on the wall."""
    found = of.event
    street = found.street
    where = (
        f"{found.house} {street.name}".strip() if found.house else f"On or near {street.name}"
    )
    return {
        "number": of.number,
        "what": found.what,
        "kind": found.kind,
        "summary": SUMMARIES[found.what].format(kind=found.kind),
        "place": f"{where}, {street.town}",
        "from": found.begins,
        "to": found.begins + found.lasts if found.lasts else None,
        "team": of.team,
        "recorded_on": found.day,
    }


def tie(of: Tie) -> Row:
    """How one record bears on another, each by its number and what it is."""
    one, other = of.what.split()
    return {
        "number": of.number,
        "one": of.one,
        "one_kind": one,
        "other": of.other,
        "other_kind": other,
        "role": of.role,
        "since": of.since,
        "until": of.until,
    }


def _each(flat: Callable[..., Row], of: Iterable[object]) -> Iterator[Row]:
    return map(flat, of)


def _address(prefix: str, of: Address | None) -> Row:
    return {
        f"{prefix}line": of.line if of else "",
        f"{prefix}town": of.town if of else "",
        f"{prefix}postcode": of.postcode if of else "",
        f"{prefix}since": of.since if of else None,
    }
