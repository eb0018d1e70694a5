"""The weight of pairs, fast: a pair is dropped as soon as nothing that is left to compare could lift it to the floor.

Most pairs of a block agree on the key and on nothing else. Their codes tell that without reading a letter, and what
the open columns could be worth at most is known. Only pairs that may still reach the floor are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import keyed, laying, pairing, several, weighing, working
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.keyed import keys_of
from crossforce.nominals.linkage.model import Floats, Model, weight_of
from crossforce.nominals.linkage.several import Sayings

Rows = npt.NDArray[np.int32]
Each = tuple[Rows, Rows, Floats]
AT_ONCE: Final = 1_000_000
"""Pairs of one piece of work: what may be kept of them has its place beforehand."""
LISTED: Final = 100_000
"""And of a piece of pairs that are given one by one: most of them are kept."""
NOTHING: Final = np.zeros(0, np.int32)


@dataclass(frozen=True)
class Edges:
    """Pairs of rows with their weight; the lower row first, each pair once."""

    left: Rows
    right: Rows
    weight: Floats

    def __len__(self) -> int:
        return len(self.left)

    @property
    def each(self) -> Each:
        return self.left, self.right, self.weight

    def at_least(self, weight: float) -> "Edges":
        kept = self.weight >= weight
        return Edges(self.left[kept], self.right[kept], self.weight[kept])


@dataclass(frozen=True)
class Scorer:
    """A model and records made ready for the loops."""

    codes: Any
    model: Model
    parts: tuple[Any, ...]
    rest: tuple[Any, ...]
    table: tuple[Any, ...]
    sayings: Sayings | None = None

    @property
    def floor(self) -> float:
        """The least weight of a link."""
        return weight_of(self.model.reviewed_above)

    def weigh(self, left: Any, right: Any, floor: float = -np.inf) -> Edges:
        """The weight of these pairs; those below the floor are left out."""
        if self.sayings is None or not len(left):
            return self._first(left, right, floor)
        is_several = self.sayings.several(left) | self.sayings.several(right)
        first = self._first(left[~is_several], right[~is_several], -np.inf)
        found = np.empty(len(left))
        found[~is_several] = first.weight
        found[is_several] = several.weigh(
            self, self.sayings, left[is_several], right[is_several], floor
        )
        given = Edges(left.astype(np.int32), right.astype(np.int32), found)
        return given.at_least(floor)

    def _first(self, left: Any, right: Any, floor: float) -> Edges:
        """The weight of pairs by what both say first."""
        cuts = range(0, max(len(left), 1), LISTED)
        work = [
            (self.codes, self.parts, self.rest, self.table, left[i : i + LISTED],
             right[i : i + LISTED], floor)
            for i in cuts
        ]  # fmt: skip
        return joined(working.shared(_listed, work))


def scorer(records: Records, model: Model) -> Scorer:
    """What the loops need, worked out once."""
    texts = laying.texts(records, model.comparisons)
    said = None if records.others is None else Sayings.laid(records.others, records.columns)
    return Scorer(
        records.codes, model, texts.parts(), texts.rest, _table(records, model, texts), said
    )


def _table(records: Records, model: Model, texts: laying.Texts) -> tuple[Any, ...]:
    """What every agreement is worth, and what a column that differs is worth at most."""
    weights = model.weights
    most, lesser = np.empty(len(model.columns)), np.empty(len(model.columns))
    highest, upper = np.zeros_like(weights), np.zeros_like(weights)
    for c, comparison in enumerate(model.comparisons):
        blocks = weights[c, : len(comparison.levels)].reshape(-1, comparison.own)
        below = blocks[:, : comparison.exact].max()
        highest[c, : comparison.own] = blocks.max(axis=0)
        least = 0.0 if comparison.partner >= 0 or comparison.follows else -np.inf
        most[c] = max(below, least)
        lesser[c] = max(blocks[:, : max(comparison.exact - 1, 1)].max(), least)
        upper[c, : comparison.own] = np.maximum.accumulate(highest[c, : comparison.own])
        if comparison.partner >= 0 or comparison.follows:
            upper[c] = np.maximum(upper[c], 0.0)
    worth, first = model.rarity(records)
    known = np.array([len(words) for words in records.words])
    rare = np.array(
        [np.log2(model.chance(c) / each.rarest) for c, each in enumerate(model.common)]
    )
    exactly = weights[np.arange(len(weights)), texts.exact]
    given = (weights, worth, first, known, rare, most, lesser, exactly, model.start)
    return (*given, _cheap_first(records, texts), highest, upper)


def _cheap_first(records: Records, texts: laying.Texts) -> Any:
    """The columns in the order in which they are read: short values first, addresses last."""
    cost = [len(words.text) / max(len(words), 1) for words in records.words]
    late = {laying.ALIKE: 100, laying.CALLED: 100, laying.ADDRESS: 200}
    last = [
        each + late.get(kind, 0) for each, kind in zip(cost, texts.kinds.tolist(), strict=True)
    ]
    return np.argsort(np.array(last))


def linked(records: Records, model: Model, floor: float) -> Edges:
    """Every pair that a rule brings together and that weighs at least `floor`."""
    ready = scorer(records, model)
    keys = keys_of(records, model)
    matrix = np.ascontiguousarray(np.column_stack(keys))
    sorted_out = working.shared(pairing.blocks, [(each,) for each in keys])
    del keys
    files = NOTHING if records.files is None else records.files
    given = (records.codes, ready.parts, ready.rest, ready.table, floor)
    work = [
        (order, piece, matrix, r, files, *given)
        for r, (order, bounds) in enumerate(sorted_out)
        for piece in pairing.pieces(bounds, AT_ONCE)
    ]
    found = joined(working.shared(_blocked, work))
    return (
        found if ready.sayings is None else _with_others(records, ready, matrix, floor, found)
    )


def _with_others(
    records: Records, ready: Scorer, keys: Any, floor: float, found: Edges
) -> Edges:
    """The pairs with those of records that say several things in place of what was found by what they say first."""
    others, sayings = records.others, ready.sayings
    assert others is not None
    assert sayings is not None
    files = NOTHING if records.files is None else records.files

    def weighed(order: Any, bounds: Any, rule: int) -> Any:
        left, right = keyed.pairs(order, bounds, others.has, files, keys, rule)
        weights = several.weigh(ready, sayings, left, right, floor)
        kept = weights >= floor
        return left[kept].astype(np.int32), right[kept].astype(np.int32), weights[kept]

    work = [
        (order, piece, rule)
        for rule, (order, bounds) in enumerate(keyed.blocks_of(records, ready.model, keys))
        for piece in pairing.pieces(bounds, AT_ONCE)
    ]
    met = joined([weighed(*each) for each in work])
    alone = ~(others.has[found.left] | others.has[found.right])
    first = (found.left[alone], found.right[alone], found.weight[alone])
    return joined([first, keyed.once(met.left, met.right, met.weight)])


def joined(found: Sequence[Each]) -> Edges:
    """All of these as one."""
    if not found:
        return Edges(NOTHING, NOTHING, np.zeros(0))
    return Edges(*(np.concatenate([each[i] for each in found]) for i in range(3)))


def _listed(
    codes: Any, parts: Any, rest: Any, table: Any, left: Any, right: Any, floor: float
) -> Any:
    place = _room(len(left), codes.shape[1])
    return _kept(place, weighing.listed(codes, parts, rest, table, left, right, floor, *place))


def _blocked(  # noqa: PLR0913 - what the loop needs
    order: Any, bounds: Any, keys: Any, rule: int, files: Any,
    codes: Any, parts: Any, rest: Any, table: Any, floor: float,
) -> Any:  # fmt: skip
    """The pairs of these blocks that no earlier rule has brought together, with their weight."""
    bounds, first = bounds - bounds[0, 0], bounds[0, 0]
    order = order[first : first + bounds[-1, -1]]
    near = np.take(codes, order, axis=0)
    place = _room(int(pairing.counted(bounds).sum()), codes.shape[1])
    return _kept(
        place,
        weighing.blocked(
            order, bounds, keys, rule, files, codes, near, parts, rest, table, floor, *place
        ),
    )


def _room(pairs: int, columns: int) -> tuple[Any, Any, Any]:
    return np.empty((2, pairs), np.int32), np.empty(pairs), np.empty((2, columns))


def _kept(place: tuple[Any, Any, Any], kept: int) -> tuple[Any, Any, Any]:
    rows, weights, _ = place
    return rows[0, :kept].copy(), rows[1, :kept].copy(), weights[:kept].copy()
