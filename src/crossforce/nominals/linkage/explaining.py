"""Why two records weigh what they weigh: each column's part in bits and in words, as a waterfall is drawn."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from crossforce.nominals.linkage import grading, laying
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.levels import Comparison
from crossforce.nominals.linkage.model import Floats, Model, probability_of, weight_of


class Verdict(StrEnum):
    """What follows from a weight: a proposal, a look by somebody, or nothing. Never a merge."""

    PROPOSE = "propose"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: from where to where the weight goes by what the column says."""

    field: str
    left: str | None
    right: str | None
    level: str
    bits: float
    before: float
    after: float
    words: str


@dataclass(frozen=True)
class Explanation:
    """The weight of two records, its steps in the order of the columns, and what follows."""

    weight: float
    probability: float
    verdict: Verdict
    steps: tuple[Step, ...]


def verdict(model: Model, weight: float) -> Verdict:
    """What follows from this weight under the model's two thresholds."""
    if weight >= weight_of(model.proposed_above):
        return Verdict.PROPOSE
    return Verdict.REVIEW if weight >= weight_of(model.reviewed_above) else Verdict.NONE


def explain(model: Model, records: Records, left: int, right: int) -> Explanation:
    """What each column adds to the weight of two records, in words."""
    return explain_all(model, records, [(left, right)])[0]


def explain_all(
    model: Model, records: Records, pairs: Sequence[tuple[int, int]]
) -> list[Explanation]:
    """The same of many pairs, each by its rows."""
    if not pairs:
        return []
    texts = laying.texts(records, model.comparisons)
    left, right = np.array(pairs).T
    grades = grading.grades(records.codes, texts.parts(), texts.rest, left, right)
    said = [
        each.of(words.values) for each, words in zip(model.common, records.words, strict=True)
    ]
    return [
        _explained(model, records, said, *pair, found.tolist())
        for pair, found in zip(pairs, grades, strict=True)
    ]


def _explained(
    model: Model, records: Records, said: list[Floats], left: int, right: int, grades: list[int]
) -> Explanation:
    at = model.start
    steps = [Step("", None, None, "before", at, 0.0, at, _before(model))]
    for comparison, grade in zip(model.comparisons, grades, strict=True):
        c = comparison.index
        bits, rare = _bits(model, c, grade, said[c], int(records.codes[left, c]))
        level = "nothing" if grade < 0 else comparison.level(grade).label
        one, other = records.value(left, c), records.value(right, c)
        words = _words(model, comparison, grade, bits, rare, one is None or other is None)
        steps.append(
            Step(comparison.column.name, one, other, level, bits, at, at + bits, words)
        )
        at += bits
    return Explanation(at, probability_of(at), verdict(model, at), tuple(steps))


def _bits(model: Model, c: int, grade: int, said: Floats, code: int) -> tuple[float, float]:
    """What the column adds, and, where both say the same, the share of records that say it."""
    if grade < 0:
        return 0.0, 0.0
    bits = float(model.weights[c, grade])
    if grade != model.comparisons[c].exact:
        return bits, 0.0
    share = float(said[code])
    return bits + math.log2(model.chance(c)) - math.log2(share), share


def _before(model: Model) -> str:
    return f"Before anything is compared: one pair of records in {1 / model.prior:,.0f} is one person."


def _words(
    model: Model, comparison: Comparison, grade: int, bits: float, rare: float, missing: bool
) -> str:
    name = comparison.column.name
    if grade < 0 and missing:
        return f"{name}: not said in both, so it speaks neither for nor against."
    if grade < 0:
        return f"{name}: follows from what is compared elsewhere, so it is not counted twice."
    label = comparison.level(grade).label
    if rare:
        label = f"{label}, which one record in {1 / rare:,.0f} says"
    times = 2 ** min(abs(bits), 60)
    lean = "likelier" if bits >= 0 else "less likely"
    return f"{name}: {label}; {times:,.1f} times {lean} to be one person."
