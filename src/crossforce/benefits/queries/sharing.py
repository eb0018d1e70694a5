"""By which shares of cost a benefit is divided: those of the signed clauses on a day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from fractions import Fraction

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.agreements.preview.context import Figures
from crossforce.agreements.preview.measuring import Statements
from crossforce.agreements.terms import CompiledTerms
from crossforce.benefits.choices import ShareRule
from crossforce.benefits.queries import rows as read
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules import falling
from crossforce.benefits.rules.apportioning import CannotApportion, apportion
from crossforce.benefits.rules.profile import NOT_THE_GAIN
from crossforce.kernel import civil
from crossforce.organisations import api as organisations

UNDIVIDED = ""
"""Whose it is while nobody can say: it is told, and belongs to no force."""


Divided = tuple[Mapping[str, int], str]
Falling = Callable[[int, Mapping[str, Fraction]], Mapping[str, int]]


class Dividing:
    """Divides benefits by what is in force at the instant; what cannot be divided stays whole."""

    def __init__(self, at: datetime, references: Iterable[str]) -> None:
        self._on = civil.day_of(at)
        standing = agreements.in_force(at, sorted({each for each in references if each}))
        self._terms: dict[str, CompiledTerms] = {
            each.reference: each.terms for each in standing
        }
        self._directory, self._stated = organisations.directory(), Statements()
        self._shared: dict[tuple[str, str], Mapping[str, Fraction]] = {}

    def planned(self, of: Standing) -> Divided:
        """What of the promise so far is each force's, and why it could not be divided, if so."""
        return self._divided(of, of.planned, falling.as_the_result)

    def realised(self, of: Standing) -> Divided:
        """The same, of what came."""
        return self._divided(of, of.realised, falling.parts)

    def _divided(self, of: Standing, whole: int, fell: Falling) -> Divided:
        try:
            return self._parts(of, whole, fell), ""
        except (CannotApportion, resolve.CannotShare) as reason:
            return ({UNDIVIDED: whole} if whole else {}), str(reason)

    def _parts(self, of: Standing, whole: int, fell: Falling) -> Mapping[str, int]:
        rule = of.profile.share_rule
        if rule is ShareRule.EFFORT:
            return apportion(whole, rule, effort=read.effort_of(of.row))
        if rule is not ShareRule.WHERE_IT_FALLS:
            return apportion(whole, rule, cost_shares=self._shares(of))
        if not of.profile.is_gain_itself:
            raise CannotApportion(NOT_THE_GAIN)
        return fell(whole, read.by_force(of.readings, of.counted))

    def _shares(self, of: Standing) -> Mapping[str, Fraction]:
        """Worked out once for all benefits of an agreement and function."""
        key = of.profile.collaboration, of.row.function
        if key not in self._shared:
            self._shared[key] = self._worked_out(*key)
        return self._shared[key]

    def _worked_out(self, agreement: str, function: str) -> Mapping[str, Fraction]:
        terms = self._terms.get(agreement)
        if terms is None or not function:
            raise CannotApportion("No agreement in force and function say whose the cost is.")
        units = {unit.code: frozenset(unit.functions) for unit in terms.units}
        figures = Figures(self._directory, units, self._on, agreement, self._stated)
        return resolve.shares(terms, function, self._on, figures).shares
