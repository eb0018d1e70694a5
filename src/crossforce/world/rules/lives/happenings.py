"""What happens to the people of a block: crimes, stops, custody, intelligence; vehicles, and who keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from crossforce.kernel import civil
from crossforce.world.rules.lives import numbers
from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.people import Life
from crossforce.world.rules.lives.sources import Sources, Street

TEN_YEARS: Final = timedelta(days=10 * 366)
SUSPECT, VICTIM, WITNESS = "suspect", "victim", "witness"
STOPPED, DETAINED, SUBJECT = "stopped", "detained", "subject"
INCIDENT: Final = "Anti-social behaviour"
CARS: Final = (
    ("Ford", "Fiesta Focus Transit"), ("Vauxhall", "Corsa Astra Vivaro"), ("Volkswagen", "Golf Polo Caddy"),
    ("Toyota", "Yaris Corolla Hilux"), ("BMW", "318 520 X3"), ("Nissan", "Qashqai Juke Navara"), ("Kia", "Picanto Sportage"),
    ("Renault", "Clio Trafic"), ("Yamaha", "MT-07 NMAX"), ("Audi", "A3 A4 Q5"),
)  # fmt: skip
COLOURS: Final = str.split("black white silver grey blue red green yellow")
REASONS: Final = ("drugs", "stolen property", "an offensive weapon", "going equipped")
HEARD: Final = (
    "is said to sell from the address", "was seen with unknown males about the car park at night",
    "is said to be storing bicycles", "has money that nobody can explain", "is said to have fallen out with associates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in one force's area; `involved` are lives and their part in it."""

    number: int
    what: str
    kind: str
    street: Street
    house: str
    begins: datetime
    lasts: timedelta
    involved: Sequence[tuple[int, str]]
    vehicle: int = 0

    @property
    def force(self) -> str:
        return self.street.force

    @property
    def day(self) -> date:
        return self.begins.date()


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle and its keeper; `until` is when it was sold, where it was."""

    number: int
    registration: str
    make: str
    model: str
    colour: str
    keeper: int
    since: date
    until: date | None


def vehicles(of: Sources, chance: Chance, lives: Sequence[Life]) -> Iterator[Vehicle]:
    """Every third adult or so keeps one; some of those sell it."""
    today: date = of.settings["today"]
    for life in lives:
        if (today - life.born).days < 17 * 366 or not chance.of_thousand(330):
            continue
        make, models = chance.early(CARS, 1.3)
        since = chance.day(today - timedelta(days=3_000), today)
        sold = since + timedelta(days=200 + chance.below(2_500))
        yield Vehicle(
            life.number,
            numbers.registration(chance),
            make,
            chance.one_of(models.split()),
            chance.early(COLOURS, 1.4),
            life.number,
            since,
            sold if sold < today and chance.of_thousand(300) else None,
        )


def events(
    of: Sources, chance: Chance, lives: Sequence[Life], cars: Mapping[int, Vehicle]
) -> Iterator[Event]:
    """At least one for everybody: until then they are known to nobody, and not of this world."""
    seen: set[int] = set()
    number = lives[0].number * 10
    for life in lives:
        if life.number in seen and not life.travels and chance.of_thousand(560):
            continue
        for _ in range(_how_often(chance, life)):
            for event in _of(of, chance, life, lives, number):
                seen.update(each for each, _ in event.involved)
                yield _with_vehicle(event, chance, cars)
                number += 1


def _how_often(chance: Chance, life: Life) -> int:
    moved = len({each.street.force for each in life.homes}) > 1
    often = 1 + (life.bent == "offender" and chance.of_thousand(380))
    return (
        often
        + (moved and chance.of_thousand(600))
        + (2 + chance.below(4) if life.travels else 0)
    )


def _of(
    of: Sources, chance: Chance, life: Life, lives: Sequence[Life], number: int
) -> Iterator[Event]:
    """One event about somebody; an arrest follows some crimes."""
    day = _day(of, chance, life)
    street, house = _where(of, chance, life, day)
    what, kind, part = _what(of, chance, life, street.force)
    others = [each for each in lives if each.born + TEN_YEARS <= day]
    involved = _involved(chance, life, others, what, part)
    begins = _instant(day, chance.below(1_440))
    lasts = timedelta(minutes=5 * chance.below(30) if what in {"crime", "incident"} else 0)
    lasts = _calm(begins + lasts) - begins
    event = Event(number, what, kind, street, house, begins, lasts, involved)
    yield event
    suspects = [each for each, part in involved if part == SUSPECT]
    if suspects and chance.of_thousand(380):
        held = _calm(begins + timedelta(hours=2 + chance.below(90)))
        lasts = _calm(held + timedelta(hours=3 + chance.below(20))) - held
        detained = tuple((each, DETAINED) for each in suspects)
        if held.date() <= of.settings["today"]:
            yield Event(
                number + 1, "custody", f"Detained: {kind.lower()}", street, "", held,
                lasts, detained,
            )  # fmt: skip


def _day(of: Sources, chance: Chance, life: Life) -> date:
    """More of late than of long ago; of nobody below the age of responsibility."""
    first: date = of.settings["first"]
    first = max(first, life.born + TEN_YEARS)
    days = max((of.settings["today"] - first).days, 1)
    return first + timedelta(days=int(days * chance.share() ** 0.6))


def _where(of: Sources, chance: Chance, life: Life, day: date) -> tuple[Street, str]:
    home = life.home_on(day)
    if chance.of_thousand(550 if life.travels else of.settings["across_the_border"] * 10):
        near = of.settings["neighbours"]
        force = chance.one_of(list(near) if life.travels else near[home.street.force])
        return chance.one_of(of.streets[force]), ""
    if chance.of_thousand(350):
        return home.street, home.house
    return _same_town(of, chance, home.street), ""


def _same_town(of: Sources, chance: Chance, street: Street) -> Street:
    for _ in range(4):
        other = chance.one_of(of.streets[street.force])
        if other.district == street.district:
            return other
    return street


def _what(of: Sources, chance: Chance, life: Life, force: str) -> tuple[str, str, str]:
    """What is recorded, of what kind, and the part of this life in it."""
    if life.bent == "offender" and chance.of_thousand(300):
        if chance.of_thousand(600):
            return "stop", f"Stopped and searched for {chance.one_of(REASONS)}", STOPPED
        return "intelligence", chance.one_of(HEARD), SUBJECT
    kind = chance.weighed(of.crimes[force])
    what = "incident" if kind == INCIDENT else "crime"
    parts = {"offender": SUSPECT, "victim": VICTIM, "witness": WITNESS}
    usual = parts[life.bent]
    return what, kind, usual if chance.of_thousand(880) else VICTIM


def _involved(
    chance: Chance, life: Life, lives: Sequence[Life], what: str, part: str
) -> tuple[tuple[int, str], ...]:
    found = {life.number: part}
    if what in {"stop", "intelligence"}:
        return tuple(found.items())
    kin = [each for each in lives if each.household == life.household] or lives
    for _ in range(chance.weighed(((0, 40), (1, 36), (2, 18), (3, 6)))):
        other = chance.one_of(kin if chance.of_thousand(300) else lives)
        found.setdefault(other.number, _part(chance, other, part))
    return tuple(found.items())


def _part(chance: Chance, other: Life, part: str) -> str:
    if other.bent == "offender" and (part != SUSPECT or chance.of_thousand(600)):
        return SUSPECT
    return VICTIM if part != VICTIM and chance.of_thousand(700) else WITNESS


def _with_vehicle(event: Event, chance: Chance, cars: Mapping[int, Vehicle]) -> Event:
    """The car of whoever is suspected or stopped, where they keep one then and it was there."""
    if event.what not in {"crime", "stop"} or not chance.of_thousand(450):
        return event
    drivers = [each for each, part in event.involved if part in {SUSPECT, STOPPED}]
    for each in drivers:
        car = cars.get(each)
        if car and car.since <= event.day and (car.until is None or event.day < car.until):
            return Event(
                event.number, event.what, event.kind, event.street, event.house, event.begins,
                event.lasts, event.involved, car.number,
            )  # fmt: skip
    return event


def _instant(day: date, minute: int) -> datetime:
    """A time of the day by the clock on the wall."""
    return _calm(datetime.combine(day, time(minute // 60, minute % 60), civil.LONDON))


def _calm(at: datetime) -> datetime:
    """An hour later, where it is the hour that clocks leave out or repeat on some days."""
    return at.replace(hour=2) if at.hour == 1 else at
