"""The methods by which a cost is shared, each to exact fractions that sum to 1."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, runtime_checkable

from crossforce.agreements.terms import CostComponent, CostShareRule
from crossforce.kernel.civil import financial_year

Shares = dict[str, Fraction]

OWN_COST = "own-cost"
"""The driver by which costs that lie where they fall are known: what each force spent itself."""


class CannotShare(Exception):
    """The cost cannot be shared by the method agreed; the message says what is missing."""


class Drivers(Protocol):
    """Where the figures come from by which costs are shared, such as the directory."""

    def figure(self, driver: str, force: str, on: date) -> Decimal | int | Fraction | None:
        """The latest figure of the force dated on or before the day, if there is one."""


@runtime_checkable
class Counts(Protocol):
    """Where figures come from that the platform itself counts, such as hours on duty."""

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        """What is counted for each force by the rule's driver; None where it may not be told."""


@runtime_checkable
class Foresees(Protocol):
    """Where figures come from that are looked up together."""

    def expect(self, driver: str, forces: tuple[str, ...]) -> None:
        """The figures of these forces are asked for next."""


def expected(drivers: Drivers, driver: str, forces: tuple[str, ...]) -> None:
    """Tell whoever looks figures up together which are asked for next."""
    if isinstance(drivers, Foresees):
        drivers.expect(driver, forces)


def by_methods(
    rule: CostShareRule, forces: tuple[str, ...], on: date, drivers: Drivers
) -> Shares:
    """The shares by the methods and the floor, before any phasing or cap. Raises CannotShare."""
    if not forces:
        raise CannotShare("no force takes part, so nobody shares the cost")
    total = sum((each.weight for each in rule.components), Fraction(0))
    if total != 1:
        raise CannotShare(f"the weights of the parts sum to {total}, not 1")
    shares = dict.fromkeys(forces, Fraction(0))
    for part in rule.components:
        for force, share in _of_part(rule, part, forces, on, drivers).items():
            shares[force] += part.weight * share
    return shares if rule.floor is None else floored(shares, rule.floor)


def _of_part(
    rule: CostShareRule,
    part: CostComponent,
    forces: tuple[str, ...],
    on: date,
    drivers: Drivers,
) -> Shares:
    if part.method == "equal":
        return dict.fromkeys(forces, Fraction(1, len(forces)))
    if part.method == "fixed":
        return _fixed(part, forces)
    if part.method == "demand" and rule.driver:
        return _by_count(rule, part, forces, on, drivers)
    if part.method in ("demand", "tariff") and rule.demand:
        return _by_demand(rule, part, forces)
    if part.method == "hybrid":
        raise CannotShare("a part of a hybrid share cannot itself be hybrid")
    driver = DRIVER_NAMES.get(part.method, part.method)
    return _by_driver(driver, forces, vintage(part.year, on), drivers)


DRIVER_NAMES = {"tariff": "demand", "costs-lie-where-they-fall": OWN_COST}


def _fixed(part: CostComponent, forces: tuple[str, ...]) -> Shares:
    if set(part.shares) != set(forces):
        named, taking = ", ".join(sorted(part.shares)) or "nobody", ", ".join(forces)
        raise CannotShare(
            f"the fixed shares are for {named}, and those taking part are {taking}"
        )
    total = sum(part.shares.values(), Fraction(0))
    if total != 1:
        raise CannotShare(f"the fixed shares sum to {total}, not 1")
    return dict(part.shares)


def _by_demand(rule: CostShareRule, part: CostComponent, forces: tuple[str, ...]) -> Shares:
    return _proportional(part.method, forces, lambda force: rule.demand.get(force))


def _by_count(
    rule: CostShareRule,
    part: CostComponent,
    forces: tuple[str, ...],
    on: date,
    drivers: Drivers,
) -> Shares:
    named = str(rule.driver).replace("-", " ")
    if not isinstance(drivers, Counts):
        raise CannotShare(f"the platform counts {named}, and here is none")
    found = drivers.counted(rule, part.year, forces, on)
    if found is None:
        raise CannotShare(f"{named} cannot be counted for whoever asks")
    return _proportional(named, forces, found.get)


def _by_driver(driver: str, forces: tuple[str, ...], on: date, drivers: Drivers) -> Shares:
    expected(drivers, driver, forces)
    return _proportional(driver, forces, lambda force: drivers.figure(driver, force, on))


def _proportional(
    driver: str,
    forces: tuple[str, ...],
    figure: Callable[[str], Decimal | int | Fraction | None],
) -> Shares:
    figures = {force: figure(force) for force in forces}
    missing = [force for force, each in figures.items() if each is None]
    if missing:
        raise CannotShare(f"no {driver} figure is known for {', '.join(missing)}")
    exact = {force: Fraction(each) for force, each in figures.items() if each is not None}
    total = sum(exact.values(), Fraction(0))
    if total <= 0 or any(each < 0 for each in exact.values()):
        raise CannotShare(f"the {driver} figures do not sum to more than nothing")
    return {force: each / total for force, each in exact.items()}


def vintage(year: int | None, on: date) -> date:
    """The day by which figures count: the end of the year agreed, else the start of the
    financial year, so that shares stand still once its budget is made."""
    return date(year, 12, 31) if year is not None else date(financial_year(on), 4, 1)


def floored(shares: Shares, floor: Fraction) -> Shares:
    """Every share at least the floor: those above it give way in proportion to what they are.

    Raises CannotShare when so many take part that not all can have the floor.
    """
    if floor * len(shares) > 1:
        raise CannotShare(f"{len(shares)} shares of at least {floor} sum to more than 1")
    low: set[str] = set()
    while True:
        rest = 1 - floor * len(low)
        above = sum((each for force, each in shares.items() if force not in low), Fraction(0))
        found = {
            force: floor if force in low else each * rest / above
            for force, each in shares.items()
        }
        fallen = {force for force, each in found.items() if each < floor}
        if not fallen:
            return found
        low |= fallen


def phased(shares: Shares, before: Mapping[str, Fraction], done: Fraction) -> Shares:
    """The way from the earlier shares to the new ones, `done` of it gone (k/n)."""
    return {
        force: before.get(force, Fraction(0)) + done * (share - before.get(force, Fraction(0)))
        for force, share in shares.items()
    }


def capped(shares: Shares, before: Mapping[str, Fraction], cap: Fraction) -> Shares:
    """The shares nearest to these of which none differs from before by more than the cap.

    Every share that is free to move moves by the same amount, so that the sum stays exactly 1.
    """
    bounds = {
        force: (max(Fraction(0), before[force] - cap), min(Fraction(1), before[force] + cap))
        for force in shares
    }

    def moved(step: Fraction) -> Shares:
        return {
            force: min(max(share + step, bounds[force][0]), bounds[force][1])
            for force, share in shares.items()
        }

    def total(step: Fraction) -> Fraction:
        return sum(moved(step).values(), Fraction(0))

    ends = sorted({end - shares[force] for force in shares for end in bounds[force]})
    low = max((step for step in ends if total(step) <= 1), default=ends[0])
    high = min((step for step in ends if total(step) >= 1), default=ends[-1])
    if low >= high:
        return moved(high)
    return moved(low + (high - low) * (1 - total(low)) / (total(high) - total(low)))
