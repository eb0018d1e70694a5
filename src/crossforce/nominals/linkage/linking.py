"""All records linked at once: the pairs that may be one person, and the clusters that they make."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from crossforce.nominals.linkage.clusters import Decided, Labels, clustered
from crossforce.nominals.linkage.columns import Records, words_of
from crossforce.nominals.linkage.keys import numbers_of
from crossforce.nominals.linkage.model import Model, weight_of
from crossforce.nominals.linkage.scoring import Edges, linked, scorer


@dataclass(frozen=True)
class Decision:
    """What somebody decided of two records, which no weight outweighs: the same person, or not."""

    left: str
    right: str
    same: bool


@dataclass(frozen=True)
class Linked:
    """Links at or above review, and for each record the lowest row of its cluster. Nothing is merged."""

    ids: Sequence[str]
    edges: Edges
    labels: Labels

    @cached_property
    def clusters(self) -> frozenset[frozenset[str]]:
        """The clusters of two or more, by the records' ids."""
        order = np.argsort(self.labels, kind="stable")
        cuts = np.flatnonzero(np.diff(self.labels[order])) + 1
        groups = (rows for rows in np.split(order, cuts) if len(rows) > 1)
        return frozenset(frozenset(self.ids[row] for row in rows) for rows in groups)


def link(
    records: Records,
    model: Model,
    decisions: Iterable[Decision] = (),
    by: Callable[[Records, Model, float], Edges] = linked,
) -> Linked:
    """Link every record with every other that a rule of the model brings it together with; `by` finds the pairs."""
    edges = by(records, model, weight_of(model.reviewed_above))
    decided = rows_of(records.ids, decisions)
    labels = clustered(scorer(records, model), edges, places(records.ids), decided)
    return Linked(records.ids, edges, labels)


def places(ids: Sequence[str]) -> npt.NDArray[np.uint64]:
    """A number for each record made of its id alone, by which ties are broken alike in any order."""
    words = words_of(pa.array(ids, pa.string()))
    return numbers_of(words)


def rows_of(ids: Sequence[str], decisions: Iterable[Decision]) -> Decided:
    """The decisions by row; those about records that are not there wait until they are."""
    given = tuple(decisions)
    wanted = {id_ for each in given for id_ in (each.left, each.right)}
    at: dict[str, int] = (
        {id_: row for row, id_ in enumerate(ids) if id_ in wanted} if given else {}
    )
    known = [each for each in given if each.left in at and each.right in at]
    rows: Any = [[at[each.left], at[each.right]] for each in known]
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return Decided(pairs[:, 0], pairs[:, 1], np.array([each.same for each in known], bool))
