"""How often the same person's records agree, and how often strangers do; nobody labels a pair.

Strangers are counted on pairs by chance. For the same person it is expectation maximisation on pairs that share a key,
over several keys, each time without the columns of the key, as Splink does; of what those sessions find the middle
is taken.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import laying, pairing
from crossforce.nominals.linkage.columns import Column, Role
from crossforce.nominals.linkage.keys import SAME, Rule, columns_of
from crossforce.nominals.linkage.levels import Comparison
from crossforce.nominals.linkage.model import Floats, Grades, Model
from crossforce.nominals.linkage.sampling import SEED, Sample, by_chance, grade

SESSION_PAIRS: Final = 30_000
SESSIONS_EACH: Final = 5
LEAST_PAIRS: Final = 30
LEAST_SAID: Final = 10
MOST_PAIRS: Final = 3_000_000
LEAST_RICH: Final = 0.3
OWN: Final = frozenset({Role.FORENAME, Role.BORN, Role.BIRTH, Role.NUMBER, Role.EMAIL})
ROUNDS: Final = 100
SETTLED: Final = 1e-5
LEAST_MATCHES: Final = 0.02
"""A session in which fewer of the pairs are matches tells nothing sure of them."""


def blank(columns: tuple[Column, ...]) -> Model:
    """A model that has learnt nothing yet."""
    nothing = Model(columns, (), (), 1e-4, ())
    m = []
    for comparison in nothing.comparisons:
        likely = np.array([level.likely for level in reversed(comparison.levels)])
        m.append(tuple(float(x) for x in likely / likely.sum()))
    return replace(nothing, m=tuple(m))


def chances(grades: Grades, exact: int, same: float) -> tuple[float, ...]:
    """How often strangers reach each level. That they say the same is counted exactly, and given."""
    said = grades[(grades >= 0) & (grades < exact)]
    seen = np.bincount(said, minlength=exact)[:exact] + 0.5
    found = (1.0 - same) * seen / seen.sum()
    return (*(float(x) for x in found), same)


def sessions(model: Model, sample: Sample) -> tuple[tuple[float, ...], ...]:
    """How often the same person's records reach each level: the middle of what the sessions find."""
    texts = laying.texts(sample.records, model.comparisons)
    found: list[list[Floats]] = [[] for _ in model.columns]
    for at in chosen_sessions(model, sample):
        left, right = _session_pairs(sample, at)
        if len(left) < LEAST_PAIRS:
            continue
        blocked = columns_of(sample.rules[at])
        free = [c for c in range(len(model.columns)) if c not in blocked]
        learnt = maximise(model, grade(sample.records, texts, left, right), free)
        for c, m in learnt.items():
            found[c].append(m)
    return tuple(
        middle(each, model.comparisons[c]) if each else model.m[c]
        for c, each in enumerate(found)
    )


def _session_pairs(sample: Sample, at: int) -> tuple[Any, Any]:
    left, right = pairing.pairs(sample.blocks[at], files=sample.records.files)
    if len(left) > SESSION_PAIRS:
        some = np.random.default_rng(SEED).choice(len(left), SESSION_PAIRS, replace=False)
        left, right = left[some], right[some]
    return left, right


def chosen_sessions(model: Model, sample: Sample) -> list[int]:
    """For each column the rules without it that bring together the most pairs beyond what chance would."""
    chance = by_chance(sample)
    beyond = sample.pairs - chance
    rich = np.where(sample.pairs > 0, beyond / np.maximum(sample.pairs, 1), 0.0)
    usable = [
        at
        for at in range(len(sample.rules))
        if personal(model, sample.rules[at])
        and sample.pairs[at] >= LEAST_PAIRS
        and rich[at] > LEAST_RICH
        and sample.pairs[at] < MOST_PAIRS
    ]
    usable.sort(key=lambda at: -beyond[at] * rich[at] ** 2)
    wanted: dict[int, None] = {}
    for c in range(len(model.columns)):
        without = [at for at in usable if c not in columns_of(sample.rules[at])]
        wanted.update(dict.fromkeys(without[:SESSIONS_EACH]))
    return list(wanted)


def personal(model: Model, rule: Rule) -> bool:
    """Whether a key is a person's own: a family shares its surname and its address, and would be taken for one."""
    return any(part.how == SAME and model.columns[part.column].role in OWN for part in rule)


def maximise(model: Model, grades: Grades, free: list[int]) -> dict[int, Floats]:
    """Expectation maximisation over patterns: `m` of each free column that enough matches speak of; `u` stands."""
    widths = [len(model.u[c]) for c in free]
    patterns, seen = _patterns(grades[:, free], widths)
    u = [np.array(model.u[c]) for c in free]
    start = [np.array(model.m[c]) for c in free]
    m, matches = [each.copy() for each in start], 0.5
    for _ in range(ROUNDS):
        bits = np.full(len(patterns), np.log2(matches / (1.0 - matches)))
        for i in range(len(free)):
            worth = np.append(np.log2(m[i] / u[i]), 0.0)
            bits += worth[patterns[:, i]]
        likely = seen / (1.0 + np.exp2(-np.clip(bits, -500, 500)))
        before = matches
        matches = float(np.clip(likely.sum() / seen.sum(), 1e-7, 1 - 1e-7))
        for i, width in enumerate(widths):
            counted = np.bincount(patterns[:, i], likely, width + 1)[:width] + start[i]
            m[i] = tied(model.comparisons[free[i]], counted)
        if abs(matches - before) < SETTLED * matches:
            break
    if matches < LEAST_MATCHES:
        return {}
    said = [likely[patterns[:, i] < width].sum() for i, width in enumerate(widths)]
    return {c: m[i] for i, c in enumerate(free) if said[i] >= LEAST_SAID}


def tied(comparison: Comparison, counted: Floats) -> Floats:
    """Of matches that were counted level by level the share of each, alike whatever the column is shared with.

    Of an address only the share of those that are not even nearly the same is alike: those of one postcode are in one street.
    """
    blocks = counted.reshape(-1, comparison.own)
    whole = blocks.sum(axis=0) / blocks.sum()
    found = np.tile(whole, (len(blocks), 1))
    if comparison.shared and comparison.alone < comparison.own:
        lower = blocks[:, : comparison.alone]
        found[:, : comparison.alone] = (
            lower / lower.sum(axis=1, keepdims=True) * whole[: comparison.alone].sum()
        )
    return found.ravel()


def _patterns(grades: Grades, widths: list[int]) -> tuple[npt.NDArray[np.int64], Floats]:
    """The different patterns of grades, -1 at the end of each column's levels, and how often each was seen."""
    code = np.zeros(len(grades), np.int64)
    for i, width in enumerate(widths):
        code = code * (width + 1) + np.where(grades[:, i] < 0, width, grades[:, i])
    different, seen = np.unique(code, return_counts=True)
    patterns = np.empty((len(different), len(widths)), np.int64)
    for i in reversed(range(len(widths))):
        different, patterns[:, i] = np.divmod(different, widths[i] + 1)
    return patterns, seen.astype(float)


def middle(found: list[Floats], comparison: Comparison) -> tuple[float, ...]:
    """The median of the sessions, level by level, made to add up to one."""
    each = np.median(np.array(found), axis=0)
    return tuple(float(x) for x in tied(comparison, each))
