"""What whoever joins an agreement pays for its part of what the others bought, on each day on which anybody joins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from crossforce.agreements import resolve
from crossforce.agreements.resolve import CannotShare, Drivers
from crossforce.agreements.terms import BEGINNING, CompiledTerms, ExitRule, ParticipationRule
from crossforce.finance.choices import ExitItem, ExitShare
from crossforce.finance.rules.holdings import Asset, buy_in
from crossforce.kernel.civil import day_of, instant
from crossforce.kernel.money import in_pounds

DAY: Final = timedelta(days=1)
TermsOn = Callable[[date], CompiledTerms | None]
"""By which terms is paid on a day."""


@dataclass(frozen=True, slots=True)
class Joining:
    """One or more that join on a day: what each pays in pence; below nothing, what it gets back. Together it is nothing.

    `worth` is divided, `aside` is not: the agreement states a sum for assets, or they are the leaver's alone.
    `why_not` says why it cannot be told.
    """

    on: date
    joiners: tuple[str, ...]
    worth: int
    pence: Mapping[str, int] = field(default_factory=dict)
    why_not: str = ""
    aside: int = 0

    @property
    def untold(self) -> str:
        """What is not in the sums, and why."""
        if self.why_not or not self.aside:
            return self.why_not
        return f"Not counted: {in_pounds(self.aside)}, of which leaving is settled otherwise."


def beginnings(terms: Iterable[CompiledTerms]) -> set[date]:
    """The days on which somebody begins to take part in something by these terms."""
    return {
        day_of(term.valid.starts_at)
        for each in terms
        for term, _ in each.of(ParticipationRule)
        if term.valid.starts_at != BEGINNING
    }


def joinings(
    days: Iterable[date],
    terms_on: TermsOn,
    drivers: Callable[[CompiledTerms], Drivers],
    assets: Sequence[Asset],
) -> Iterator[Joining]:
    """Who joins others on one of these days, by the shares of the day before and of the day.

    Who leaves as they join has the price of leaving, and no part in this: those who stay hold its share.
    """
    for day in sorted(days):
        before, after = terms_on(day - DAY), terms_on(day)
        if before is None or after is None:
            continue
        had = resolve.taking_part(before, (), instant(day - DAY))
        has = resolve.taking_part(after, (), instant(day))
        joiners = tuple(each for each in has if each not in had)
        stay = [each for each in had if each in has]
        if not stay or not joiners:
            continue
        counted = [each for each in assets if _is_divided(each, after, day)]
        worth = sum(each.at(day) for each in counted)
        aside = sum(each.at(day) for each in assets) - worth
        try:
            was = resolve.overall_shares(before, day - DAY, drivers(before))
            becomes = resolve.overall_shares(after, day, drivers(after))
            pence = buy_in(counted, day, _of_those(stay, was), becomes)
        except CannotShare as reason:
            yield Joining(day, joiners, worth, why_not=f"{reason}.", aside=aside)
            continue
        yield Joining(day, joiners, worth, pence, aside=aside)


def _is_divided(asset: Asset, terms: CompiledTerms, on: date) -> bool:
    """Whether its worth is divided when somebody leaves: no sum is stated instead, and it is not the leaver's alone."""
    exits = (rule for _, rule in terms.in_force(ExitRule, instant(on)))
    stated = {line.item for rule in exits for line in rule.settlement}
    return asset.share is not ExitShare.WHOLE and ExitItem.ASSET not in stated


def _of_those(stay: Iterable[str], shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The shares of those who stay, made whole. Raises CannotShare."""
    theirs = {each: shares.get(each, Fraction(0)) for each in stay}
    whole = sum(theirs.values(), Fraction(0))
    if not whole:
        raise CannotShare("those who stay bore no share of the costs")
    return {each: share / whole for each, share in theirs.items()}
