"""Pairs of records that share a key: counted, and listed."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.alike import compiled
from crossforce.nominals.linkage.keys import Keys

Rows = npt.NDArray[np.int64]
Blocks = tuple[Any, Rows]
FEW: Final = 24
"""So many rows are put in order by moving each to its place."""


def blocks(keys: Keys) -> Blocks:
    """Rows that share their key with others, block by block, and where each block begins and ends."""
    order, size = _grouped(keys)
    ends = np.cumsum(size, dtype=np.int64)
    return order, np.column_stack([ends - size, ends])


def _grouped(keys: Keys) -> tuple[Any, Any]:
    """Rows in the order of their keys, those of a key of their own left out; and how many have each key."""
    bits = max(len(keys) - 1, 1).bit_length()
    found: tuple[Any, Any] = _runs(*_placed(keys, np.uint64(64 - bits), 1 << bits))
    return found


@compiled
def _placed(keys: Any, away: Any, places: int) -> Any:
    """Rows and their keys in the order of the first bits of the keys, and where each place ends.

    Keys are spread evenly, so that few stand in one place.
    """
    ends = np.zeros(places + 1, np.int64)
    for key in keys:
        if key:
            ends[(key >> away) + np.uint64(1)] += 1
    ends = np.cumsum(ends)
    order, ordered = np.empty(ends[-1], np.int32), np.empty(ends[-1], np.uint64)
    for i in range(len(keys)):
        if keys[i]:
            at = keys[i] >> away
            order[ends[at]], ordered[ends[at]] = i, keys[i]
            ends[at] += 1
    return order, ordered, ends


@compiled
def _runs(order: Any, ordered: Any, ends: Any) -> Any:
    size, kept, blocks, begin = np.empty(len(order) // 2, np.int64), 0, 0, 0
    for at in range(len(ends) - 1):
        _sort(order, ordered, begin, ends[at])
        while begin < ends[at]:
            end = begin + 1
            while end < ends[at] and ordered[end] == ordered[begin]:
                end += 1
            if end - begin > 1:
                order[kept : kept + end - begin] = order[begin:end]
                size[blocks] = end - begin
                kept, blocks = kept + end - begin, blocks + 1
            begin = end
    return order[:kept].copy(), size[:blocks].copy()


@compiled
def _sort(order: Any, ordered: Any, begin: int, end: int) -> None:
    """Put the rows from one place to another in the order of their keys, and then of their own."""
    if end - begin > FEW:
        by = np.argsort(ordered[begin:end], kind="mergesort")
        order[begin:end], ordered[begin:end] = order[begin:end][by], ordered[begin:end][by]
        return
    for i in range(begin + 1, end):
        row, key, j = order[i], ordered[i], i
        while j > begin and ordered[j - 1] > key:
            order[j], ordered[j] = order[j - 1], ordered[j - 1]
            j -= 1
        order[j], ordered[j] = row, key


def sizes(keys: Keys) -> npt.NDArray[np.int64]:
    """How many records each block of two or more has."""
    found: npt.NDArray[np.int64] = _grouped(keys)[1]
    return found


def count(size: npt.NDArray[np.int64], *, most: int = 2**31) -> int:
    """How many pairs blocks of these sizes have; those with more than `most` records left out."""
    size = size[size <= most]
    return int((size * (size - 1) // 2).sum())


def pieces(bounds: Rows, pairs: int) -> list[Rows]:
    """Blocks in pieces of about so many pairs. A large one is in several: where its rows begin and stop, and where the block ends."""
    size = bounds[:, 1] - bounds[:, 0]
    large = size * (size - 1) // 2 > pairs
    if large.any():
        small = bounds[~large][:, [0, 1, 1]]
        cut = [_cut(begin, end, pairs) for begin, end in bounds[large].tolist()]
        bounds = np.concatenate([small, *cut])
        bounds = bounds[np.argsort(bounds[:, 0])]
    total = np.cumsum(counted(bounds))
    if not len(total):
        return []
    cuts = np.searchsorted(total, np.arange(pairs, total[-1] + pairs, pairs)) + 1
    ends = np.unique(np.minimum(cuts, len(total)))
    return np.split(bounds, ends[:-1])


def _cut(begin: int, end: int, pairs: int) -> Rows:
    begins = np.arange(begin, end, max(pairs // (end - begin), 1))
    return np.column_stack([begins, np.append(begins[1:], end), np.full(len(begins), end)])


def counted(piece: Rows) -> npt.NDArray[np.int64]:
    """How many pairs each row of a piece stands for."""
    begin, stop, end = piece[:, 0], piece[:, 1], piece[:, -1]
    found: npt.NDArray[np.int64] = (stop - begin) * (2 * end - begin - stop - 1) // 2
    return found


def pairs(blocks: Blocks, *, files: Any = None, most: int = 2**62) -> tuple[Rows, Rows]:
    """The pairs within blocks, lower row first; blocks with more than `most` records left out."""
    order, bounds = blocks
    size = bounds[:, 1] - bounds[:, 0]
    bounds = bounds[size <= most]
    size = bounds[:, 1] - bounds[:, 0]
    left, right = _listed(order, bounds, int((size * (size - 1) // 2).sum()))
    if files is not None:
        apart = files[left] != files[right]
        left, right = left[apart], right[apart]
    return left, right


@compiled
def _listed(order: Any, bounds: Any, total: int) -> Any:
    left, right = np.empty(total, np.int64), np.empty(total, np.int64)
    at = 0
    for b in range(len(bounds)):
        for i in range(bounds[b, 0], bounds[b, 1]):
            for j in range(i + 1, bounds[b, 1]):
                left[at], right[at] = min(order[i], order[j]), max(order[i], order[j])
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
