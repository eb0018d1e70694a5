"""What a preview is worked out from: the draft, what it follows, everything else that stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from crossforce.agreements import catalogues
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.preview.measuring import (
    Counted,
    Stated,
    Statements,
    Wanted,
    measures,
    months_of,
)
from crossforce.agreements.preview.phrases import both, plain, words
from crossforce.agreements.resolve import TAKING_PART
from crossforce.agreements.terms import (
    BEGINNING,
    CommandRule,
    CompiledTerms,
    CostShareRule,
    ParticipationRule,
    Term,
)
from crossforce.agreements.wording import Names, period_in_words
from crossforce.agreements.wording.names import listed
from crossforce.kernel.civil import day_of, financial_year
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words
from crossforce.organisations.directory import Directory, DriverFigure


@dataclass(frozen=True)
class Standing:
    """One agreement as it stands, or as it would stand. `number` is None for what is not a version."""

    document: AgreementDocument
    terms: CompiledTerms
    number: int | None = None

    @property
    def reference(self) -> str:
        return self.document.reference

    @property
    def title(self) -> Words:
        return self.document.title

    def ended(self) -> "Standing":
        """What is left of it once it has ended: the document, and nothing that counts."""
        nothing = self.terms.model_copy(update={"terms": (), "units": (), "parties": ()})
        return Standing(self.document, nothing, self.number)


@dataclass(frozen=True)
class Others:
    """The other agreements in force, found by force and function and by unit."""

    standing: tuple[Standing, ...] = ()

    @cached_property
    def _takings(self) -> Mapping[tuple[str, str], list[tuple[Standing, Term]]]:
        found: dict[tuple[str, str], list[tuple[Standing, Term]]] = defaultdict(list)
        for each in self.standing:
            for term, rule in each.terms.of(ParticipationRule):
                if rule.status in TAKING_PART:
                    found[rule.force, rule.function].append((each, term))
        return found

    @cached_property
    def _commands(self) -> Mapping[str, list[tuple[Standing, Term]]]:
        found: dict[str, list[tuple[Standing, Term]]] = defaultdict(list)
        for each in self.standing:
            for term, rule in each.terms.of(CommandRule):
                if rule.unit:
                    found[rule.unit].append((each, term))
        return found

    def sharing(self, force: str, function: str, during: Period) -> list[tuple[Standing, Term]]:
        """Where else the force shares the function at some time of the period."""
        found = self._takings.get((force, function), ())
        return [(each, term) for each, term in found if term.valid.overlaps(during)]

    def commanding(self, unit: str, during: Period) -> list[tuple[Standing, Term]]:
        """Which other clauses give command in a unit at some time of the period."""
        found = self._commands.get(unit, ())
        return [(each, term) for each, term in found if term.valid.overlaps(during)]


class Figures:
    """Where the figures come from by which costs are shared, remembering its answers.

    They are what forces state themselves, as far as whoever asks may read it, and the directory's; and
    what the platform counts in the agreement's own units until today.
    """

    def __init__(
        self,
        directory: Directory,
        units: Mapping[str, frozenset[str]],
        today: date,
        agreement: str = "",
        statements: Statements | None = None,
    ) -> None:
        self._directory, self._units, self._today = directory, units, today
        self._agreement, self._statements = agreement, statements or Statements()
        self._found: dict[tuple[str, str, date], DriverFigure | Stated | None] = {}
        self._counted: dict[tuple[str, Wanted], Counted | None] = {}

    def expect(self, driver: str, forces: Iterable[str]) -> None:
        """The figures of these forces are asked for next: what they state is looked up together."""
        self._statements.expect(driver, forces, self._agreement)

    @property
    def were_asked(self) -> bool:
        """Whether anything was divided by a figure that forces may state, or that could not be found."""
        return bool(self._found)

    def figure(self, driver: str, force: str, on: date) -> Decimal | None:
        """The latest figure of the force dated on or before the day, if there is one."""
        found = self.latest(driver, force, on)
        return found.value if found else None

    def source(self, driver: str, force: str, on: date) -> str:
        """Who states that figure, from what; empty for one of the directory, which names its source itself."""
        found = self.latest(driver, force, on)
        return found.said if isinstance(found, Stated) else ""

    def record(self, driver: str, force: str, on: date) -> str:
        """The record in which it is stated; empty for one of the directory."""
        found = self.latest(driver, force, on)
        return found.record if isinstance(found, Stated) else ""

    def latest(self, driver: str, force: str, on: date) -> DriverFigure | Stated | None:
        """The figure itself: for its financial year what the force states comes before the directory's."""
        asked = (driver, force, on)
        if asked not in self._found:
            own = self._statements.latest(driver, force, on, self._agreement)
            shipped = self._directory.latest(driver, force, on)
            is_own = own and (
                shipped is None or financial_year(own.on) >= financial_year(shipped.on)
            )
            self._found[asked] = own if is_own else shipped
        return self._found[asked]

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        """What is counted for each force; None where it may not be told, or nothing counts it."""
        found = self.evidence(rule, year, forces)
        return found.figures if found else None

    def evidence(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...]
    ) -> Counted | None:
        """The same with what it was counted from: the last months before today, whenever they are asked of."""
        functions = frozenset(rule.functions)
        units = {unit: of for unit, of in self._units.items() if not of or of & functions}
        whole = frozenset(unit for unit, of in units.items() if of and of <= functions)
        days = months_of(rule, year, self._today)
        wanted = Wanted(forces, tuple(sorted(units)), whole, rule.functions, *days)
        asked = (str(rule.driver), wanted)
        if asked not in self._counted:
            measure = measures.get(asked[0])
            self._counted[asked] = measure(wanted) if measure else None
        return self._counted[asked]


