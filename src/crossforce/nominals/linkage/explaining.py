"""Why two records weigh what they weigh: each column's part in bits and in words, as a waterfall is drawn."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from crossforce.nominals.linkage import grading, laying, scoring, several
from crossforce.nominals.linkage.columns import Records, bundles
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
    rows = np.array(pairs)
    told, among = (records, None) if records.others is None else _nearest(model, records, rows)
    if among is not None:
        rows = np.arange(2 * len(pairs)).reshape(2, -1).T
    texts = laying.texts(told, model.comparisons)
    grades = grading.grades(told.codes, texts.parts(), texts.rest, rows[:, 0], rows[:, 1])
    said = [each.of(words) for each, words in zip(model.common, told.words, strict=True)]
    found = []
    for n, (left, right) in enumerate(rows.tolist()):
        given = _explained(model, told, said, left, right, grades[n].tolist())
        found.append(given if among is None else _among(model, given, among[n]))
    return found


def _nearest(model: Model, records: Records, rows: Any) -> tuple[Records, Any]:
    """Each pair as two records that say what is nearest of all that they say; and, by bundle, among how many that was found."""
    ready = scoring.scorer(records, model)
    assert ready.sayings is not None
    chosen = several.chosen(ready, ready.sayings, rows[:, 0], rows[:, 1])
    codes = np.ascontiguousarray(np.concatenate([chosen.left, chosen.right]))
    return replace(records, codes=codes, others=None), chosen.among


def _among(model: Model, given: Explanation, among: Any) -> Explanation:
    """The explanation, less what chance adds where the nearest of several was looked for; its most telling column says so."""
    steps, of, at = list(given.steps[1:]), bundles(model.columns), model.start
    for bundle in np.flatnonzero(among > 1).tolist():
        c = max(np.flatnonzero(of == bundle).tolist(), key=lambda c: steps[c].bits)
        words = f"{steps[c].words} The nearest of {among[bundle]:,} ways to compare what both say: counted so many times less."
        steps[c] = replace(steps[c], bits=steps[c].bits - math.log2(among[bundle]), words=words)
    for c, step in enumerate(steps):
        steps[c] = replace(step, before=at, after=at + step.bits)
        at += step.bits
    return Explanation(at, probability_of(at), verdict(model, at), (given.steps[0], *steps))


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
