"""How well clusters say what is one person, by the pairs of records that stand in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Score:
    """Of the pairs that were put together, how many are one person; of those that are, how many were."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2.0 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}, recall {self.recall:.4f}"


def score(labels: Labels, truth: Sequence[str] | Sequence[int] | Labels) -> Score:
    """The clusters against the people: one label and one person a record."""
    said, real = (
        np.unique(np.asarray(each), return_inverse=True)[1] for each in (labels, truth)
    )
    both = said.astype(np.int64) * (int(real.max()) + 1) + real
    hit, put, true = (_pairs(each) for each in (both, said, real))
    return Score(hit / put if put else 1.0, hit / true if true else 1.0)


def _pairs(groups: Labels) -> int:
    """How many pairs stand within the groups."""
    size = np.unique(groups, return_counts=True)[1]
    return int((size * (size - 1) // 2).sum())