@dataclass(frozen=True)
class PreviewContext:
    """One draft beside what is in force, as of an instant: what every section, and every service, is given.

    `since` is when the draft would begin to count; what lies before it is not compared. A leave, and
    with `is_ending` an end, compare the whole agreement (`old`) with what is left of it (`new`).
    """

    at: datetime
    new: Standing
    old: Standing | None
    others: Others
    directory: Directory
    names: Names
    since: datetime
    leaving: str | None = None
    notice_on: date | None = None
    is_ending: bool = False
    _days: Mapping[datetime, CivilDate] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sides = [each for each in (self.old, self.new) if each]
        object.__setattr__(self, "_days", _days(sides))

    @property
    def on(self) -> date:
        """The day the preview is as of."""
        return day_of(self.at)

    @property
    def sides(self) -> tuple[CompiledTerms | None, CompiledTerms]:
        """The terms before and after."""
        return (self.old.terms if self.old else None, self.new.terms)

    @property
    def is_parting(self) -> bool:
        """Whether an agreement is previewed without somebody, or without anybody."""
        return self.leaving is not None or self.is_ending

    @property
    def is_undated(self) -> bool:
        """Whether the draft names no first day, and so counts once it is signed."""
        return self.new.terms.valid.starts_at == BEGINNING

    @cached_property
    def drivers(self) -> Figures:
        """The figures by which costs are shared, each found once."""
        sides = (terms for terms in self.sides if terms)
        units = {unit.code: frozenset(unit.functions) for of in sides for unit in of.units}
        return Figures(self.directory, units, self.on, self.new.reference)

    def organisation(self, code: str) -> Words:
        """An organisation's name."""
        return both(lambda language: self.names.organisation(code, language))

    def organisations(self, codes: Iterable[str]) -> Words:
        """Organisations as a list in words."""
        some = tuple(codes)
        if not some:
            return words("nobody")
        return both(lambda language: self.names.all_organisations(some, language))

    def bodies(self, codes: Iterable[str]) -> Words:
        """Bodies that govern as a list in words, by their full names."""
        named = [(code, self.directory.get(code)) for code in codes]
        return both(
            lambda language: listed(
                (
                    found.name.in_language(language) if found else self.names.organisation(code)
                    for code, found in named
                ),
                language,
            )
        )

    def function(self, code: str) -> Words:
        """A function's title."""
        return both(lambda language: self.names.function(code, language))

    def functions(self, codes: Iterable[str]) -> Words:
        """Functions as a list in words."""
        some = tuple(codes)
        return both(lambda language: self.names.all_functions(some, language))

    def unit(self, code: str) -> Words:
        """A unit's title."""
        return both(lambda language: self.names.unit(code, language))

    def purpose(self, code: str) -> Words:
        """A purpose's words in the catalogue."""
        return catalogues.purposes().get(code) or plain(code.replace("-", " "))

    def kind(self, name: str) -> Words:
        """A record kind's words in the catalogue, beside its name."""
        known = catalogues.announced_kinds().get(name)
        return words("with-detail", said=known, detail=name) if known else plain(name)

    def period(self, start: datetime, end: datetime | None) -> Words:
        """`from December 2015 until 1 April 2019`, no more exact than the documents are."""
        undated = start == self.since and self.is_undated and not self.is_parting
        first = None if undated or start == BEGINNING else self.day(start)
        last = self.day(end) if end else None
        if first is None and last is None:
            return words("once-in-force" if undated else "throughout")
        return both(lambda language: period_in_words(first, last, language))

    def day(self, instant: datetime) -> CivilDate:
        """The civil date that the documents write for an instant, with its precision."""
        return self._days.get(instant) or CivilDate(date=day_of(instant))


