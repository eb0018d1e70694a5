"""Pairs of records that share a key: counted, and listed."""

from typing import Any

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.alike import compiled
from crossforce.nominals.linkage.keys import Keys

Rows = npt.NDArray[np.int64]


def blocks(keys: Keys) -> tuple[Rows, Rows]:
    """Rows that have a key in the order of their keys, and where each block of two or more begins and ends."""
    order = np.argsort(keys)
    order = order[np.searchsorted(keys[order], np.uint64(1)) :]
    ordered = keys[order]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    begins = np.concatenate([[0], edges]).astype(np.int64)
    ends = np.concatenate([edges, [len(ordered)]]).astype(np.int64)
    several = ends - begins > 1
    return order, np.column_stack([begins[several], ends[several]])


def sizes(keys: Keys) -> npt.NDArray[np.int64]:
    """How many records each block of two or more has."""
    ordered = np.sort(keys)
    ordered = ordered[np.searchsorted(ordered, np.uint64(1)) :]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    found = np.diff(np.concatenate([[0], edges, [len(ordered)]]))
    return found[found > 1]


def count(keys: Keys, *, most: int = 2**31) -> int:
    """How many pairs share a key; blocks with more than `most` records left out."""
    each = sizes(keys)
    each = each[each <= most]
    return int((each * (each - 1) // 2).sum())


def pairs(keys: Keys, *, files: Any = None, most: int = 2**62) -> tuple[Rows, Rows]:
    """The pairs that share a key, lower row first; blocks with more than `most` records left out."""
    order, bounds = blocks(keys)
    size = bounds[:, 1] - bounds[:, 0]
    bounds = bounds[size <= most]
    size = bounds[:, 1] - bounds[:, 0]
    left, right = _listed(order, bounds, int((size * (size - 1) // 2).sum()))
    if files is not None:
        apart = files[left] != files[right]
        left, right = left[apart], right[apart]
    return np.minimum(left, right), np.maximum(left, right)


@compiled
def _listed(order: Any, bounds: Any, total: int) -> Any:
    left, right = np.empty(total, np.int64), np.empty(total, np.int64)
    at = 0
    for b in range(len(bounds)):
        for i in range(bounds[b, 0], bounds[b, 1]):
            for j in range(i + 1, bounds[b, 1]):
                left[at], right[at] = order[i], order[j]
                at += 1
    return left, right


def random_pairs(length: int, number: int, seed: int, files: Any = None) -> tuple[Rows, Rows]:
    """Pairs of rows by chance; every pair there is when that is fewer."""
    if length * (length - 1) // 2 <= number:
        left, right = (side.astype(np.int64) for side in np.triu_indices(length, 1))
    else:
        chance = np.random.default_rng(seed)
        left = chance.integers(0, length, number)
        right = (left + 1 + chance.integers(0, length - 1, number)) % length
    if files is not None:
        apart = files[left] != files[right]
        left, right = left[apart], right[apart]
    return left, right
