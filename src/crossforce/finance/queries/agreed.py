"""What signed agreements say of a cost: who shares it in a year, by which clause and figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from crossforce.agreements import api as agreements
from crossforce.agreements import catalogues, resolve
from crossforce.agreements.preview.context import Figures
from crossforce.agreements.preview.measuring import Statements
from crossforce.agreements.terms import (
    BEGINNING,
    CompiledTerms,
    CostShareRule,
    ParticipationRule,
)
from crossforce.finance.rules import positions
from crossforce.finance.rules.snapshots import Figure, Recorder, Snapshot
from crossforce.finance.rules.standing import NobodyPays, Standing, standing_shares
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, stepping
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.kernel.stepping import Step, Stepped
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor

LONGEST_NAME: Final = 120
"""Letters of the functions that a budget is called by: with year and part it is still the words of a line."""
OWN_POLICY: Final = "internal-policy"
ORDER: Final = ("title_en", "reference", "pk")


class NoSuchAgreement(Missing):
    """There is no such agreement, or none that you may know of."""


class NotShared(NotUnderstood):
    """No signed clause shares that cost in that year; the message says of what agreement."""


class CannotShare(Conflict):
    """The cost cannot be shared yet; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Version:
    """The terms of a version, and the days on which they say who pays."""

    number: int
    terms: CompiledTerms
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Shared:
    """Who bears a cost through a year, what they give in kind, and by which figures that was found."""

    functions: tuple[str, ...]
    standing: tuple[Standing, ...]
    in_kind: dict[str, int]
    figures: Snapshot


@dataclass(frozen=True, slots=True)
class Frozen:
    """Figures that are frozen, and those that are known now for whoever joined since."""

    kept: Snapshot
    live: Figures

    def expect(self, driver: str, forces: tuple[str, ...]) -> None:
        """Of those that joined since the figures are looked up together."""
        kept = {each.force for each in self.kept.figures if each.driver == driver}
        self.live.expect(driver, [force for force in forces if force not in kept])

    def figure(self, driver: str, force: str, on: date) -> Figure | None:
        found = self.kept.figure(driver, force, on)
        return self.live.figure(driver, force, on) if found is None else found

    def source(self, driver: str, force: str, on: date) -> str:
        is_kept = self.kept.figure(driver, force, on) is not None
        return (self.kept if is_kept else self.live).source(driver, force, on)

    def record(self, driver: str, force: str, on: date) -> str:
        is_kept = self.kept.figure(driver, force, on) is not None
        return (self.kept if is_kept else self.live).record(driver, force, on)

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        whole = self.kept.counted(rule, year, forces, on)
        if whole is not None:
            return whole
        now = self.live.counted(rule, year, forces, on)
        if now is None:
            return None
        held = (self.kept.counted(rule, year, (force,), on) or {} for force in forces)
        return dict(now) | {force: pence for each in held for force, pence in each.items()}


@dataclass(frozen=True)
class Agreed:
    """An agreement through time, as far as it is signed."""

    reference: str
    title: str
    versions: tuple[Version, ...]

    def of_year(self, year: FinancialYear) -> list[Version]:
        """The versions that say who pays on some day of the year, first to last."""
        whole = year.whole
        return [
            each
            for each in self.versions
            if each.starts_on < whole.ends_on and whole.starts_on < each.ends_on
        ]

    def on(self, day: date) -> CompiledTerms | None:
        """The terms by which is paid on the day."""
        held = [each for each in self.versions if each.starts_on <= day < each.ends_on]
        return held[-1].terms if held else None

    @cached_property
    def costs(self) -> dict[str, tuple[str, ...]]:
        """The costs that are shared, by the first function of their clause: all the functions of each."""
        return {
            rule.functions[0]: rule.functions
            for each in self.versions
            for _, rule in each.terms.of(CostShareRule)
        }

    def together(self, function: str, year: FinancialYear) -> tuple[str, ...]:
        """The functions whose cost is shared as one with that of this one. Raises NotShared."""
        for _, rule in self._rules(function, year):
            return rule.functions
        raise NotShared(
            f"No signed clause of “{self.reference}” shares the cost of “{function}” in {year}."
            " Choose another function or year."
        )

    def shared(
        self, function: str, year: FinancialYear, today: date, frozen: Snapshot | None = None
    ) -> Shared:
        """Who bears the cost through the year, version by version. Raises NotShared, CannotShare.

        Figures are what forces state and the directory's; what the platform counts is counted up to the start of the year,
        or to today if that is earlier. What is `frozen` already stays as it is.
        """
        functions = self.together(function, year)
        directory, stated = organisations.directory(), Statements()
        found: list[Standing] = []
        used = frozen or Snapshot({})
        for each in self.of_year(year):
            units = {unit.code: frozenset(unit.functions) for unit in each.terms.units}
            counted_to = min(today, year.whole.starts_on)
            live = Figures(directory, units, counted_to, self.reference, stated)
            recorder = Recorder(Frozen(frozen, live) if frozen else live)
            try:
                standing = standing_shares(each.terms, function, year, recorder)
            except NobodyPays:
                continue
            except resolve.CannotShare as reason:
                raise CannotShare(
                    f"“{self.reference}”, {function}, {year}: {reason}."
                ) from reason
            found += positions.clipped(standing, each.starts_on, each.ends_on)
            used = used.with_more(recorder.snapshot())
        if not found:
            raise NotShared(
                f"Nobody takes part in “{function}” of “{self.reference}” in {year}."
            )
        given = [
            (each.force, each.annual_pence) for each in self._last_rule(function, year).in_kind
        ]
        in_kind = positions.given_in_kind(given, found, year)
        return Shared(functions, tuple(found), in_kind, used)

    def lead(self, function: str, year: FinancialYear) -> str:
        """The force that leads or houses the function in the year by a clause; empty where none does."""
        for each in self.of_year(year):
            at = civil.instant(max(each.starts_on, year.whole.starts_on))
            for asked in (resolve.lead, resolve.host):
                if force := asked(each.terms, function, at).force:
                    return force
        return ""

    def taking_part(self, function: str, year: FinancialYear) -> set[str]:
        """The forces that take part on some day of the year. Raises NotShared."""
        functions, whole = self.together(function, year), year.whole
        found: set[str] = set()
        for each in self.of_year(year):
            first, last = max(each.starts_on, whole.starts_on), min(each.ends_on, whole.ends_on)
            begins = (
                civil.day_of(term.valid.starts_at)
                for term, _ in each.terms.of(ParticipationRule)
            )
            for day in {first, *(day for day in begins if first < day < last)}:
                found |= {*resolve.taking_part(each.terms, functions, civil.instant(day))}
        return found

    def _last_rule(self, function: str, year: FinancialYear) -> CostShareRule:
        *_, (_, rule) = self._rules(function, year)
        return rule

    def _rules(
        self, function: str, year: FinancialYear
    ) -> Iterator[tuple[Version, CostShareRule]]:
        whole = year.whole
        starts_at, ends_at = civil.instant(whole.starts_on), civil.instant(whole.ends_on)
        for each in self.of_year(year):
            for term, rule in each.terms.of(CostShareRule):
                valid = term.valid
                is_in = valid.starts_at < ends_at and (
                    valid.ends_at is None or starts_at < valid.ends_at
                )
                if function in rule.functions and is_in:
                    yield each, rule


