"""What a leaver would pay if it bought the service instead, and what posts given in kind are worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


class CannotPrice(Exception):
    """The service has no price; the message says which."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of one unit of a service, such as an hour, a search or a submission."""

    service: str
    unit: str
    pence: int
    why: str


@dataclass(frozen=True, slots=True)
class BoughtLine:
    """One service bought: so many units in the time, at the tariff."""

    tariff: Tariff
    units: int
    pence: int


@dataclass(frozen=True, slots=True)
class Fallback:
    """What buying the service costs in those months, beside what taking part would have cost."""

    force: str
    months: int
    lines: tuple[BoughtLine, ...]
    instead_of_pence: int

    @property
    def pence(self) -> int:
        """What the service costs when it is bought."""
        return sum(line.pence for line in self.lines)

    @property
    def dearer_by(self) -> int:
        """How much more it costs than taking part; negative when less."""
        return self.pence - self.instead_of_pence


@dataclass(frozen=True, slots=True)
class Posts:
    """Full-time equivalents of a grade given in kind, for so many days of a year."""

    grade: str
    full_time: Fraction
    days: int


def at_full_cost(service: str, unit: str, cost_pence: int, units: int) -> Tariff:
    """The tariff that recovers the whole cost, where the agreement names none: a part of a penny
    is charged as one. Raises CannotPrice where nobody used the service."""
    if units <= 0:
        raise CannotPrice(f"nobody used {service}, so a {unit} has no cost to be priced by")
    return Tariff(service, unit, -(-cost_pence // units), f"full cost over {units} {unit}s")


def fallback(
    force: str,
    tariffs: Iterable[Tariff],
    used_a_year: Mapping[str, int],
    months: int,
    due_a_year: int,
) -> Fallback:
    """What the force would pay for what it uses, by tariff, for those months after it has left.

    Raises CannotPrice where it uses a service for which there is no price.
    """
    priced = {tariff.service: tariff for tariff in tariffs}
    missing = sorted(service for service in used_a_year if service not in priced)
    if missing:
        raise CannotPrice(f"no tariff is known for {', '.join(missing)}")
    lines = tuple(
        BoughtLine(priced[service], used, used * priced[service].pence)
        for service, yearly in sorted(used_a_year.items())
        if (used := -(-yearly * months // 12))
    )
    return Fallback(force, months, lines, due_a_year * months // 12)


def value_in_kind(
    posts: Iterable[Posts], yearly_rates: Mapping[str, int], year_days: int
) -> int:
    """What posts given in kind are worth, in pence, at the standard yearly rates agreed, with
    on-costs. Raises CannotPrice where a grade has no rate."""
    total = Fraction(0)
    for each in posts:
        if each.grade not in yearly_rates:
            raise CannotPrice(f"no standard rate is agreed for {each.grade}")
        total += each.full_time * yearly_rates[each.grade] * Fraction(each.days, year_days)
    return int(total + Fraction(1, 2))
