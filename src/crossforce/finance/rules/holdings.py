"""What the parties hold together, and what it is worth or costs on the day somebody leaves or joins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from crossforce.finance.choices import ExitItem, ExitShare
from crossforce.kernel.money import allocate

DAYS = 365
"""A yearly sum is so many days of it."""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that runs on without the leaver, up to what breaking it costs, if that is known."""

    code: str
    words: str
    yearly_pence: int
    ends_on: date
    break_pence: int | None = None
    share: ExitShare = ExitShare.COST_SHARE

    def at(self, on: date) -> int:
        """What is still to be paid from that day, or the price of breaking it if that is less."""
        left = max(0, (self.ends_on - on).days)
        to_pay = self.yearly_pence * left // DAYS
        return to_pay if self.break_pence is None else min(to_pay, self.break_pence)


@dataclass(frozen=True, slots=True)
class Asset:
    """A thing bought together, written down evenly over its life; the leaver is owed its part.

    From the day before which it was held, if there is one, it is worth nothing to anybody.
    """

    code: str
    words: str
    bought_on: date
    cost_pence: int
    life_years: int
    share: ExitShare = ExitShare.COST_SHARE
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.life_years < 1:
            raise ValueError(f"{self.code}: an asset lives a year at least")

    def at(self, on: date) -> int:
        """Its value in the books on that day; nothing before it is bought, when its life is over or it is gone."""
        age, life = (on - self.bought_on).days, self.life_years * DAYS
        is_gone = self.ends_on is not None and self.ends_on <= on
        if is_gone or age < 0 or age >= life:
            return 0
        return self.cost_pence - self.cost_pence * age // life


@dataclass(frozen=True, slots=True)
class Post:
    """A post that ends when the leaver goes, with what that costs while the post is held."""

    code: str
    words: str
    starts_on: date
    ends_on: date | None
    redundancy_pence: int
    share: ExitShare = ExitShare.COST_SHARE

    def at(self, on: date) -> int:
        """What ending it on that day costs."""
        held = self.starts_on <= on and (self.ends_on is None or on < self.ends_on)
        return self.redundancy_pence if held else 0


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the parties hold together that has a price when one of them leaves."""

    contracts: Sequence[Contract] = ()
    assets: Sequence[Asset] = ()
    posts: Sequence[Post] = ()

    def at(self, on: date) -> Iterator["Held"]:
        """Each of them with its sum on that day; what comes to nothing is left out."""
        for item, listed in (
            (ExitItem.CONTRACT, self.contracts),
            (ExitItem.REDUNDANCY, self.posts),
            (ExitItem.ASSET, self.assets),
        ):
            for each in listed:
                if pence := each.at(on):
                    yield Held(item, each.code, each.words, pence, each.share)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing held, with what it is worth or costs on a day."""

    item: ExitItem
    code: str
    words: str
    pence: int
    share: ExitShare


def buy_in(
    assets: Iterable[Asset],
    on: date,
    before: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
) -> dict[str, int]:
    """What a joiner pays for its part of what the others bought, and what each of them gets back
    (negative): of each asset by its own clause, before and after it joins. Together it is nothing."""
    pays = dict.fromkeys(sorted({*before, *after}), 0)
    for asset in assets:
        worth = asset.at(on)
        for party, has in allocate(worth, _by(asset.share, after)).items():
            pays[party] += has
        for party, had in allocate(worth, _by(asset.share, before)).items():
            pays[party] -= had
    return pays


def _by(share: ExitShare, shares: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    is_equal = share is ExitShare.EQUAL
    return dict.fromkeys(shares, Fraction(1, len(shares))) if is_equal else shares
