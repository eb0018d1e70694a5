"""Lives: households of a neighbourhood, their names, days of birth, numbers, and where they lived when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crossforce.world.rules.lives import naming, numbers
from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.naming import House, Name
from crossforce.world.rules.lives.sources import Sources, Street

OLD_ENOUGH: Final = 10
"""The age of criminal responsibility: nobody younger is in this world."""
YEAR: Final = 365.25
TWINS: Final = 60
SIZES: Final = ((1, 34), (2, 36), (3, 15), (4, 11), (5, 4))
OCCUPATIONS: Final = str.split(
    "bricklayer carer chef cleaner driver electrician farmhand fisherman labourer nurse plumber porter roofer "
    "scaffolder shopworker student teacher unemployed retired waiter welder"
)
WARNINGS: Final = (
    ("violent", 30), ("weapons", 14), ("ailment", 16), ("escaper", 5), ("drugs", 20), ("mental-health", 12), ("contagious", 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Home:
    """An address, from a day on. Number, street and postcode stand together by chance."""

    house: str
    street: Street
    postcode: str
    since: date

    @property
    def line(self) -> str:
        return f"{self.house} {self.street.name}"


@dataclass(frozen=True, slots=True)
class Life:
    """One person, as they are. `homes` are from the first to the last; `bent` is what they mostly are to the police."""

    number: int
    household: int
    sex: str
    born: date
    name: Name
    former: Name | None
    known_as: str
    alias: Name | None
    homes: Sequence[Home]
    bent: str
    pnc: Sequence[str]
    cro: str
    nino: str
    licence: str
    telephone: str
    warnings: Sequence[str]
    occupation: str
    travels: bool
    """Whether they are about in many forces: of such the trade says that they travel."""

    def home_on(self, day: date) -> Home:
        """Where they lived that day; the first home for any day before it."""
        return next((each for each in reversed(self.homes) if each.since <= day), self.homes[0])


def neighbourhood(
    of: Sources, chance: Chance, force: str, first: int, many: int
) -> Iterator[Life]:
    """So many lives about one place of a force, household by household, numbered from the first."""
    streets = of.about(force, chance.below(len(of.streets[force])))
    number = first
    while number < first + many:
        size = min(chance.weighed(SIZES), first + many - number)
        for life in _household(of, chance, streets, number, size):
            yield life
            number += 1


def _household(
    of: Sources, chance: Chance, streets: Sequence[Street], first: int, size: int
) -> Iterator[Life]:
    force = streets[0].force
    house = naming.house(of, chance, force)
    homes = _homes(of, chance, streets)
    elder: date | None = None
    born = of.settings["first"]
    called: set[Name] = set()
    for at in range(size):
        stranger = at > 0 and chance.of_thousand(120)
        of_house = naming.house(of, chance, force) if stranger else house
        if stranger or at < 3 or not chance.of_thousand(TWINS):
            born = _born(of, chance, elder, at)
        elder = elder or born
        frame = _Frame(first + at, first, born, homes, at == 1)
        life = _life(of, chance, of_house, frame)
        if life.name in called:
            life = _life(of, chance, of_house, frame)
        called.add(life.name)
        yield life


@dataclass(frozen=True, slots=True)
class _Frame:
    """What of a life its household decides."""

    number: int
    household: int
    born: date
    homes: Sequence[Home]
    is_partner: bool


def _life(of: Sources, chance: Chance, house: House, frame: _Frame) -> Life:
    sex = "f" if chance.of_thousand(410) else "m"
    name = naming.named(of, chance, house, sex, frame.born.year)
    bent = chance.weighed((("offender", 46), ("victim", 34), ("witness", 20)))
    is_offender = bent == "offender"
    changed = frame.is_partner and sex == "f" and house.custom == "western"
    alias = naming.named(of, chance, house, sex, frame.born.year)
    arrested = _arrested(of, chance, frame.born)
    pncs = [numbers.pnc(arrested, frame.number)] if is_offender else []
    if pncs and chance.of_thousand(25):
        pncs.append(numbers.pnc(arrested, frame.number, 1))
    return Life(
        number=frame.number,
        household=frame.household,
        sex=sex,
        born=frame.born,
        name=name,
        former=naming.former(of, chance, name) if changed else None,
        known_as=naming.known_as(of, chance, house, name, sex),
        alias=alias if is_offender and chance.of_thousand(220) else None,
        homes=_own(of, chance, frame),
        bent=bent,
        pnc=pncs,
        cro=numbers.cro(arrested, frame.number) if pncs and chance.of_thousand(620) else "",
        nino=numbers.nino(frame.number) if chance.of_thousand(260) else "",
        licence=_licence(chance, name, sex, frame.born),
        telephone=numbers.telephone(frame.number),
        warnings=_warnings(chance) if is_offender else (),
        occupation=chance.one_of(OCCUPATIONS) if chance.of_thousand(500) else "",
        travels=chance.of_thousand(of.settings["travelling"] if is_offender else 5),
    )


def _licence(chance: Chance, name: Name, sex: str, born: date) -> str:
    """Three in ten have one; how names with marks are written on it is not known here."""
    if not name.family.isascii() or not chance.of_thousand(300):
        return ""
    return numbers.licence(name, sex, born, chance)


def _arrested(of: Sources, chance: Chance, born: date) -> int:
    """The year of a first arrest: before anything that this world tells of them."""
    youngest = max(born.year + OLD_ENOUGH, 1995)
    return youngest + chance.below(max(of.settings["first"].year - youngest, 1))


def _warnings(chance: Chance) -> Sequence[str]:
    if not chance.of_thousand(280):
        return ()
    number = 1 + (chance.share() < 0.3)
    return tuple(dict.fromkeys(chance.weighed(WARNINGS) for _ in range(number)))


def _born(of: Sources, chance: Chance, elder: date | None, at: int) -> date:
    """The eldest is 18 to 82; a partner about as old, the others a generation younger, or their twin."""
    today: date = of.settings["today"]
    if elder is None:
        years = 18 + 64 * chance.share() ** 1.5
    elif at == 1:
        years = max((today - elder).days / YEAR + chance.below(17) - 8, 17)
    else:
        years = (today - elder).days / YEAR - 20 - chance.below(18)
    years = max(years, OLD_ENOUGH + chance.below(9))
    return today - timedelta(days=int(years * YEAR) + chance.below(365))


def _homes(of: Sources, chance: Chance, streets: Sequence[Street]) -> Sequence[Home]:
    """Where the household lived, the last of it in the neighbourhood or where they went from there."""
    first: date = of.settings["first"]
    found = [
        _home(of, chance, chance.one_of(streets), first - timedelta(days=chance.below(4_000)))
    ]
    while len(found) < 4 and chance.of_thousand(380):
        last = found[-1].since
        since = chance.day(max(last, first) + timedelta(days=60), of.settings["today"])
        if since >= of.settings["today"]:
            break
        found.append(
            _home(of, chance, _elsewhere(of, chance, found[-1].street, streets), since)
        )
    return tuple(found)


def _own(of: Sources, chance: Chance, frame: _Frame) -> Sequence[Home]:
    """The household's homes; one in nine has left it since."""
    last = frame.homes[-1]
    if not chance.of_thousand(110):
        return frame.homes
    since = chance.day(last.since + timedelta(days=90), of.settings["today"])
    if since >= of.settings["today"]:
        return frame.homes
    return (*frame.homes, _home(of, chance, _elsewhere(of, chance, last.street, ()), since))


def _home(of: Sources, chance: Chance, street: Street, since: date) -> Home:
    flat = f"Flat {1 + chance.below(12)}, " if chance.of_thousand(160) else ""
    house = f"{flat}{1 + int(chance.share() ** 1.6 * 140)}"
    inward = chance.one_of(of.postcodes[street.outcode])
    return Home(house, street, f"{street.outcode} {inward}", since)


def _elsewhere(of: Sources, chance: Chance, street: Street, about: Sequence[Street]) -> Street:
    """Most move within the neighbourhood, some within the force, one in six to another."""
    drawn = chance.share()
    if drawn < 0.5 and about and about[0].force == street.force:
        return chance.one_of(about)
    force = street.force
    if drawn > 0.83:
        near = of.settings["neighbours"][force]
        force = chance.one_of(near if drawn < 0.95 else list(of.settings["neighbours"]))
    return chance.one_of(of.streets[force])
