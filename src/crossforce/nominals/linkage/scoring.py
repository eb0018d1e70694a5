"""The weight of pairs, fast: a pair is dropped as soon as nothing that is left to compare could lift it to the floor.

Most pairs of a block agree on the key and on nothing else. Their codes tell that without reading a letter, and what
the open columns could be worth at most is known. Only pairs that may still reach the floor are read.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import grading, working
from crossforce.nominals.linkage.alike import compiled
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.grading import agreed, grade
from crossforce.nominals.linkage.keys import Keys, rule_keys
from crossforce.nominals.linkage.model import Floats, Model, weight_of
from crossforce.nominals.linkage.pairing import blocks

Rows = npt.NDArray[np.int32]
AT_ONCE: Final = 1_000_000
"""Pairs of one piece of work: what may be kept of them has its place beforehand."""
NOTHING: Final = np.zeros(0, np.int32)
FLAT: Final = 1e-9


@dataclass(frozen=True)
class Edges:
    """Pairs of rows with their weight; the lower row first, each pair once."""

    left: Rows
    right: Rows
    weight: Floats

    def __len__(self) -> int:
        return len(self.left)

    def at_least(self, weight: float) -> "Edges":
        kept = self.weight >= weight
        return Edges(self.left[kept], self.right[kept], self.weight[kept])


@dataclass(frozen=True)
class Scorer:
    """A model and records made ready for the loops."""

    codes: Any
    model: Model
    parts: tuple[Any, ...]
    table: tuple[Any, ...]

    @property
    def floor(self) -> float:
        """The least weight of a link."""
        return weight_of(self.model.reviewed_above)

    def weigh(self, left: Any, right: Any, floor: float = -np.inf) -> Edges:
        """The weight of these pairs; those below the floor are left out."""
        cuts = range(0, max(len(left), 1), AT_ONCE)
        work = [
            (self.codes, self.parts, self.table, left[i : i + AT_ONCE],
             right[i : i + AT_ONCE], floor)
            for i in cuts
        ]  # fmt: skip
        return _joined(working.shared(_listed, work))


def scorer(records: Records, model: Model) -> Scorer:
    """What the loops need, worked out once."""
    texts = grading.texts(records, model.comparisons)
    worth, first = model.rarity(records)
    weights = model.weights
    most = np.empty(len(model.columns))
    for c, comparison in enumerate(model.comparisons):
        below = weights[c, : comparison.exact].max()
        most[c] = max(below, 0.0) if comparison.partner >= 0 else below
    known = np.array([len(words) for words in records.words])
    rare = np.array(
        [
            np.log2(u[-1] / common.shares.min(initial=1.0))
            for u, common in zip(model.u, model.common, strict=True)
        ]
    )
    table = (
        texts.rest, weights, worth, first, known, rare, most, _cheap_first(records, texts), model.start,
    )  # fmt: skip
    return Scorer(records.codes, model, texts.parts(), table)


def _cheap_first(records: Records, texts: grading.Texts) -> Any:
    """The columns in the order in which they are read: short values first."""
    cost = [len(words.text) / max(len(words), 1) for words in records.words]
    slow = [kind in (grading.ALIKE, grading.ADDRESS) for kind in texts.kinds]
    return np.argsort([each + 100 * late for each, late in zip(cost, slow, strict=True)])


def linked(records: Records, model: Model, floor: float) -> Edges:
    """Every pair that a rule brings together and that weighs at least `floor`."""
    ready = scorer(records, model)
    keys = keys_of(records, model)
    matrix = np.ascontiguousarray(np.column_stack(keys))
    sorted_out = working.shared(blocks, [(each,) for each in keys])
    del keys
    files = NOTHING if records.files is None else records.files
    work = [
        (
            records.codes,
            ready.parts,
            ready.table,
            order,
            bounds[begin:end],
            matrix,
            r,
            files,
            floor,
        )
        for r, (order, bounds) in enumerate(sorted_out)
        for begin, end in _pieces(bounds)
    ]
    return _joined(working.shared(_blocked, work))


def keys_of(records: Records, model: Model) -> list[Keys]:
    """The key of each record under each rule, 0 where it has none or too many share it."""
    return working.shared(_keys, [(records, model, r) for r in range(len(model.rules))])


def _keys(records: Records, model: Model, rule: int) -> Keys:
    found = rule_keys(records, model.rules[rule])
    barred = model.barred[rule]
    if len(barred):
        at = np.minimum(np.searchsorted(barred, found), len(barred) - 1)
        found[barred[at] == found] = 0
    return found


def _pieces(bounds: Any) -> list[tuple[int, int]]:
    """Ranges of blocks with about `AT_ONCE` pairs each."""
    size = bounds[:, 1] - bounds[:, 0]
    total = np.cumsum(size * (size - 1) // 2)
    if not len(total):
        return []
    cuts = np.searchsorted(total, np.arange(AT_ONCE, total[-1] + AT_ONCE, AT_ONCE)) + 1
    ends = np.unique(np.minimum(cuts, len(total)))
    return list(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True))


def _joined(found: list[tuple[Any, Any, Any]]) -> Edges:
    if not found:
        return Edges(NOTHING, NOTHING, np.zeros(0))
    return Edges(*(np.concatenate([each[i] for each in found]) for i in range(3)))


@compiled
def weight(codes: Any, parts: Any, table: Any, a: int, b: int, floor: float) -> float:  # noqa: C901 - one loop
    """The weight of two records, or minus infinity when it is below the floor."""
    rest, weights, worth, first, known, rare, most, order, start = table
    exact, follows = rest[1], rest[2]
    total, bound, waiting, same = start, 0.0, 0, agreed(codes, a, b)
    for c in range(codes.shape[1]):
        if same & follows[c]:
            continue
        mine = codes[a, c]
        if same >> c & 1:
            total += weights[c, exact[c]]
            total += worth[first[c] + mine] if mine < known[c] else rare[c]
        elif mine >= 0 and codes[b, c] >= 0:
            waiting |= 1 << c
            bound += most[c]
    if total + bound < floor - FLAT:
        return -np.inf
    for c in order:
        if waiting >> c & 1:
            level = grade(codes, parts, rest, same, c, a, b)
            bound -= most[c]
            if level >= 0:
                total += weights[c, level]
            if total + bound < floor - FLAT:
                return -np.inf
    return total if total >= floor else -np.inf


@compiled
def _listed(codes: Any, parts: Any, table: Any, left: Any, right: Any, floor: float) -> Any:
    rows = np.empty((2, len(left)), np.int32)
    weights = np.empty(len(left))
    kept = 0
    for i in range(len(left)):
        found = weight(codes, parts, table, left[i], right[i], floor)
        if found >= floor:
            rows[0, kept], rows[1, kept], weights[kept] = left[i], right[i], found
            kept += 1
    return rows[0, :kept].copy(), rows[1, :kept].copy(), weights[:kept].copy()


@compiled
def _blocked(  # noqa: PLR0913 - one loop over blocks, with the pieces that it needs
    codes: Any, parts: Any, table: Any, order: Any, bounds: Any,
    keys: Any, rule: int, files: Any, floor: float,
) -> Any:  # fmt: skip
    """The pairs of these blocks that no earlier rule has brought together, with their weight."""
    total = 0
    for n in range(len(bounds)):
        size = bounds[n, 1] - bounds[n, 0]
        total += size * (size - 1) // 2
    rows = np.empty((2, total), np.int32)
    weights = np.empty(total)
    kept = 0
    for n in range(len(bounds)):
        for i in range(bounds[n, 0], bounds[n, 1]):
            for j in range(i + 1, bounds[n, 1]):
                a, b = min(order[i], order[j]), max(order[i], order[j])
                if len(files) and files[a] == files[b]:
                    continue
                found = weight(codes, parts, table, a, b, floor)
                if found < floor or met_before(keys, a, b, rule):
                    continue
                rows[0, kept], rows[1, kept], weights[kept] = a, b, found
                kept += 1
    return rows[0, :kept].copy(), rows[1, :kept].copy(), weights[:kept].copy()


@compiled
def met_before(keys: Any, a: int, b: int, rule: int) -> bool:
    """Whether an earlier rule brings the two together."""
    r = 0
    while r < rule and (keys[a, r] != keys[b, r] or keys[a, r] == 0):
        r += 1
    return r < rule