def agreed(actor: Actor, reference: str, at: datetime) -> Agreed:
    """The agreement of that reference, by all that is known now. Raises NoSuchAgreement."""
    row = _row(actor, reference)
    return Agreed(reference, row.title_en, tuple(_versions(agreements.enforced(row, at))))


class Known:
    """Agreements by all that is known at an instant, each read once however often it is asked for."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self._actor, self._at = actor, at
        self._read: dict[str, Agreed] = {}

    def of(self, reference: str) -> Agreed:
        """The agreement of that reference. Raises NoSuchAgreement."""
        if reference not in self._read:
            self._read[reference] = agreed(self._actor, reference, self._at)
        return self._read[reference]


def title(actor: Actor, reference: str) -> str:
    """What an agreement is called, to who may know of it. Raises NoSuchAgreement."""
    found = agreements.titles(actor, [reference])
    if reference not in found:
        raise NoSuchAgreement
    return found[reference]


def shareable(actor: Actor) -> dict[str, str]:
    """The agreements whose cost may be shared, as far as the actor may know of them: titles by reference."""
    rows = _shared(actor).order_by(*ORDER)
    return dict(rows.values_list("reference", "title_en"))


def page(actor: Actor, step: Step) -> Stepped:
    """The same page by page. Raises NoSuchRow."""
    rows = _shared(actor)
    return stepping.page(rows, ORDER, step, among=rows)


def title_of(functions: Sequence[str], year: int) -> str:
    """What the budget of these functions together is called."""
    return f"{named(functions)}, {FinancialYear(year)}"


def named(functions: Sequence[str]) -> str:
    """Functions as one names them together: all of them, or the first of very many and how many more."""
    words = [_words(each) for each in functions]
    said = [words[0], *(_inside(each) for each in words[1:])]
    if len(whole := _listed(said)) <= LONGEST_NAME:
        return whole
    fitting = len(said) - 1
    while fitting > 1 and len(", ".join(said[:fitting])) > LONGEST_NAME:
        fitting -= 1
    return f"{', '.join(said[:fitting])} and {len(said) - fitting} more"


def _words(function: str) -> str:
    return catalogues.title_of_function(function).en


def _inside(title: str) -> str:
    """A title inside a sentence: small, unless it begins with letters that stand for words."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _shared(actor: Actor) -> Any:
    """Agreements between some; what a force laid down for itself costs nobody else."""
    return agreements.visible(actor).exclude(basis=OWN_POLICY)


def _row(actor: Actor, reference: str) -> Any:
    row = agreements.visible(actor).filter(reference=reference).first()
    if row is None:
        raise NoSuchAgreement
    return row


def _versions(found: list[agreements.Enforced]) -> Iterator[Version]:
    """Access never begins before a version is signed; money may: from the first day of its terms."""
    ordered = sorted(found, key=lambda each: each.number)
    starts = [_starts(each, is_first=n == 0) for n, each in enumerate(ordered)]
    for n, each in enumerate(ordered):
        ends = [civil.day_of(each.binds.ends_at)] if each.binds.ends_at else []
        later = starts[n + 1 :]
        last = min([*ends, *later], default=date.max)
        if starts[n] < last:
            yield Version(each.number, each.terms, starts[n], last)


def _starts(each: agreements.Enforced, *, is_first: bool) -> date:
    valid = each.terms.valid.starts_at
    if is_first and valid == BEGINNING:
        return date.min
    signed = civil.day_of(each.binds.starts_at)
    return signed if valid == BEGINNING else min(signed, civil.day_of(valid))
