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


def _floats(weights: Iterable[float]) -> npt.NDArray[np.float64]:
    return np.array(list(weights), np.float64)
