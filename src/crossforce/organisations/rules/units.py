"""Whether a unit may be opened, placed or closed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crossforce.organisations.choices import CODE_PATTERN


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What the rules need to know of a unit."""

    code: str
    owner: str
    since: date
    until: date | None = None

    def covers(self, since: date, until: date | None) -> bool:
        """Whether the unit exists for the whole of a period."""
        ends_later = self.until is None or (until is not None and until <= self.until)
        return self.since <= since and ends_later


def refusal_to_open_unit(
    unit: UnitFacts, *, above: UnitFacts | None, taken: Iterable[str]
) -> str | None:
    """A unit has a code of its own within its owner, and a unit above it that exists as long."""
    if not re.fullmatch(CODE_PATTERN, unit.code):
        return "A code is lower-case words joined by hyphens, such as armed-response."
    if unit.code in taken:
        return f"{unit.owner} has a unit with the code {unit.code} already; choose another."
    if unit.until is not None and unit.until <= unit.since:
        return "A unit ends after it begins."
    return refusal_to_place_unit(unit, above=above, below=())


def refusal_to_place_unit(
    unit: UnitFacts, *, above: UnitFacts | None, below: Iterable[str]
) -> str | None:
    """A unit stands under another of the same owner, never under itself or its own units."""
    if above is None:
        return None
    if above.owner != unit.owner:
        return f"{above.code} belongs to {above.owner}; a tree of units has one owner."
    if above.code == unit.code or above.code in set(below):
        return f"{above.code} stands below {unit.code}; a unit cannot stand below itself."
    if not above.covers(unit.since, unit.until):
        return f"{above.code} does not exist for the whole time of {unit.code}."
    return None


def refusal_to_close_unit(
    unit: UnitFacts, *, on: date, below: Iterable[UnitFacts]
) -> str | None:
    """A unit closes once, after it began, and not before the units below it."""
    if unit.until is not None:
        return f"{unit.code} is closed from {unit.until} already."
    if on <= unit.since:
        return f"{unit.code} began on {unit.since}; it closes on a later day."
    open_still = sorted(each.code for each in below if each.until is None or each.until > on)
    if open_still:
        return f"Close or move the units below it first: {', '.join(open_still)}."
    return None
