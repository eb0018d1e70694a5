"""What of a record may be told to everybody: decided record by record, and again for totals."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crossforce.programme.rules.report_contents import LeftOut

OPEN: Final = "OFFICIAL"
SUMMED: Final = frozenset({OPEN, "OFFICIAL-SENSITIVE"})
"""Markings of parts that may go into a total; what is marked higher goes into none."""


class Why(StrEnum):
    """Why a record is left out of what everybody may read."""

    MARKING = "marking"
    HOLDER = "holder"
    WITHHELD = "withheld"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a record decides whether it may be named in public."""

    marking: str
    compartment: str
    is_disclosable: bool
    is_published_of: bool
    names_somebody: bool


def is_silent(standing: Standing) -> bool:
    """Whether not even that there is such a record may be told."""
    return bool(standing.compartment) or standing.marking not in SUMMED


def left_out_for(standing: Standing) -> Why | None:
    """Why the record stays out; None where it may be named.

    It has to be marked OFFICIAL, its holder has to let it be disclosed, its agreement may not withhold
    what it is about, and it may name nobody.
    """
    if standing.marking != OPEN or standing.compartment:
        return Why.MARKING
    if not standing.is_disclosable:
        return Why.HOLDER
    if not standing.is_published_of:
        return Why.WITHHELD
    return Why.PERSON if standing.names_somebody else None


def may_be_summed(parts: Sequence[tuple[str, str]], fewest: int) -> bool:
    """Whether a total over parts, each `(marking, compartment)`, may be told.

    None of them is in a compartment or marked above OFFICIAL-SENSITIVE. Where any is marked above
    OFFICIAL there are at least `fewest`, so that no single one can be told from the total.
    """
    if any(compartment or marking not in SUMMED for marking, compartment in parts):
        return False
    return len(parts) >= fewest or all(marking == OPEN for marking, _ in parts)


def counted(found: Iterable[tuple[str, Why]]) -> tuple[LeftOut, ...]:
    """How many records of each kind are left out for which reason."""
    numbers = Counter(found)
    return tuple(
        LeftOut(kind=kind, why=str(why), number=number)
        for (kind, why), number in sorted(numbers.items())
    )
