"""Leaving: the day it takes effect, what it costs, and the terms as they stand without the leaver."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property

from crossforce.agreements.resolve.answers import (
    LeaveAnswer,
    SettlementAnswer,
    SettlementLine,
    cite,
)
from crossforce.agreements.resolve.methods import CannotShare, Drivers
from crossforce.agreements.resolve.participation import taking_part
from crossforce.agreements.resolve.sharing import charges, shares
from crossforce.agreements.terms import (
    AccessRule,
    CompiledTerms,
    CostShareRule,
    ExitRule,
    ParticipationRule,
    SettlementRule,
    Span,
    Term,
)
from crossforce.kernel.civil import add_months, instant, next_day
from crossforce.kernel.money import allocate, in_pounds
from crossforce.kernel.periods import Period


class NoExit(Exception):
    """No clause in force says how a party leaves."""


def leave_date(terms: CompiledTerms, notice_on: date) -> LeaveAnswer:
    """When a leave takes effect if notice is given on that day.

    Notice of n months runs to the end of the day with the same number n months later; the leave
    takes effect at the end of that day, or of the next day that the clause names. Raises NoExit.
    """
    term, rule = _exit(terms, notice_on)
    last_day = _effective(add_months(notice_on, rule.notice_months), rule.effective)
    leaves_on = next_day(last_day)
    months = f"{rule.notice_months} months' notice" if rule.notice_months else "no notice"
    words = f"{months} from {notice_on}, taking effect at the end of {last_day}"
    return LeaveAnswer(
        notice_on=notice_on,
        last_day=last_day,
        leaves_on=leaves_on,
        leaves_at=instant(leaves_on),
        winding_up_until=add_months(leaves_on, rule.winding_up_months),
        residual_until=add_months(leaves_on, max(rule.winding_up_months, rule.residual_months)),
        handover=rule.handover,
        residual_duties=rule.residual_duties,
        why=cite(term, words),
    )


def settlement(
    terms: CompiledTerms, force: str, on: date, drivers: Drivers
) -> SettlementAnswer:
    """What leaving on that day would cost the force, line by line, to the penny.

    Every line is divided among all that take part and the leaver's part taken, so that the parts
    of all would sum to the line. Raises NoExit, and CannotShare where no share can be worked out.
    """
    term, rule = _exit(terms, on)
    forces = taking_part(terms, (), instant(on))
    if force not in forces:
        raise CannotShare(f"{force} does not take part on {on}")
    leave = _Leave(terms, force, forces, on, drivers)
    lines = tuple(leave.line(each) for each in rule.settlement)
    total = sum(line.pence for line in lines)
    words = f"{len(lines)} items settle the leave of {force}: {in_pounds(total)}"
    return SettlementAnswer(force, total, lines, cite(term, words))


def overall_shares(terms: CompiledTerms, on: date, drivers: Drivers) -> Mapping[str, Fraction]:
    """Each force's share of all costs of the agreement together, by which what leaving costs is
    divided. Raises CannotShare where no share can be worked out."""
    forces = taking_part(terms, (), instant(on))
    return _Leave(terms, "", forces, on, drivers).overall


def after_leaving(terms: CompiledTerms, leaves: Mapping[str, datetime]) -> CompiledTerms:
    """The terms as they run when organisations leave: what rests on each of them ends at its leave.

    Keys are forces and parties. The signed terms stay as they are; this is how they are enforced.
    """
    if not leaves:
        return terms
    ends = dict(leaves)
    ends.update({terms.chiefs[code]: at for code, at in leaves.items() if code in terms.chiefs})
    kept = (_term_after(term, ends) for term in terms.terms)
    units = [
        unit.model_copy(update={"staffing": _spans_after(unit.staffing, ends)})
        for unit in terms.units
    ]
    parties = [
        party.model_copy(update={"valid": valid})
        for party in terms.parties
        if (valid := _until(party.valid, ends.get(party.organisation)))
    ]
    return terms.model_copy(
        update={
            "terms": tuple(term for term in kept if term is not None),
            "units": tuple(units),
            "parties": tuple(parties),
        }
    )


def _exit(terms: CompiledTerms, on: date) -> tuple[Term, ExitRule]:
    for pair in terms.in_force(ExitRule, instant(on)):
        return pair
    raise NoExit(f"no clause in force on {on} says how a party leaves {terms.reference}")


def _effective(earliest: date, effective: str) -> date:
    """The last day: the first on or after the end of notice that the clause allows."""
    if effective == "day":
        return earliest
    if effective == "month-end":
        return add_months(earliest.replace(day=1), 1) - timedelta(days=1)
    month, day = (3, 31) if effective == "31-march" else (9, 30)
    this_year = date(earliest.year, month, day)
    return this_year if earliest <= this_year else date(earliest.year + 1, month, day)


@dataclass(frozen=True)
class _Leave:
    """One force leaving on a day; what it shares with the others is worked out once."""

    terms: CompiledTerms
    force: str
    forces: tuple[str, ...]
    on: date
    drivers: Drivers

    def line(self, rule: SettlementRule) -> SettlementLine:
        total = rule.pence
        if rule.item == "unavoidable-costs" and rule.months is not None:
            total = rule.pence * rule.months // 12
        parts = self.parts(rule.share)
        pence = allocate(total, parts).get(self.force, 0)
        if rule.item == "asset-entitlement":
            pence = -pence
        words = f"{rule.item}: {in_pounds(total)}, of which {parts[self.force]}"
        return SettlementLine(rule.item, total, parts[self.force], pence, rule.assumed, words)

    def parts(self, share: str) -> dict[str, Fraction]:
        if share == "whole":
            return {each: Fraction(int(each == self.force)) for each in self.forces}
        if share == "equal":
            return dict.fromkeys(self.forces, Fraction(1, len(self.forces)))
        return self.overall

    @cached_property
    def overall(self) -> dict[str, Fraction]:
        """Each force's share of the agreement's costs together: weighted by what each cost is a
        year, or alike where a cost is not known in pence."""
        known = charges(self.terms, self.on, self.drivers).known
        pots = [(Fraction(each.cost_pence), each.shares) for each in known]
        rules = [rule for _, rule in self.terms.in_force(CostShareRule, instant(self.on))]
        if len(known) < len(rules) or not sum(weight for weight, _ in pots):
            pots = [(Fraction(1), self._shares(rule)) for rule in rules]
        if not pots:
            raise CannotShare(f"no clause shares costs on {self.on}")
        whole = sum(weight for weight, _ in pots)
        return {
            force: sum((weight * part.get(force, 0) for weight, part in pots), Fraction(0))
            / whole
            for force in self.forces
        }

    def _shares(self, rule: CostShareRule) -> Mapping[str, Fraction]:
        return shares(self.terms, rule.functions[0], self.on, self.drivers).shares


def _term_after(term: Term, ends: Mapping[str, datetime]) -> Term | None:
    rule = term.rule
    if isinstance(rule, ParticipationRule):
        valid = _until(term.valid, ends.get(rule.force))
        return term.model_copy(update={"valid": valid}) if valid else None
    if isinstance(rule, AccessRule):
        update = {
            "holders": _spans_after(rule.holders, ends),
            "recipients": _spans_after(rule.recipients, ends),
        }
        return term.model_copy(update={"rule": rule.model_copy(update=update)})
    return term


def _spans_after(spans: Iterable[Span], ends: Mapping[str, datetime]) -> tuple[Span, ...]:
    return tuple(
        span.model_copy(update={"period": period})
        for span in spans
        if (period := _until(span.period, ends.get(span.organisation)))
    )


def _until(period: Period, end: datetime | None) -> Period | None:
    if end is None:
        return period
    if end <= period.starts_at:
        return None
    return period.intersection(Period(period.starts_at, end))
