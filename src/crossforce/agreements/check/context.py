"""What a document is checked against: the law, the directory, the catalogues, what is in force."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from crossforce.agreements.check import catalogues, standing
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.resolve.methods import vintage
from crossforce.kernel import rulepacks
from crossforce.organisations.directory import Directory


def _law() -> rulepacks.RulePack:
    return rulepacks.load("collaboration-law")


def _practice() -> rulepacks.RulePack:
    return rulepacks.load("agreement-practice")


def _unstated(driver: str, forces: Collection[str], agreement: str) -> Mapping[str, date]:
    return {}


@dataclass(frozen=True)
class CheckContext:
    """The world around a document, as of the day `on`.

    A catalogue that is None is not known here, and names are not looked up in it. `in_force` may
    hold the document itself, or an earlier version of it: it is not compared with its own
    reference. `for_signature` asks of a document what a version that parties sign must have.
    `stated_since` says since when each of some forces states a figure of itself: by driver, forces and agreement.
    """

    directory: Directory
    on: date
    in_force: Sequence[AgreementDocument] = ()
    record_kinds: Collection[str] | None = field(default_factory=catalogues.record_kinds)
    actions: Collection[str] | None = field(default_factory=catalogues.actions)
    purposes: Collection[str] | None = field(default_factory=catalogues.purposes)
    functions: Collection[str] | None = field(default_factory=catalogues.functions)
    roles: Collection[str] | None = field(default_factory=catalogues.roles)
    schedules: Collection[str] | None = field(default_factory=catalogues.schedules)
    for_signature: bool = False
    stated_since: Callable[[str, Collection[str], str], Mapping[str, date]] = _unstated
    law: rulepacks.RulePack = field(default_factory=_law)
    practice: rulepacks.RulePack = field(default_factory=_practice)

    @cached_property
    def standing(self) -> standing.Standing:
        """The agreements in force, indexed once for every document checked."""
        return standing.index(self.in_force)

    @cached_property
    def welsh_forces(self) -> frozenset[str]:
        """The forces that the all-Wales rule counts."""
        return frozenset(rulepacks.load("all-wales").value("forces", self.on))

    @cached_property
    def organisation_codes(self) -> tuple[str, ...]:
        """Every code of the directory, for "did you mean"."""
        return tuple(each.code for each in self.directory.organisations)

    def unknown(
        self, driver: str, forces: Collection[str], year: int | None, agreement: str = ""
    ) -> list[str]:
        """The forces of which no figure is known for the year; for no year, none at all.

        Of what is stated for one `agreement` alone it is asked by the day that its shares go by.
        """
        last = date(year, 12, 31) if year is not None else self.on
        if agreement:
            last = vintage(year, self.on)
        said = self.stated_since(driver, forces, agreement)
        shipped = {each: self._first_figures.get((driver, each)) for each in forces}
        return [
            each
            for each in forces
            if last.year > self.on.year
            or not any(on and on <= last for on in (said.get(each), shipped[each]))
        ]

    @cached_property
    def _first_figures(self) -> dict[tuple[str, str], date]:
        first: dict[tuple[str, str], date] = {}
        for row in self.directory.figures:
            key = (row.driver.value, row.force)
            first[key] = min(row.on, first.get(key, row.on))
        return first

    @cached_property
    def _live(self) -> dict[tuple[str, date], dict[str, dict[str, str]]]:
        return {}

    def severities(self, basis: str, on: date) -> dict[str, dict[str, str]]:
        """The rules that apply to a basis on a day: code to its row of severities."""
        key = (basis, on)
        if key not in self._live:
            rows = chain(
                self.law.under("check", on).items(), self.practice.under("check", on).items()
            )
            self._live[key] = {code: row for code, row in rows if "all" in row or basis in row}
        return self._live[key]
