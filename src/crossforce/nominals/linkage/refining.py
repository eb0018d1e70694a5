"""The model fitted once more, to every pair of the sample that may be a match, and with all that it knows.

A session of training sees pairs of one key, and takes names for equally rare: where strangers share the key it counts some of them.
Here each pair is weighed by the whole model, rare names and all, until neither the share of matches nor what they agree on moves.
What a column says of matches is counted on pairs that some rule without that column brings together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import laying, pairing
from crossforce.nominals.linkage.keys import columns_of
from crossforce.nominals.linkage.model import Floats, Grades, Model, weigh
from crossforce.nominals.linkage.sampling import Sample, grade
from crossforce.nominals.linkage.scoring import Edges, Rows, scorer
from crossforce.nominals.linkage.training import personal, tied

MOST_WEIGHED: Final = 600_000
WEIGHED_ABOVE: Final = -14.0
"""Bits: what is less likely than this has no part in how many matches there are."""
LIKELY: Final = 0.5
LEAST_SAID: Final = 30
ROUNDS: Final = 100
SETTLED: Final = 1e-5


@dataclass(frozen=True)
class Likely:
    """The pairs of the sample that are matches by their weight, and how likely each is."""

    left: Rows
    right: Rows
    probability: Floats


@dataclass(frozen=True)
class Weighed:
    """Pairs of the sample that may be matches: how they agree, and which columns played no part in their meeting."""

    edges: Edges
    grades: Grades
    free: npt.NDArray[np.bool_]


def refined(model: Model, sample: Sample) -> tuple[Model, Likely]:
    """The model with the share of all pairs that are matches, and with what they agree on; and the matches themselves."""
    guess = 1.0 / len(sample.records)
    own = [at for at, rule in enumerate(sample.rules) if personal(model, rule)]
    found = _weighed(replace(model, prior=guess), sample, own)
    model, _ = _fitted(replace(model, prior=guess), sample, found, learning=False)
    model, _ = _fitted(model, sample, found, learning=True)
    found = _weighed(replace(model, prior=guess), sample, range(len(sample.rules)))
    model, likely = _fitted(replace(model, prior=guess), sample, found, learning=False)
    sure = likely >= LIKELY
    return model, Likely(found.edges.left[sure], found.edges.right[sure], likely[sure])


def _fitted(
    model: Model, sample: Sample, found: Weighed, *, learning: bool
) -> tuple[Model, Floats]:
    """The share of matches, and when learning what they agree on, weighed again until nothing moves."""
    total, likely = pairs_in_all(sample), np.zeros(0)
    rarity = model.rarity(sample.records)
    for _ in range(ROUNDS):
        bits = weigh(model, sample.records, rarity, found.grades, found.edges.left)
        likely = 1.0 / (1.0 + np.exp2(-np.clip(bits, -500, 500)))
        before, share = model.prior, float(np.clip(likely.sum() / total, 0.25 / total, 0.2))
        model = replace(model, prior=share)
        if learning:
            model = replace(model, m=_agreed(model, found, likely))
        if abs(share - before) < SETTLED * share:
            break
    return model, likely


def _agreed(model: Model, found: Weighed, likely: Floats) -> tuple[tuple[float, ...], ...]:
    """How often matches reach each level, one part in as many as there are from what was known before."""
    m = []
    for c, comparison in enumerate(model.comparisons):
        said = found.free[:, c] & (found.grades[:, c] >= 0)
        level, weight = found.grades[said, c], likely[said]
        if weight.sum() < LEAST_SAID:
            m.append(model.m[c])
            continue
        before = np.array(model.m[c])
        seen = np.bincount(level, weight, len(before)) + before
        m.append(tuple(float(x) for x in tied(comparison, seen)))
    return tuple(m)


def _weighed(model: Model, sample: Sample, rules: Sequence[int]) -> Weighed:
    """Every pair of the sample that some cheap one of these rules brings together and that may be a match."""
    length, total = len(sample.records), 0
    found: list[pairing.Rows] = []
    cheap: list[int] = []
    for at in sorted(rules, key=lambda at: int(sample.pairs[at])):
        total += int(sample.pairs[at])
        if total > MOST_WEIGHED and found:
            break
        left, right = pairing.pairs(
            sample.blocks[at], files=sample.records.files, most=sample.largest
        )
        found.append(left * length + right)
        cheap.append(at)
    both = np.sort(np.concatenate(found))
    both = both[np.append(True, both[1:] != both[:-1])] if len(both) else both
    left, right = np.divmod(both, length)
    edges = scorer(sample.records, model).weigh(left, right, WEIGHED_ABOVE)
    texts = laying.texts(sample.records, model.comparisons)
    grades = grade(
        sample.records, texts, edges.left.astype(np.int64), edges.right.astype(np.int64)
    )
    return Weighed(edges, grades, _free(edges, sample, cheap))


def _free(edges: Edges, sample: Sample, rules: list[int]) -> npt.NDArray[np.bool_]:
    """Whether a rule without the column brings each pair together."""
    found = np.zeros((len(edges), len(sample.records.columns)), bool)
    for at in rules:
        mine = sample.keys[at][edges.left]
        met = (mine == sample.keys[at][edges.right]) & (mine > 0)
        without = set(range(found.shape[1])) - columns_of(sample.rules[at])
        found[np.ix_(met, sorted(without))] = True
    return found


def pairs_in_all(sample: Sample) -> float:
    """How many pairs the sample has that may be compared."""
    length, files = len(sample.records), sample.records.files
    total = length * (length - 1) / 2
    if files is None:
        return total
    each = np.bincount(files).astype(float)
    return float(total - (each * (each - 1) / 2).sum())
