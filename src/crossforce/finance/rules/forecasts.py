"""What a year will cost: what was spent so far, and the rest of the year by a stated rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from crossforce.finance.choices import RestOfYear
from crossforce.finance.rules.years import Part
from crossforce.kernel.money import allocate


class CannotForecast(Exception):
    """The rest of the year cannot be told by this rule; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Month:
    """One part of the year: its budget, and what was spent where that is known."""

    part: Part
    budget: int
    actual: int | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The year as it will end: `rest` has a figure for every part that is still open."""

    rule: RestOfYear
    so_far: int
    rest: tuple[int, ...]
    budget: int

    @property
    def outturn(self) -> int:
        """What the whole year is expected to cost."""
        return self.so_far + sum(self.rest)

    @property
    def over_budget(self) -> int:
        """By how much more than budgeted; negative when less."""
        return self.outturn - self.budget


def budgeted(pence: int, parts: Sequence[Part]) -> tuple[Month, ...]:
    """A year's budget over its parts alike, the pennies to the earlier ones."""
    return tuple(
        Month(part, each) for part, each in zip(parts, _over(pence, len(parts)), strict=True)
    )


def forecast(months: Sequence[Month], rule: RestOfYear, stated: Sequence[int] = ()) -> Forecast:
    """The year's outturn by the rule. The open parts follow the closed ones.

    As budgeted: the rest costs its budget. As so far: every open part costs what the closed ones
    did on average. As the budget went: the rest of the budget is over- or underspent in the same
    proportion. Stated: the figures given. Raises CannotForecast.
    """
    closed = [each for each in months if each.actual is not None]
    open_parts = [each for each in months if each.actual is None]
    if any(each.actual is None for each in months[: len(closed)]):
        raise CannotForecast("a part of the year has no actual and a later one has")
    so_far = sum(each.actual or 0 for each in closed)
    rest = _rest(rule, closed, open_parts, so_far, stated)
    return Forecast(rule, so_far, rest, sum(each.budget for each in months))


def _rest(
    rule: RestOfYear,
    closed: Sequence[Month],
    still: Sequence[Month],
    so_far: int,
    stated: Sequence[int],
) -> tuple[int, ...]:
    if rule is RestOfYear.STATED:
        if len(stated) != len(still):
            raise CannotForecast(
                f"{len(stated)} figures are stated for {len(still)} open parts"
            )
        return tuple(stated)
    if rule is RestOfYear.AS_BUDGETED:
        return tuple(each.budget for each in still)
    if not closed:
        raise CannotForecast("nothing is closed yet, so the rest cannot go on as so far")
    if rule is RestOfYear.AS_SO_FAR:
        return _over(_rounded(Fraction(so_far * len(still), len(closed))), len(still))
    spent = sum(each.budget for each in closed)
    if spent == 0:
        raise CannotForecast("the budget of the closed parts is nothing to compare with")
    return _over(_rounded(Fraction(so_far * sum(m.budget for m in still), spent)), len(still))


def _over(pence: int, parts: int) -> tuple[int, ...]:
    if not parts:
        return ()
    return tuple(allocate(pence, {str(n): Fraction(1, parts) for n in range(parts)}).values())


def _rounded(pence: Fraction) -> int:
    """To the nearest penny, half a penny away from nothing."""
    whole = int(abs(pence) + Fraction(1, 2))
    return -whole if pence < 0 else whole
