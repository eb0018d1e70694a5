"""The lists that people are made of, as they are read: names by decade, surnames, streets, postcodes, crimes."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

DECADE: Final = 10
FIRST: Final = 1904
SOME: Final = 48
"""So many streets are about one block: its neighbourhood."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street, where it is and whose police it has."""

    force: str
    district: str
    town: str
    outcode: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Sources:
    """All that is drawn from. `settings` is what people.toml says, `customs` what customs.toml does."""

    settings: Mapping[str, Any]
    customs: Mapping[str, Any]
    surnames: Sequence[str]
    given: Mapping[tuple[str, int], Sequence[str]]
    streets: Mapping[str, Sequence[Street]]
    postcodes: Mapping[str, Sequence[str]]
    crimes: Mapping[str, Sequence[tuple[str, float]]]
    nicknames: Mapping[str, Sequence[str]]
    spellings: Mapping[str, Sequence[str]]

    def called(self, sex: str, year: int) -> Sequence[str]:
        """What the parents of that year gave, the commonest first."""
        decade = FIRST + max(year - FIRST, 0) // DECADE * DECADE
        return self.given[sex, min(decade, max(each for _, each in self.given))]

    def about(self, force: str, at: int) -> Sequence[Street]:
        """The streets of one neighbourhood of a force."""
        streets = self.streets[force]
        first = min(at, max(len(streets) - SOME, 0))
        return streets[first : first + SOME]


def read(text: Mapping[str, str], tables: Mapping[str, Mapping[str, Any]]) -> Sources:
    """From the text of the lists, and the two files that are tables, each by its name without ending."""
    streets = _by_force(text["streets"])
    crimes: dict[str, list[tuple[str, float]]] = {}
    for row in csv.DictReader(text["crimes"].splitlines()):
        crimes.setdefault(row["force"], []).append((row["kind"], float(row["number"])))
    customs = tables["customs"]
    return Sources(
        settings=tables["people"],
        customs=customs,
        surnames=text["surnames"].split(),
        given=_given(text["given-names"]),
        streets=streets,
        postcodes={
            words[0]: words[1:] for words in map(str.split, text["postcodes"].splitlines())
        },
        crimes=crimes,
        nicknames=_others(customs["nicknames"]["of"]),
        spellings=_others(customs["spellings"]["of"]),
    )


def _by_force(text: str) -> dict[str, list[Street]]:
    found: dict[str, list[Street]] = {}
    for row in csv.reader(text.splitlines()[1:]):
        force, district, town, outcode, name, latitude, longitude = row
        street = Street(force, district, town, outcode, name, float(latitude), float(longitude))
        found.setdefault(street.force, []).append(street)
    return found


def _given(text: str) -> dict[tuple[str, int], list[str]]:
    found = {}
    for line in text.splitlines():
        sex, year, *names = line.split()
        found[sex.lower(), int(year)] = names
    return found


def _others(text: str) -> dict[str, list[str]]:
    pairs = (each.split(":") for each in text.split())
    return {name: others.split(",") for name, others in pairs}
