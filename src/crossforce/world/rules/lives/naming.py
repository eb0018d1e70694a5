"""What people are called, custom by custom, and what a household shares of it."""

from dataclasses import dataclass, replace
from typing import Any, Final

from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.sources import Sources

WALES: Final = frozenset({"south-wales", "gwent"})
WESTERN: Final = frozenset({"western", "welsh", "polish"})
EAST: Final = "east-asian"


@dataclass(frozen=True, slots=True)
class Name:
    """One name. Of two surnames `family` holds both; of a single name `given` is empty."""

    family: str
    given: tuple[str, ...]
    custom: str


@dataclass(frozen=True, slots=True)
class House:
    """The name of a household: its custom, its branch of that custom, and its surname."""

    custom: str
    branch: str
    family: str


def house(of: Sources, chance: Chance, force: str) -> House:
    """What a household of this force's area is called."""
    shares = of.customs["shares_in_wales" if force in WALES else "shares"]
    custom = chance.weighed(list(shares.items()))
    if custom == "western":
        return House(custom, "", _surname(of, chance))
    if custom == "icelandic":
        return House(custom, "", chance.one_of(of.customs[custom]["fathers"].split()))
    if custom == "mononym":
        return House(custom, "", "")
    branches = [key for key, value in of.customs[custom].items() if isinstance(value, dict)]
    branch = chance.one_of(branches) if branches else ""
    family = chance.early(_words(of, custom, branch, "family"), 1.4)
    if custom == "spanish":
        family = f"{family} {chance.early(_words(of, custom, branch, 'family'), 1.4)}"
    return House(custom, branch, family)


def named(of: Sources, chance: Chance, house: House, sex: str, year: int) -> Name:
    """One of the household, given a name as people of that year were."""
    if house.custom == "western":
        return Name(house.family, _several(of, chance, sex, year), "western")
    if house.custom == "mononym":
        return Name(chance.one_of(of.customs["mononym"][sex].split()), (), "mononym")
    if house.custom == "icelandic":
        return _icelandic(of, chance, house, sex)
    if house.custom == "welsh":
        return Name(house.family, _welsh(of, chance, sex, year), "western")
    return _of_branch(of, chance, house, sex)


def known_as(of: Sources, chance: Chance, house: House, name: Name, sex: str) -> str:
    """The short or English name that somebody goes by, or nothing."""
    if not name.given:
        return ""
    if house.custom == EAST:
        return chance.one_of(_words(of, EAST, house.branch, f"western_{sex}"))
    return chance.one_of(of.nicknames.get(name.given[0], [""]))


def former(of: Sources, chance: Chance, name: Name) -> Name:
    """What a woman was called before she married into that name."""
    return replace(name, family=_surname(of, chance))


def _surname(of: Sources, chance: Chance) -> str:
    """The hundred commonest are a fifth of all: so is it, about, in the census."""
    if chance.of_thousand(30):
        return f"{chance.early(of.surnames, 3)}-{chance.early(of.surnames, 3)}"
    return chance.early(of.surnames, 2.6)


def _several(of: Sources, chance: Chance, sex: str, year: int) -> tuple[str, ...]:
    names = of.called(sex, year)
    number = 1 + (chance.share() < 0.72) + (chance.share() < 0.08)
    found: dict[str, None] = {}
    while len(found) < number:
        found[chance.early(names, 2.2 - 0.4 * len(found))] = None
    return tuple(found)


def _welsh(of: Sources, chance: Chance, sex: str, year: int) -> tuple[str, ...]:
    first = chance.early(of.customs["welsh"][sex].split(), 1.3)
    others = tuple(each for each in _several(of, chance, sex, year)[1:] if each != first)
    return (first, *others)


def _icelandic(of: Sources, chance: Chance, house: House, sex: str) -> Name:
    _, father = house.family.split(":")
    given = chance.early(of.customs["icelandic"][sex].split(), 1.3)
    return Name(father + ("dóttir" if sex == "f" else "son"), (given,), "icelandic")


def _of_branch(of: Sources, chance: Chance, house: House, sex: str) -> Name:
    table = _table(of, house.custom, house.branch)
    text = table[sex]
    given = [chance.early(text.split("|") if "|" in text else text.split(), 1.3)]
    if middle := table.get(f"middle_{sex}"):
        given.append(middle)
    if "before" in table and sex == "m" and chance.of_thousand(450):
        given.insert(0, chance.one_of(table["before"].split()))
    if "after_f" in table and sex == "f" and chance.of_thousand(400):
        given.append(chance.one_of(table["after_f"].split()))
    if house.custom == "spanish" and chance.of_thousand(350):
        given.append(chance.early(text.split(), 1.3))
    custom = "western" if house.custom in WESTERN else house.custom
    return Name(_feminine(house, sex), tuple(dict.fromkeys(given)), custom)


def _feminine(house: House, sex: str) -> str:
    if house.custom == "polish" and sex == "f" and house.family.endswith(("ski", "cki")):
        return f"{house.family[:-1]}a"
    return house.family


def _table(of: Sources, custom: str, branch: str) -> dict[str, Any]:
    table: dict[str, Any] = of.customs[custom]
    return table[branch] if branch else table


def _words(of: Sources, custom: str, branch: str, what: str) -> list[str]:
    words: list[str] = _table(of, custom, branch)[what].split()
    return words
