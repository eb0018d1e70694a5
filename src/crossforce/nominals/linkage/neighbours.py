"""The links of each record: those of the beginning in arrays, those that came later in a table."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.scoring import Edges


class Neighbours:
    """Who is linked with whom, and how strongly. Links of records that are gone stay, and nobody asks for them."""

    def __init__(self, length: int, edges: Edges) -> None:
        source = np.concatenate([edges.left, edges.right])
        order = np.argsort(source, kind="stable")
        self._other = np.concatenate([edges.right, edges.left])[order]
        self._weight = np.concatenate([edges.weight, edges.weight])[order]
        self._begin = np.searchsorted(source[order], np.arange(length + 1))
        self._later: dict[int, list[tuple[int, float]]] = {}

    def add(self, edges: Edges) -> None:
        rows = (edges.left.tolist(), edges.right.tolist(), edges.weight.tolist())
        for left, right, weight in zip(*rows, strict=True):
            self._later.setdefault(left, []).append((right, weight))
            self._later.setdefault(right, []).append((left, weight))

    def of(self, row: int) -> Iterator[tuple[int, float]]:
        """Each neighbour of a record, and the weight of the link."""
        if row + 1 < len(self._begin):
            part = slice(self._begin[row], self._begin[row + 1])
            yield from zip(self._other[part].tolist(), self._weight[part].tolist(), strict=True)
        yield from self._later.get(row, ())

    def among(self, rows: Iterable[int], at: dict[int, int]) -> Edges:
        """The links between some records, as places that `at` gives them."""
        found = [
            (at[row], at[other], weight)
            for row in rows
            for other, weight in self.of(row)
            if row < other and other in at
        ]
        left, right, weights = zip(*found, strict=True) if found else ((), (), ())
        return Edges(np.array(left, np.int32), np.array(right, np.int32), _floats(weights))

    def all_of(self, at: npt.NDArray[np.int64]) -> Edges:
        """All links of records that are there still, as the places that `at` gives them; it is -1 where one is gone."""
        first = np.repeat(np.arange(len(self._begin) - 1), np.diff(self._begin))
        later = [
            (row, other, weight)
            for row, found in self._later.items()
            for other, weight in found
        ]
        more = np.array(later, np.float64).reshape(-1, 3).T
        left = np.concatenate([first, more[0].astype(np.int64)])
        right = np.concatenate([self._other, more[1].astype(np.int64)])
        weight = np.concatenate([self._weight, more[2]])
        kept = (left < right) & (at[left] >= 0) & (at[right] >= 0)
        left, right = at[left[kept]], at[right[kept]]
        return Edges(left.astype(np.int32), right.astype(np.int32), weight[kept])


def _floats(weights: Iterable[float]) -> npt.NDArray[np.float64]:
    return np.array(list(weights), np.float64)
