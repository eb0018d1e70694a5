"""How agreements stand through the days ahead, by what is signed and known now: asked once, and told for any of the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from crossforce.agreements import api as agreements
from crossforce.boards.queries import agreed
from crossforce.boards.queries.agreed import Governing
from crossforce.boards.rules.governing import turning_days
from crossforce.kernel import civil
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory
from crossforce.people.api import Actor

Standing = agreements.InForce | None


@dataclass(frozen=True)
class Ahead:
    """How one agreement stands from each of the days on which a version of it begins or ends, the first day first."""

    days: tuple[date, ...]
    standing: tuple[Standing, ...]
    starting: frozenset[date]
    directory: Directory

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """Every later day on which who governs may change: a version begins or ends, or something in its terms does."""
        found = set(self.starting)
        for each in filter(None, self.standing):
            for function in each.terms.functions:
                found.update(turning_days(each.terms, function, self.directory))
        return tuple(sorted(day for day in found if day > self.days[0]))

    def governing(self, on: date) -> list[Governing]:
        """Who governs each of its functions on the day."""
        found = self._on(on)
        if not agreed.counts(found):
            return []
        return list(agreed.by_terms(found, agreed.moment(on), self.directory))

    def beginning(self, on: date) -> list[Governing]:
        """The same of one that does not stand on the day, and begins later: as of its first day."""
        if self._on(on) is None:
            for day, found in zip(self.days, self.standing, strict=True):
                if day > on and agreed.counts(found):
                    return list(agreed.by_terms(found, civil.instant(day), self.directory))
        return []

    def _on(self, on: date) -> Standing:
        last = max((at for at, day in enumerate(self.days) if day <= on), default=0)
        return self.standing[last]


def ahead(actor: Actor, references: Iterable[str], on: date, until: date) -> dict[str, Ahead]:
    """Those of these agreements that the actor may know of, from the day on, by what is known before `until`."""
    known = agreed.known(actor, references)
    tomorrow = civil.next_day(on)  # what came in today stands tomorrow
    starting = {
        name: frozenset(day for day in days if day > on)
        for name, days in agreements.turning_days(civil.instant(until), known).items()
    }
    asked: dict[date, list[str]] = {on: known, tomorrow: known}
    for name, days in starting.items():
        for day in days - {tomorrow}:
            asked.setdefault(day, []).append(name)
    found: dict[str, dict[date, Standing]] = {name: {} for name in known}
    moments = {day: agreed.moment(day) for day in sorted(asked)}
    standing = agreements.standing_on({at: asked[day] for day, at in moments.items()})
    for day, at in moments.items():
        stands = {each.reference: each for each in standing[at]}
        for name in asked[day]:
            found[name][day] = stands.get(name)
    directory, never = organisations.directory(), frozenset[date]()
    return {
        name: Ahead(tuple(by_day), tuple(by_day.values()), starting.get(name, never), directory)
        for name, by_day in found.items()
    }


def turns_of(of: Iterable[Ahead], until: date) -> list[date]:
    """The days before `until` on which who governs one of these may change."""
    return sorted({day for each in of for day in each.turns if day < until})
