"""What whoever joins an agreement pays for its part of what the others bought, on each day on which anybody joins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from crossforce.agreements import resolve
from crossforce.agreements.resolve import CannotShare, Drivers
from crossforce.agreements.terms import BEGINNING, CompiledTerms, ParticipationRule
from crossforce.finance.rules.holdings import Asset, buy_in
from crossforce.kernel.civil import day_of, instant

DAY: Final = timedelta(days=1)
TermsOn = Callable[[date], CompiledTerms | None]
"""By which terms is paid on a day."""


@dataclass(frozen=True, slots=True)
class Joining:
    """One or more that join on a day: what each pays in pence; below nothing, what it gets back. Together it is nothing.

    `why_not` says why it cannot be told.
    """

    on: date
    joiners: tuple[str, ...]
    worth: int
    pence: Mapping[str, int] = field(default_factory=dict)
    why_not: str = ""


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
    """Who joins others on one of these days, by the shares of the day before and of the day."""
    for day in sorted(days):
        before, after = terms_on(day - DAY), terms_on(day)
        if before is None or after is None:
            continue
        had = resolve.taking_part(before, (), instant(day - DAY))
        joiners = tuple(
            each for each in resolve.taking_part(after, (), instant(day)) if each not in had
        )
        if not had or not joiners:
            continue
        worth = sum(asset.at(day) for asset in assets)
        try:
            was = resolve.overall_shares(before, day - DAY, drivers(before))
            becomes = resolve.overall_shares(after, day, drivers(after))
        except CannotShare as reason:
            yield Joining(day, joiners, worth, why_not=f"{reason}.")
            continue
        yield Joining(day, joiners, worth, buy_in(assets, day, was, becomes))