@dataclass(frozen=True)
class World:
    """What a draft is held against: every agreement that stands, the directory, the names of things."""

    standing: tuple[Standing, ...]
    directory: Directory
    names: Names


@dataclass(frozen=True)
class Leave:
    """That a force goes: when notice is given, and from when it is gone."""

    force: str
    notice_on: date
    leaves_at: datetime


@dataclass(frozen=True)
class End:
    """That the whole agreement ends at an instant."""

    ends_at: datetime


def context_for(
    new: Standing,
    old: Standing | None,
    world: World,
    at: datetime,
    gone: Leave | End | None = None,
) -> PreviewContext:
    """The context of a draft; with `gone`, of terms (`new`) from which a force, or everybody, has gone."""
    leave = gone if isinstance(gone, Leave) else None
    aside = {new.reference, new.document.varies}
    beside = (each for each in world.standing if each.reference not in aside)
    return PreviewContext(
        at=at,
        new=new,
        old=old,
        others=Others(tuple(each for each in beside if each.document.varies != new.reference)),
        directory=world.directory,
        names=world.names,
        since=_gone_at(gone) or _begins(old, new, at),
        leaving=leave.force if leave else None,
        notice_on=leave.notice_on if leave else None,
        is_ending=isinstance(gone, End),
    )


def _gone_at(gone: Leave | End | None) -> datetime | None:
    if isinstance(gone, Leave):
        return gone.leaves_at
    return gone.ends_at if gone else None


def _begins(old: Standing | None, new: Standing, at: datetime) -> datetime:
    """When the draft begins to count: what is in force goes on until then.

    A draft that names no first day counts as soon as it is signed: from now, for a preview.
    """
    start = new.terms.valid.starts_at
    if start == BEGINNING:
        return at
    if old is None:
        return start
    if old.terms.valid.starts_at > at:
        return min(start, old.terms.valid.starts_at)
    return start


def _days(sides: Iterable[Standing]) -> dict[datetime, CivilDate]:
    found: dict[datetime, CivilDate] = {}
    for side in sides:
        document, valid = side.document, side.terms.valid
        pairs = [(valid.starts_at, document.from_), (valid.ends_at, document.until)]
        for term in side.terms.terms:
            pairs += [(term.valid.starts_at, term.from_), (term.valid.ends_at, term.until)]
        for instant, day in pairs:
            if instant and day and day_of(instant) == day.date:
                found.setdefault(instant, day)
    return found
