"""The statistics of linkage: what each agreement of two records is worth, in bits, as Fellegi and Sunter have it.

`m` is how often two records of one person agree so far, `u` how often two of different people do by chance; the
weight is the logarithm of their ratio. To agree on a rare value is worth more than on a common one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.columns import Column, Records, Words
from crossforce.nominals.linkage.keys import Keys, Rule, numbers_of
from crossforce.nominals.linkage.levels import Comparison, comparisons

Floats = npt.NDArray[np.float64]
PROPOSED_ABOVE: Final = 0.95
REVIEWED_ABOVE: Final = 0.5


def weight_of(probability: float) -> float:
    """A probability as the weight of evidence, in bits."""
    return math.log2(probability / (1.0 - probability))


def probability_of(weight: float) -> float:
    """How likely two records are of one person, when their weight is this."""
    if weight >= 0:
        return float(1.0 / (1.0 + 2.0 ** (-weight)))
    return float(2.0**weight / (1.0 + 2.0**weight))


@dataclass(frozen=True)
class Common:
    """How often values of a column were seen, as shares: by numbers made of their letters, in order, and no value itself.

    Only what was seen more than once is here: all else counts as the `rarest`, as does what was never seen.
    """

    numbers: Keys
    shares: Floats
    rarest: float

    @classmethod
    def seen(cls, words: Words, shares: Floats) -> "Common":
        """Of values whose shares are known."""
        rarest = float(shares.min(initial=1.0))
        numbers = numbers_of(words)
        more = np.flatnonzero(shares > rarest)
        more = more[np.argsort(numbers[more])]
        return cls(numbers[more], shares[more], rarest)

    def of(self, words: Words) -> Floats:
        """The share of each of these values."""
        if not len(self.numbers):
            return np.full(len(words), self.rarest)
        wanted = numbers_of(words)
        at = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        return np.where(self.numbers[at] == wanted, self.shares[at], self.rarest)

    def still(self, words: Words) -> "Common":
        """The same of no other values than these."""
        said = np.isin(self.numbers, numbers_of(words))
        return replace(self, numbers=self.numbers[said], shares=self.shares[said])


@dataclass(frozen=True)
class Figures:
    """On what a model was learnt: of how many records so many were sampled, and of the matches among all of them, as estimated,
    each rule together with those before it finds such a share, at the price of so many pairs.
    """

    records: int
    sampled: int
    matches: float
    found: tuple[float, ...]
    pairs: tuple[int, ...]


@dataclass(frozen=True)
class Model:
    """What was learnt. `m` and `u` hold one row a column, the weakest level first."""

    columns: tuple[Column, ...]
    m: tuple[tuple[float, ...], ...]
    u: tuple[tuple[float, ...], ...]
    prior: float
    common: tuple[Common, ...]
    follows: tuple[tuple[int, ...], ...] = ()
    shared: tuple[tuple[int, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    barred: tuple[Keys, ...] = field(default=(), repr=False)
    proposed_above: float = PROPOSED_ABOVE
    reviewed_above: float = REVIEWED_ABOVE
    figures: Figures | None = None

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        return comparisons(self.columns, self.follows, self.shared)

    @cached_property
    def weights(self) -> Floats:
        """One row a column, one place a level; what a column has not is 0."""
        width = max(len(row) for row in self.m)
        table = np.zeros((len(self.m), width))
        for index, (m, u) in enumerate(zip(self.m, self.u, strict=True)):
            table[index, : len(m)] = np.log2(np.array(m) / np.array(u))
        return table

    @property
    def start(self) -> float:
        """The weight before anything is compared."""
        return weight_of(self.prior)

    def chance(self, column: int) -> float:
        """How often strangers say the same in a column."""
        return self.u[column][self.comparisons[column].exact]

    def rarity(self, records: Records) -> tuple[Floats, npt.NDArray[np.int64]]:
        """What agreeing on each value is worth beside the column's weight; and where each column's values begin."""
        rows, first, at = [], [], 0
        for index, words in enumerate(records.words):
            exact = self.chance(index)
            shares = self.common[index].of(words)
            rows.append(np.log2(exact) - np.log2(shares))
            first.append(at)
            at += len(shares)
        return np.concatenate([*rows, np.zeros(1)]), np.array(first, np.int64)


def still_said(model: Model, records: Records) -> Model:
    """The model, which knows how common a value is only where one of these records says it."""
    told = zip(model.common, records.words, strict=True)
    return replace(model, common=tuple(each.still(words) for each, words in told))


def common(records: Records, shares: Sequence[Floats]) -> tuple[Common, ...]:
    """How common the values of these records are, by the share of each."""
    return tuple(map(Common.seen, records.words, shares))


def shares(records: Records) -> tuple[Floats, ...]:
    """The share of each value among those of its column."""
    found = []
    for index, words in enumerate(records.words):
        codes = records.codes[:, index]
        seen = np.bincount(codes[codes >= 0], minlength=len(words)).astype(float)
        # A value of the shared dictionary that this column never has counts as seen once.
        found.append(np.maximum(seen, 1.0) / max(seen.sum(), 1.0))
    return tuple(found)


def chance_of_the_same(records: Records) -> Sequence[float]:
    """Of each column: how often two records that both say it, say the same."""
    found = []
    for index, words in enumerate(records.words):
        codes = records.codes[:, index]
        seen = np.bincount(codes[codes >= 0], minlength=len(words)).astype(float)
        said = seen.sum()
        same = float((seen * (seen - 1)).sum())
        found.append((same + 1.0) / max(said * (said - 1), 2.0))
    return found


Grades = npt.NDArray[np.int8]


def weigh(
    model: Model, records: Records, rarity: tuple[Floats, Any], found: Grades, left: Any
) -> Floats:
    """The weight of each pair whose grades are known."""
    total = np.full(len(found), model.start)
    worth, first = rarity
    for c, comparison in enumerate(model.comparisons):
        grade = found[:, c]
        said = grade >= 0
        total[said] += model.weights[c, grade[said]]
        same = grade == comparison.exact
        total[same] += worth[first[c] + records.codes[left[same], c]]
    return total
