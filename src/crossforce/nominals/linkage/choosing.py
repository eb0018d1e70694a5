"""What the weighed pairs of a sample tell: how many matches there are, and which rules find them at what cost."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import pairing
from crossforce.nominals.linkage.keys import Keys
from crossforce.nominals.linkage.model import Floats, Model, weight_of
from crossforce.nominals.linkage.sampling import Sample
from crossforce.nominals.linkage.scoring import Edges, Rows, scorer

MOST_WEIGHED: Final = 1_500_000
WEIGHED_ABOVE: Final = -14.0
"""Bits: what is less likely than this has no part in how many matches there are."""
WORTH: Final = 10_000_000_000
EACH_WORTH: Final = 10_000
"""To find every match is worth comparing so many pairs, and not less than so many for each record."""
OF_A_RULE: Final = 5
"""What a rule costs by itself, in pairs for each record: its keys are made and sorted."""
MOST_RULES: Final = 12
AFFORDED: Final = 5_000_000
AFFORDED_EACH: Final = 12
"""All rules together bring together so many pairs at most, or so many for each record if that is more."""
LIKELY: Final = 0.5
ROUNDS: Final = 200
SETTLED: Final = 1e-6


@dataclass(frozen=True)
class Likely:
    """The pairs of the sample that are matches by their weight, and how likely each is."""

    left: Rows
    right: Rows
    probability: Floats


def weighed(model: Model, sample: Sample) -> Edges:
    """Every pair of the sample that some cheap rule brings together and that may be a match, with its weight."""
    length, total = len(sample.records), 0
    found: list[pairing.Rows] = []
    for at in np.argsort(sample.pairs, kind="stable"):
        total += int(sample.pairs[at])
        if total > MOST_WEIGHED and found:
            break
        left, right = pairing.pairs(
            sample.keys[at], files=sample.records.files, most=sample.largest
        )
        found.append(left * length + right)
    both = np.sort(np.concatenate(found))
    both = both[np.append(True, both[1:] != both[:-1])] if len(both) else both
    left, right = np.divmod(both, length)
    return scorer(sample.records, model).weigh(left, right, WEIGHED_ABOVE)


def prior(model: Model, sample: Sample) -> tuple[Model, Likely]:
    """The model with the share of all pairs that are matches, found by weighing until it no longer moves."""
    guessed = replace(model, prior=1.0 / len(sample.records))
    edges = weighed(guessed, sample)
    bits = edges.weight - guessed.start
    total, share = pairs_in_all(sample), guessed.prior
    for _ in range(ROUNDS):
        likely = 1.0 / (1.0 + np.exp2(-np.clip(bits + weight_of(share), -500, 500)))
        before, share = share, float(np.clip(likely.sum() / total, 0.25 / total, 0.2))
        if abs(share - before) < SETTLED * share:
            break
    sure = likely >= LIKELY
    matches = Likely(edges.left[sure], edges.right[sure], likely[sure])
    return replace(model, prior=share), matches


def pairs_in_all(sample: Sample) -> float:
    """How many pairs the sample has that may be compared."""
    length, files = len(sample.records), sample.records.files
    total = length * (length - 1) / 2
    if files is None:
        return total
    each = np.bincount(files).astype(float)
    return float(total - (each * (each - 1) / 2).sum())


def rules(model: Model, sample: Sample, likely: Likely) -> Model:
    """The model with its rules: each finds matches that are worth what it costs, as measured on the sample."""
    pairs = sample.pairs / sample.share**2
    caught = _caught(sample, likely)
    every = max(WORTH, EACH_WORTH * sample.of)
    worth = likely.probability * (every / likely.probability.sum())
    afforded = max(AFFORDED, AFFORDED_EACH * sample.of)
    chosen = _greedy(caught, worth, pairs, pairs + OF_A_RULE * sample.of, afforded)
    return replace(
        model,
        rules=tuple(sample.rules[at] for at in chosen),
        barred=tuple(barred(sample, at) for at in chosen),
    )


def _caught(sample: Sample, likely: Likely) -> npt.NDArray[np.bool_]:
    """Whether each rule brings each likely match together."""
    found = np.empty((len(sample.rules), len(likely.left)), bool)
    for at, keys in enumerate(sample.keys):
        mine = keys[likely.left]
        found[at] = (mine == keys[likely.right]) & (mine > 0)
        found[at] &= ~np.isin(mine, barred(sample, at))
    return found


def _greedy(
    caught: npt.NDArray[np.bool_], worth: Floats, pairs: Floats, cost: Floats, afforded: float
) -> list[int]:
    """Rules one after another, each the one that gains most; then those that turned out superfluous go."""
    chosen: list[int] = []
    missing = np.ones(caught.shape[1], bool)
    while len(chosen) < MOST_RULES:
        gain = caught[:, missing] @ worth[missing] - cost
        gain[pairs + pairs[chosen].sum() > afforded] = -np.inf
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            break
        chosen.append(best)
        missing &= ~caught[best]
    for at in list(chosen):
        others = [each for each in chosen if each != at]
        alone = caught[at] & ~caught[others].any(axis=0)
        if others and worth[alone].sum() < cost[at]:
            chosen.remove(at)
    return chosen or [int(np.argmin(cost))]


def barred(sample: Sample, at: int) -> Keys:
    """Keys that so many records share that meeting by them says nothing."""
    ordered = np.sort(sample.keys[at])
    ordered = ordered[np.searchsorted(ordered, np.uint64(1)) :]
    # In a block so large, the same key stands so many places further on.
    ahead = ordered[sample.largest :]
    found: Keys = np.unique(ahead[ahead == ordered[: -sample.largest]])
    return found
