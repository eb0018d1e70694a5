"""Which records are one person: what hangs together by links, and is split where the evidence within speaks against it.

Only the records and their weights decide, never an order in which they came: weights are added as whole millionths of a
bit, and among equals the place decides, a number made of the record's own identity.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.alike import compiled
from crossforce.nominals.linkage.scoring import Edges, Scorer

Labels = npt.NDArray[np.int64]
GRAIN: Final = 1_000_000
SAME: Final = 10**12
DIFFERENT: Final = -(10**15)
"""What people have decided outweighs what is worked out; and "different" outweighs any number of "same"."""
UNDONE: Final = DIFFERENT // 2
LEAST: Final = -6 * GRAIN
"""How much two records of a group can say against it at most: the columns of a badly written record err together."""
TOO_MANY: Final = 1_000
"""A person does not have so many records: such a heap comes apart by asking for more."""
STEP: Final = 3.0


@dataclass(frozen=True)
class Decided:
    """Pairs of rows about which somebody has decided, and whether they are the same person."""

    left: Labels
    right: Labels
    same: npt.NDArray[np.bool_]


NOBODY: Final = Decided(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))


def components(length: int, left: Any, right: Any) -> Labels:
    """For each record the lowest that hangs together with it."""
    found: Labels = _components(length, np.asarray(left, np.int64), np.asarray(right, np.int64))
    return found


def clustered(scorer: Scorer, edges: Edges, places: Any, decided: Decided = NOBODY) -> Labels:
    """For each record the lowest of its cluster, once conflicting evidence has split what hangs together."""
    return among(scorer, np.arange(len(scorer.codes)), edges, places, decided)


def among(scorer: Scorer, rows: Labels, edges: Edges, places: Any, decided: Decided) -> Labels:
    """The same among some of the records: edges and decisions are places in `rows`, and so is the answer."""
    length = len(rows)
    left = np.concatenate([edges.left, decided.left[decided.same]]).astype(np.int64)
    right = np.concatenate([edges.right, decided.right[decided.same]]).astype(np.int64)
    weights = np.concatenate([edges.weight, np.full(int(decided.same.sum()), np.inf)])
    labels = held(length, left, right, weights, scorer.floor)
    order, bounds = members(labels, np.concatenate([left, right, decided.left, decided.right]))
    if not len(decided.left):
        bounds = bounds[bounds[:, 1] - bounds[:, 0] > 2]
    one, other = within(order, bounds)
    bits = np.rint(scorer.weigh(rows[one], rows[other]).weight * GRAIN).astype(np.int64)
    bits = decisive(bits, one, other, decided, length)
    split(labels, order, bounds, bits, places)
    return labels


def held(length: int, left: Labels, right: Labels, weights: Any, floor: float) -> Labels:
    """Components; of those that are too large only what still hangs together when more is asked for."""
    labels = components(length, left, right)
    while len(left):
        large = np.bincount(labels, minlength=length)[labels[left]] > TOO_MANY
        if not large.any():
            break
        floor += STEP
        kept = ~large | (weights >= floor)
        left, right, weights = left[kept], right[kept], weights[kept]
        labels = components(length, left, right)
    return labels


def members(labels: Labels, rows: Any) -> tuple[Labels, Labels]:
    """The records among `rows`, cluster by cluster, and where each cluster begins and ends."""
    is_linked = np.zeros(len(labels), bool)
    is_linked[rows] = True
    order, size = _members(labels, is_linked)
    ends = np.cumsum(size)
    return order, np.column_stack([ends - size, ends])


@compiled
def _members(labels: Any, is_linked: Any) -> Any:
    """The rows that are linked, cluster by cluster, and how many each has."""
    length = len(labels)
    ends = np.zeros(length + 1, np.int64)
    for row in range(length):
        ends[labels[row] + 1] += is_linked[row]
    for label in range(length):
        # Who is alone does not count.
        ends[label + 1] = ends[label] + (ends[label + 1] if ends[label + 1] > 1 else 0)
    order, at = np.empty(ends[length], np.int64), ends.copy()
    for row in range(length):
        label = labels[row]
        if is_linked[row] and ends[label + 1] > ends[label]:
            order[at[label]] = row
            at[label] += 1
    size = np.diff(ends)
    return order, size[size > 0]


def decisive(
    bits: Labels, left: Labels, right: Labels, decided: Decided, length: int
) -> Labels:
    """The weights, with those that somebody has decided in place of what was worked out."""
    if not len(decided.left):
        return bits
    low, high = np.minimum(decided.left, decided.right), np.maximum(decided.left, decided.right)
    known = low * length + high
    order = np.argsort(known, kind="stable")
    mine = np.minimum(left, right) * length + np.maximum(left, right)
    at = np.minimum(np.searchsorted(known[order], mine), len(known) - 1)
    found = known[order][at] == mine
    said = np.where(decided.same[order][at], SAME, DIFFERENT)
    return np.where(found, said, bits)


def within(order: Labels, bounds: Labels) -> tuple[Labels, Labels]:
    """Every pair within each cluster, cluster by cluster."""
    size = bounds[:, 1] - bounds[:, 0]
    found: tuple[Labels, Labels] = _within(order, bounds, int((size * (size - 1) // 2).sum()))
    return found


@compiled
def _within(order: Any, bounds: Any, total: int) -> Any:
    left, right = np.empty(total, np.int64), np.empty(total, np.int64)
    at = 0
    for n in range(len(bounds)):
        for i in range(bounds[n, 0], bounds[n, 1]):
            for j in range(i + 1, bounds[n, 1]):
                left[at], right[at] = order[i], order[j]
                at += 1
    return left, right


@compiled
def _components(length: int, left: Any, right: Any) -> Any:
    root = np.arange(length)
    for i in range(len(left)):
        a, b = find(root, left[i]), find(root, right[i])
        if a != b:
            root[max(a, b)] = min(a, b)
    for i in range(length):
        root[i] = find(root, i)
    return root


@compiled
def find(root: Any, a: int) -> int:
    """The root of a record; the way is shortened as it is gone."""
    while root[a] != a:
        root[a] = root[root[a]]
        a = root[a]
    return int(a)


def split(labels: Labels, order: Labels, bounds: Labels, bits: Labels, places: Any) -> None:
    """Split each cluster whose evidence is in conflict. `bits` are the weights of all pairs within, cluster by cluster."""
    size = bounds[:, 1] - bounds[:, 0]
    pairs = size * (size - 1) // 2
    begins = np.cumsum(pairs) - pairs
    if len(bits):
        torn = np.flatnonzero(np.minimum.reduceat(bits, begins) < 0)
        _split(labels, order, bounds[torn], begins[torn], bits, places)


@compiled
def _split(labels: Any, order: Any, bounds: Any, begins: Any, bits: Any, places: Any) -> None:
    for n in range(len(bounds)):
        rows = order[bounds[n, 0] : bounds[n, 1]]
        mine = bits[begins[n] : begins[n] + len(rows) * (len(rows) - 1) // 2]
        labels[rows] = rows[_gathered(mine, _by_weight(mine, places[rows]), len(rows))]


@compiled
def _by_weight(bits: Any, places: Any) -> Any:
    """The pairs of a cluster by falling weight, as places in two rows; among equals by the places of the records."""
    pairs = np.empty((3, len(bits)), np.int64)
    low, high, at = np.empty(len(bits), np.uint64), np.empty(len(bits), np.uint64), 0
    for i in range(len(places)):
        for j in range(i + 1, len(places)):
            pairs[0, at], pairs[1, at], pairs[2, at] = i, j, at
            low[at], high[at] = min(places[i], places[j]), max(places[i], places[j])
            at += 1
    ordered = np.argsort(high, kind="mergesort")
    ordered = ordered[np.argsort(low[ordered], kind="mergesort")]
    ordered = ordered[np.argsort(-bits[ordered], kind="mergesort")]
    return pairs[:, ordered]


@compiled
def _gathered(bits: Any, pairs: Any, size: int) -> Any:
    """The strongest pairs first: two groups become one unless the evidence between them, added up, is against it."""
    between = np.zeros((size, size), np.int64)
    at = 0
    for i in range(size):
        for j in range(i + 1, size):
            felt = bits[at] if bits[at] >= LEAST or bits[at] < UNDONE else LEAST
            between[i, j], between[j, i] = felt, felt
            at += 1
    root = np.arange(size)
    for n in range(pairs.shape[1]):
        a, b = find(root, pairs[0, n]), find(root, pairs[1, n])
        if bits[pairs[2, n]] < 0:
            break
        if a == b or between[a, b] < 0:
            continue
        low, high = min(a, b), max(a, b)
        root[high] = low
        for k in range(size):
            between[low, k] += between[high, k]
            between[k, low] = between[low, k]
    for i in range(size):
        root[i] = find(root, i)
    return root
