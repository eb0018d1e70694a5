"""Evidence that two records are not of one person, whatever else agrees: numbers of which a person has one."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.kernel import rulepacks
from crossforce.nominals.canonical.identifiers import checked
from crossforce.nominals.choices import NUMBERS
from crossforce.nominals.rules.matching import PACK
from crossforce.records.mapping.findings import Wrong

Statements = Sequence[Mapping[str, Any]]
FACT: Final = "fact"
SMALL_FILE: Final = "SF"
"""Before a number of a file that was kept until a person had a whole one: that they have both is no conflict."""


class Said(NamedTuple):
    """How a number is said: as of when, as what, and until when it held."""

    as_of: str
    asserted: str
    until: str

    @property
    def is_sure(self) -> bool:
        """Whether it is a fact that holds still."""
        return self.asserted == FACT and not self.until


Numbers = Mapping[str, Mapping[str, Said]]
"""By the sort, its numbers, each as it is said with most certainty."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two records of which each says another number of a sort that a person has once.

    `is_sure`: both say one as a fact that holds still. Else it is told, and splits nothing.
    """

    one: UUID
    other: UUID
    words: str
    is_sure: bool = True


def unique(on: date) -> frozenset[str]:
    """The sorts of numbers of which a person has one, and of which a slip is seen."""
    return frozenset(rulepacks.load(PACK).value("one-a-person", on))


def clashes(said: Mapping[UUID, Statements], sorts: Set[str]) -> list[Clash]:
    """Each two of these records that speak of two people, and why. One number that both say is enough for peace."""
    numbers = {key: each for key in sorted(said) if (each := _numbers(said[key], sorts))}
    return [
        Clash(
            one, other, "; ".join(words for words, _ in found), any(sure for _, sure in found)
        )
        for (one, ours), (other, theirs) in combinations(numbers.items(), 2)
        if _differ(ours, theirs) and (found := list(_against(ours, theirs)))
    ]


def _differ(one: Numbers, other: Numbers) -> bool:
    """Whether there is anything to tell; asked of every two."""
    return any(
        file in other and not numbers.keys() & other[file].keys()
        for file, numbers in one.items()
    )


def _numbers(statements: Statements, sorts: Set[str]) -> Numbers:
    found: dict[str, dict[str, Said]] = {}
    for each in statements:
        value = each.get("value") or {}
        sort = str(value.get("type", ""))
        if each.get("about") == "identifier" and sort in sorts:
            said = Said(*(str(each.get(name) or "") for name in ("as_of", "asserted", "to")))
            for number in _sound(sort, str(value.get("number", ""))):
                of = found.setdefault(_file(sort, number), {})
                if said.is_sure or number not in of:
                    of[number] = said
    return found


def _sound(sort: str, number: str) -> Iterator[str]:
    """The number in its one form, where its check character holds."""
    try:
        yield checked(sort, number)
    except Wrong:
        return


def _file(sort: str, number: str) -> str:
    return f"{sort} {SMALL_FILE}" if number.startswith(SMALL_FILE) else sort


def _against(one: Numbers, other: Numbers) -> Iterator[tuple[str, bool]]:
    """In words, and whether both sides are sure."""
    for file in sorted(one.keys() & other.keys()):
        if not one[file].keys() & other[file].keys():
            title = NUMBERS["identifier", file.partition(" ")[0]]
            sides = one[file].values(), other[file].values()
            is_sure = all(any(each.is_sure for each in side) for side in sides)
            yield f"{title} {_told(one[file])}, and {_told(other[file])}", is_sure


def _told(numbers: Mapping[str, Said]) -> str:
    return ", ".join(" ".join(_words(number, numbers[number])) for number in sorted(numbers))


def _words(number: str, said: Said) -> Iterator[str]:
    yield number
    if said.as_of:
        yield f"as of {said.as_of}"
    if said.until:
        yield f"until {said.until}"
    if said.asserted not in ("", FACT):
        yield f"({said.asserted})"
