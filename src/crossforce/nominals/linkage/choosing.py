"""Which rules bring matches together at what cost, as the likely matches of the sample tell."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.keys import Keys
from crossforce.nominals.linkage.model import Figures, Floats, Model
from crossforce.nominals.linkage.refining import Likely
from crossforce.nominals.linkage.sampling import Sample

WORTH: Final = 10_000_000_000
EACH_WORTH: Final = 10_000
"""To find every match is worth comparing so many pairs, and not less than so many for each record."""
OF_A_RULE: Final = 5
"""What a rule costs by itself, in pairs for each record: its keys are made and sorted."""
MOST_RULES: Final = 12
AFFORDED: Final = 5_000_000
AFFORDED_EACH: Final = 12
"""All rules together bring together so many pairs at most, or so many for each record if that is more."""


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
        figures=Figures(
            records=sample.of,
            sampled=len(sample.records),
            matches=float(likely.probability.sum() / sample.share**2),
            found=_found(caught[chosen], worth),
            pairs=tuple(int(pairs[at]) for at in chosen),
        ),
    )


def _found(caught: npt.NDArray[np.bool_], worth: Floats) -> tuple[float, ...]:
    """The share of matches that each rule finds together with those before it."""
    together = np.logical_or.accumulate(caught, axis=0)
    return tuple(float(x) for x in together @ worth / worth.sum())


def _caught(sample: Sample, likely: Likely) -> npt.NDArray[np.bool_]:
    """Whether each rule brings each likely match together."""
    found = np.empty((len(sample.rules), len(likely.left)), bool)
    for at, keys in enumerate(sample.keys):
        mine = keys[likely.left]
        found[at] = (mine == keys[likely.right]) & (mine > 0)
        if len(many := barred(sample, at)):
            found[at] &= ~np.isin(mine, many)
    return found


def _greedy(
    caught: npt.NDArray[np.bool_], worth: Floats, pairs: Floats, cost: Floats, afforded: float
) -> list[int]:
    """Rules one after another, each the one that gains most for what it costs; then those that turned out superfluous go."""
    chosen: list[int] = []
    missing = np.ones(caught.shape[1], bool)
    while len(chosen) < MOST_RULES:
        gain = caught[:, missing] @ worth[missing] / cost
        gain[pairs + pairs[chosen].sum() > afforded] = 0.0
        best = int(np.argmax(gain))
        if gain[best] <= 1.0:
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
    order, bounds = sample.blocks[at]
    many = bounds[np.diff(bounds)[:, 0] > sample.largest, 0]
    found: Keys = np.sort(sample.keys[at][order[many]])
    return found
