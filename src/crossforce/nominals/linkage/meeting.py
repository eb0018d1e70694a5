"""Which records meet a new one: the same keys as when all are linked at once, looked up instead of sorted."""

from typing import Any

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.keyed import every_key
from crossforce.nominals.linkage.keys import Keys
from crossforce.nominals.linkage.model import Model

Rows = npt.NDArray[np.int64]


class Meeting:
    """The rows under each key of each rule: those of the beginning sorted, those that came later in a table."""

    def __init__(self, records: Records, model: Model) -> None:
        self._model = model
        self._sorted: list[tuple[Keys, npt.NDArray[np.int32]]] = []
        for keys, rows in every_key(records, model):
            order = np.argsort(keys)
            order = order[np.searchsorted(keys[order], np.uint64(1)) :]
            self._sorted.append((keys[order], rows[order].astype(np.int32)))
        self._later: list[dict[int, list[int]]] = [{} for _ in model.rules]

    def add(self, records: Records, first: int) -> tuple[Rows, Rows]:
        """Take in more records, whose rows begin at `first`; answers each pair that they make, the lower row first."""
        left, right = [], []
        for (known, order), later, (keys, rows) in zip(
            self._sorted, self._later, every_key(records, self._model), strict=True
        ):
            there = keys > 0
            keys, rows = keys[there], rows[there]
            mine, others = _ranges(known, order, keys)
            left.append(others)
            right.append(rows[mine] + first)
            pairs = _among_later(later, keys, rows, first)
            left.append(pairs[:, 0])
            right.append(pairs[:, 1])
        return _each_once(np.concatenate(left), np.concatenate(right))


def _ranges(known: Keys, order: Any, keys: Keys) -> tuple[Rows, Rows]:
    """For each key the rows that have it, as places in `keys` beside rows."""
    begin = np.searchsorted(known, keys, "left")
    size = np.searchsorted(known, keys, "right") - begin
    mine = np.repeat(np.arange(len(keys)), size)
    within = np.arange(len(mine)) - np.repeat(np.cumsum(size) - size, size)
    return mine, order[np.repeat(begin, size) + within].astype(np.int64)


def _among_later(later: dict[int, list[int]], keys: Keys, rows: Rows, first: int) -> Rows:
    """The pairs with records that came later, each other included; and the new ones are put to them."""
    found: list[tuple[int, int]] = []
    for row, key in zip(rows.tolist(), keys.tolist(), strict=True):
        there = later.setdefault(key, [])
        found.extend(_in_order(other, row + first) for other in there if other != row + first)
        there.append(row + first)
    return np.array(found, np.int64).reshape(-1, 2)


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _each_once(left: Rows, right: Rows) -> tuple[Rows, Rows]:
    order = np.lexsort((left, right))
    left, right = left[order], right[order]
    new = np.ones(len(left), bool)
    new[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return left[new], right[new]
