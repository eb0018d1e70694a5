"""What one force holds: its records of people, vehicles, addresses and events, and the ties between them.

Plain rows that know no format. `life` is the truth, which goes beside the files and never into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crossforce.world.rules.lives.happenings import Event, Vehicle


@dataclass(frozen=True)
class Address:
    """An address as one office has it. Lines may be spelt wrong; the point is the street's."""

    number: str
    line: str
    town: str
    postcode: str
    latitude: float
    longitude: float
    since: date


@dataclass(frozen=True)
class Nominal:
    """One force's record of somebody."""

    number: str
    life: int
    slips: Sequence[str]
    family: str
    given: Sequence[str]
    custom: str
    former: str
    nickname: str
    alias: tuple[str, str] | None
    sex: str
    born: str
    also_born: str
    addresses: Sequence[Address]
    pnc: Sequence[str]
    cro: str
    nino: str
    licence: str
    telephone: str
    categories: Sequence[str]
    warnings: Sequence[str]
    occupation: str
    team: str
    recorded_on: date
    changed_on: date


@dataclass(frozen=True)
class Car:
    number: str
    vehicle: Vehicle
    team: str
    recorded_on: date


@dataclass(frozen=True)
class Report:
    """One force's record of an event; `number` is its own reference."""

    number: str
    event: Event
    team: str


@dataclass(frozen=True)
class Tie:
    """`one` is, in its role, of `other`: both numbers of the same force; `what` says of what kinds they are."""

    number: str
    one: str
    other: str
    what: str
    role: str
    since: date
    until: date | None = None


@dataclass
class Held:
    """Everything of one force."""

    people: list[Nominal] = field(default_factory=list)
    cars: list[Car] = field(default_factory=list)
    places: list[Address] = field(default_factory=list)
    events: list[Report] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def add(self, other: "Held") -> None:
        self.people += other.people
        self.cars += other.cars
        self.places += other.places
        self.events += other.events
        self.ties += other.ties
