"""Evidence that two records are not of one person, whatever else agrees: numbers of which a person has one."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import rulepacks
from crossforce.nominals.canonical.identifiers import checked
from crossforce.nominals.choices import NUMBERS
from crossforce.nominals.rules.matching import PACK
from crossforce.records.mapping.findings import Wrong

Statements = Sequence[Mapping[str, Any]]
Numbers = Mapping[str, Mapping[str, str]]
"""By the sort, its numbers, and as of when each is said."""
SMALL_FILE: Final = "SF"
"""Before a number of a file that was kept until a person had a whole one: that they have both is no conflict."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two records of which each says another number of a sort that a person has once."""

    one: UUID
    other: UUID
    words: str


def unique(on: date) -> frozenset[str]:
    """The sorts of numbers of which a person has one, and of which a slip is seen."""
    return frozenset(rulepacks.load(PACK).value("one-a-person", on))


def clashes(said: Mapping[UUID, Statements], sorts: Set[str]) -> list[Clash]:
    """Each two of these records that cannot be of one person, and why. One number that both say is enough for peace."""
    numbers = {key: each for key in sorted(said) if (each := _numbers(said[key], sorts))}
    return [
        Clash(one, other, words)
        for one, other in combinations(numbers, 2)
        if (words := "; ".join(_against(numbers[one], numbers[other])))
    ]


def _numbers(statements: Statements, sorts: Set[str]) -> Numbers:
    found: dict[str, dict[str, str]] = {}
    for each in statements:
        value = each.get("value") or {}
        sort = str(value.get("type", ""))
        if each.get("about") == "identifier" and sort in sorts:
            for number in _sound(sort, str(value.get("number", ""))):
                found.setdefault(_file(sort, number), {})[number] = str(each.get("as_of") or "")
    return found


def _sound(sort: str, number: str) -> Iterator[str]:
    """The number in its one form, where its check character holds."""
    try:
        yield checked(sort, number)
    except Wrong:
        return


def _file(sort: str, number: str) -> str:
    return f"{sort} {SMALL_FILE}" if number.startswith(SMALL_FILE) else sort


def _against(one: Numbers, other: Numbers) -> Iterator[str]:
    for file in sorted(one.keys() & other.keys()):
        if not one[file].keys() & other[file].keys():
            title = NUMBERS["identifier", file.partition(" ")[0]]
            yield f"{title} {_told(one[file])}, and {_told(other[file])}"


def _told(numbers: Mapping[str, str]) -> str:
    return ", ".join(
        f"{number} as of {day}" if day else number for number, day in sorted(numbers.items())
    )
