"""The price of leaving, for every party and any day of notice: dated items, lines, a sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from crossforce.agreements import resolve
from crossforce.agreements.resolve import (
    CannotShare,
    Citation,
    Drivers,
    LeaveAnswer,
    NoExit,
)
from crossforce.agreements.terms import CompiledTerms, ExitRule, SettlementRule
from crossforce.finance.choices import ExitItem, ExitShare
from crossforce.finance.rules.holdings import Holdings
from crossforce.finance.rules.notice import Budgets, Notice, notice
from crossforce.kernel.civil import instant
from crossforce.kernel.money import allocate


@dataclass(frozen=True, slots=True)
class ExitLine:
    """One item of the price: what it costs in all, how all would bear it, the leaver's part.

    What the leaver is owed is negative. `assumed` says why the figure is not certain.
    """

    item: ExitItem
    code: str
    words: str
    total_pence: int
    parts: Mapping[str, int]
    pence: int
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class ExitPrice:
    """What leaving costs a force if notice is given on that day; negative when it is owed more.

    `set_aside` lists what is held but not counted, since the agreement itself states a sum for such
    items; `unknown` says which costs could not be counted, and why.
    """

    force: str
    leave: LeaveAnswer
    lines: tuple[ExitLine, ...]
    set_aside: tuple[ExitLine, ...]
    unknown: tuple[str, ...]
    why: Citation

    @property
    def pence(self) -> int:
        """The sum of the lines."""
        return sum(line.pence for line in self.lines)


@dataclass(frozen=True, slots=True)
class ExitPrices:
    """The price of leaving of each force, each as if it alone left; or why it cannot be said."""

    known: Mapping[str, ExitPrice]
    unknown: Mapping[str, str]


def exit_price(
    terms: CompiledTerms,
    force: str,
    notice_on: date,
    drivers: Drivers,
    held: Holdings,
    opened: Budgets | None = None,
) -> ExitPrice:
    """The price of leaving: what goes on being paid until the notice runs out, what the agreement
    itself settles, and what contracts, posts and assets come to on the day of the leave.

    Where the agreement states a sum for a sort of item, that counts, and nothing is counted twice.
    Raises NoExit, and CannotShare where no share can be worked out.
    """
    leave = resolve.leave_date(terms, notice_on)
    paid = notice(terms, leave, drivers, opened or {})
    return _price(terms, force, leave, drivers, held, paid)


def exit_prices(
    terms: CompiledTerms,
    notice_on: date,
    drivers: Drivers,
    held: Holdings,
    opened: Budgets | None = None,
) -> ExitPrices:
    """The price of leaving of every force that takes part on the day of notice."""
    forces = resolve.taking_part(terms, (), instant(notice_on))
    try:
        leave = resolve.leave_date(terms, notice_on)
    except NoExit as error:
        return ExitPrices({}, dict.fromkeys(forces, str(error)))
    paid = notice(terms, leave, drivers, opened or {})
    known, unknown = {}, {}
    for force in forces:
        try:
            known[force] = _price(terms, force, leave, drivers, held, paid)
        except (NoExit, CannotShare) as error:
            unknown[force] = str(error)
    return ExitPrices(known, unknown)


def _price(
    terms: CompiledTerms,
    force: str,
    leave: LeaveAnswer,
    drivers: Drivers,
    held: Holdings,
    paid: Notice,
) -> ExitPrice:
    answer = resolve.settlement(terms, force, leave.last_day, drivers)
    bearing = _Bearing(force, resolve.overall_shares(terms, leave.last_day, drivers))
    rules = _settlement_rules(terms, leave.last_day)
    stated = [
        bearing.line(
            ExitItem(line.item), rule.item, line.words, line.total_pence,
            ExitShare(rule.share), line.assumed,
        )
        for line, rule in zip(answer.lines, rules, strict=True)
    ]  # fmt: skip
    fixed = {line.item for line in stated}
    found = [
        bearing.line(each.item, each.code, each.words, each.pence, each.share)
        for each in held.at(leave.leaves_on)
    ]
    counted = [line for line in found if line.item not in fixed]
    lines = [_notice(paid, force), *stated, *counted]
    return ExitPrice(
        force,
        leave,
        tuple(sorted(lines, key=lambda line: (_ORDER.index(line.item), line.code))),
        tuple(line for line in found if line.item in fixed),
        paid.unknown,
        answer.why,
    )


_ORDER = list(ExitItem)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """Who bears what when one force leaves."""

    force: str
    shares: Mapping[str, Fraction]

    def line(
        self,
        item: ExitItem,
        code: str,
        words: str,
        pence: int,
        share: ExitShare,
        assumed: str | None = None,
    ) -> ExitLine:
        """The item divided among all; the leaver is owed its part of an asset."""
        total = -pence if item is ExitItem.ASSET else pence
        parts = allocate(total, self._by(share))
        return ExitLine(item, code, words, total, parts, parts.get(self.force, 0), assumed)

    def _by(self, share: ExitShare) -> Mapping[str, Fraction]:
        if share is ExitShare.WHOLE:
            return {each: Fraction(int(each == self.force)) for each in self.shares}
        if share is ExitShare.EQUAL:
            return dict.fromkeys(self.shares, Fraction(1, len(self.shares)))
        return self.shares


def _settlement_rules(terms: CompiledTerms, on: date) -> tuple[SettlementRule, ...]:
    return next(rule.settlement for _, rule in terms.in_force(ExitRule, instant(on)))


def _notice(paid: Notice, force: str) -> ExitLine:
    return ExitLine(
        ExitItem.NOTICE, "notice", paid.words, paid.pence, paid.parts, paid.parts.get(force, 0),
        paid.assumed,
    )  # fmt: skip
