"""The people of the demonstration, made from its teams: the same each time, and nobody real."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

OptionT = TypeVar("OptionT")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, and the work they do."""

    force: str
    number: str
    given_name: str
    family_name: str
    rank: str
    unit: str
    function: str
    role: str
    profile: str
    cycle: str
    offset: int
    call_sign: str
    is_suspended: bool

    @property
    def key(self) -> str:
        """What everything about them that looks like chance is drawn from."""
        return f"{self.force}/{self.number}"


@dataclass(frozen=True, slots=True)
class World:
    """What the file of the demonstration says, and everybody in it."""

    content: Mapping[str, Any]
    people: Sequence[Person]

    @property
    def epoch(self) -> date:
        """The day from which cycles of shifts count."""
        day: date = self.content["epoch"]
        return day


def drawn(key: str, below: int) -> int:
    """A number from 0 that looks like chance, and is always the same for the key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % below


def one_of(key: str, options: Sequence[OptionT]) -> OptionT:
    """One of the options, always the same for the key."""
    return options[drawn(key, len(options))]


def world(content: Mapping[str, Any]) -> World:
    """The demonstration's people, in the order of the file."""
    taken: set[str] = set()
    return World(
        content, [each for team in content["team"] for each in _team(content, team, taken)]
    )


def _team(
    content: Mapping[str, Any], team: Mapping[str, Any], taken: set[str]
) -> Iterator[Person]:
    cycle, place = content["cycles"][team["cycle"]], 0
    for force, size in team["of"].items():
        for index in range(size):
            number = str(team["first_number"] + index + 1)
            given, family = _name(content, f"{force}/{number}", taken)
            yield Person(
                force=force,
                number=number,
                given_name=given,
                family_name=f"{family} {content['mark']}",
                rank=team["rank"],
                unit=team["unit"],
                function=team["function"],
                role=team["role"],
                profile=team["profile"],
                cycle=team["cycle"],
                offset=0 if len(cycle) == 7 else place * 3 % len(cycle),
                call_sign=_call_sign(team["call_sign"], place),
                is_suspended=team.get("suspended") == force and index == 2,
            )
            place += 1


def _call_sign(prefix: str, place: int) -> str:
    return f"{prefix}{place + 1:02d}" if prefix else ""


def _name(content: Mapping[str, Any], key: str, taken: set[str]) -> tuple[str, str]:
    """A name that nobody else of the demonstration has."""
    attempt = 0
    while True:
        drawn_from = f"{key}/{attempt}"
        given = one_of(f"{drawn_from}/given", content["given"])
        begins = one_of(f"{drawn_from}/begins", content["family_begins"])
        family = begins + one_of(f"{drawn_from}/ends", content["family_ends"])
        if family not in taken:
            taken.add(family)
            return given, family
        attempt += 1
