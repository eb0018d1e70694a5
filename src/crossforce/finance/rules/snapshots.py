"""Driver figures frozen for a budget: once it is agreed, later figures do not move its shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, runtime_checkable

from crossforce.agreements.resolve import Counts, Drivers, expected
from crossforce.agreements.terms import CostShareRule
from crossforce.kernel.civil import financial_year

Figure = Decimal | int | Fraction


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """What was asked of the figures: this driver, of this force, as known on this day."""

    driver: str
    force: str
    on: date


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures that a year's budget was shared by. It answers from what it holds and from
    nothing else, so that the same shares come out whenever they are asked again."""

    figures: Mapping[Asked, Figure]
    sources: Mapping[Asked, str] = field(default_factory=dict)
    """Of those that forces stated themselves: who, from what, of which day."""
    records: Mapping[Asked, str] = field(default_factory=dict)
    """In which record each of these is stated."""

    def figure(self, driver: str, force: str, on: date) -> Figure | None:
        """The figure held, if it is."""
        return self.figures.get(Asked(driver, force, on))

    def source(self, driver: str, force: str, on: date) -> str:
        """Who stated it; empty for a figure of the directory."""
        return self.sources.get(Asked(driver, force, on), "")

    def record(self, driver: str, force: str, on: date) -> str:
        """In which record it is stated; empty for a figure of the directory."""
        return self.records.get(Asked(driver, force, on), "")

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        """What was counted for each force; None where it is not held of all of them."""
        driver, day = _counted_by(rule, year), _frozen_on(on)
        found = {force: self.figures.get(Asked(driver, force, day)) for force in forces}
        known = {force: int(each) for force, each in found.items() if each is not None}
        return known if len(known) == len(forces) else None

    def with_more(self, other: "Snapshot") -> "Snapshot":
        """With the figures of somebody who joined later; what is held already stays as it is."""
        new, records = (
            {asked: said for asked, said in each.items() if asked not in self.figures}
            for each in (other.sources, other.records)
        )
        return Snapshot(
            {**other.figures, **self.figures},
            {**new, **self.sources},
            {**records, **self.records},
        )


@runtime_checkable
class Sourced(Protocol):
    """Where figures come from that forces state themselves."""

    def source(self, driver: str, force: str, on: date) -> str:
        """Who states the figure, from what; empty where nobody does."""

    def record(self, driver: str, force: str, on: date) -> str:
        """In which record."""


@dataclass(slots=True)
class Recorder:
    """Stands between the clauses and the live figures, and notes every figure that they use."""

    source: Drivers
    used: dict[Asked, Figure] = field(default_factory=dict)
    sources: dict[Asked, str] = field(default_factory=dict)
    records: dict[Asked, str] = field(default_factory=dict)

    def expect(self, driver: str, forces: tuple[str, ...]) -> None:
        """The figures of these forces are asked for next."""
        expected(self.source, driver, forces)

    def figure(self, driver: str, force: str, on: date) -> Figure | None:
        """The live figure, noted."""
        found = self.source.figure(driver, force, on)
        if found is not None:
            asked = Asked(driver, force, on)
            self.used[asked] = found
            if isinstance(self.source, Sourced) and (
                said := self.source.source(driver, force, on)
            ):
                self.sources[asked] = said
                self.records[asked] = self.source.record(driver, force, on)
        return found

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        """What the platform counts up to the start of the financial year, noted."""
        if not isinstance(self.source, Counts):
            return None
        day = _frozen_on(on)
        found = self.source.counted(rule, year, forces, day)
        for force, count in (found or {}).items():
            self.used[Asked(_counted_by(rule, year), force, day)] = count
        return found

    def snapshot(self) -> Snapshot:
        """All figures used so far, frozen."""
        return Snapshot(
            dict(sorted(self.used.items())),
            dict(sorted(self.sources.items())),
            dict(sorted(self.records.items())),
        )


def snapshot_of(rows: Iterable[tuple[str, str, date, Figure, str, str]]) -> Snapshot:
    """A snapshot from its rows as they are kept: driver, force, day, figure, who stated it, in which record."""
    known = [
        (Asked(driver, force, on), each, said, record)
        for driver, force, on, each, said, record in rows
    ]
    return Snapshot(
        {asked: each for asked, each, _, _ in known},
        {asked: said for asked, _, said, _ in known if said},
        {asked: record for asked, _, _, record in known if record},
    )


def _counted_by(rule: CostShareRule, year: int | None) -> str:
    over = f"in {year}" if year is not None else f"over {rule.months} months"
    return f"{rule.driver} {over}"


def _frozen_on(on: date) -> date:
    return date(financial_year(on), 4, 1)
