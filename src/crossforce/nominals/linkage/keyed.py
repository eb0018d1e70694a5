"""Under which keys each record stands, by what it says first and by what it says besides; and who meets by the latter."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import working
from crossforce.nominals.linkage.alike import bare, inlined
from crossforce.nominals.linkage.columns import Records, bundles
from crossforce.nominals.linkage.keys import LARGEST_BLOCK, Keys, columns_of, rule_keys
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.others import combined
from crossforce.nominals.linkage.pairing import blocks
from crossforce.nominals.linkage.working import Answer

Rows = npt.NDArray[np.int64]


def keys_of(records: Records, model: Model) -> list[Keys]:
    """The key of each record under each rule, 0 where it has none or too many share it."""
    return _by_rule(_keys, records, model)


def other_keys_of(records: Records, model: Model) -> list[tuple[Rows, Keys]]:
    """Under each rule the keys of what records say besides, each with its record."""
    return _by_rule(_others, records, model)


def every_key(records: Records, model: Model) -> Iterator[tuple[Keys, Rows]]:
    """Under each rule every key, by what is said first and besides, and beside it the record."""
    every, first = np.arange(len(records)), keys_of(records, model)
    for keys, (rows, more) in zip(first, other_keys_of(records, model), strict=True):
        yield np.concatenate([keys, more]), np.concatenate([every, rows])


def _by_rule(function: Callable[..., Answer], records: Records, model: Model) -> list[Answer]:
    work = [(records, model, rule) for rule in range(len(model.rules))]
    return working.shared(function, work, rows=len(records))


def barring(model: Model, records: Records) -> Model:
    """The model with those keys barred as well that too many of these records share by all that they say: a prison, a hostel."""
    if records.others is None:
        return model
    stand = zip(model.barred, every_key(records, model), strict=True)
    barred = tuple(np.union1d(before, _crowded(*each)) for before, each in stand)
    return replace(model, barred=barred)


def _crowded(keys: Keys, rows: Rows) -> Keys:
    """Keys under which more records stand than meet."""
    order, bounds = blocks(keys)
    large = bounds[np.diff(bounds)[:, 0] > LARGEST_BLOCK].tolist()
    several = [np.unique(rows[order[begin:end]]) for begin, end in large]
    many = [
        begin
        for (begin, _), each in zip(large, several, strict=True)
        if len(each) > LARGEST_BLOCK
    ]
    found: Keys = keys[order[many]] if many else np.zeros(0, np.uint64)
    return found


def blocks_of(records: Records, model: Model, keys: Any) -> Iterator[tuple[Rows, Rows]]:
    """Under each rule the records in the order of all their keys, and where each block of two or more begins and ends."""
    every = np.arange(len(records))
    for rule, (rows, more) in enumerate(other_keys_of(records, model)):
        order, bounds = blocks(np.concatenate([keys[:, rule], more]))
        yield np.concatenate([every, rows])[order], bounds


def pairs(order: Any, bounds: Any, has: Any, files: Any, keys: Any, rule: int) -> Any:
    """The pairs of these pieces of blocks of which one `has` more to say and that no earlier rule brought together by what they say first."""
    given = (order, bounds, has, files, keys, rule)
    found = np.empty((2, _pairs(*given, np.empty((2, 0), np.int64))), np.int64)
    _pairs(*given, found)
    return found


def once(left: Any, right: Any, weight: Any) -> tuple[Any, Any, Any]:
    """Each pair once, however often it met."""
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    new = np.ones(len(order), bool)
    new[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return left[new], right[new], weight[order][new]


def _keys(records: Records, model: Model, rule: int) -> Keys:
    found = rule_keys(records, model.rules[rule])
    barred = model.barred[rule]
    if len(barred):
        at = np.minimum(np.searchsorted(barred, found), len(barred) - 1)
        found[barred[at] == found] = 0
    return found


def _others(records: Records, model: Model, rule: int) -> tuple[Rows, Keys]:
    if records.others is None:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    of = bundles(records.columns)
    wanted = frozenset(int(of[c]) for c in columns_of(model.rules[rule]))
    rows, codes = combined(records.codes, records.others, of, wanted)
    return rows, _keys(replace(records, codes=codes), model, rule)


@bare
def _pairs(
    order: Any, bounds: Any, has: Any, files: Any, keys: Any, rule: int, found: Any
) -> int:
    """How many pairs these are; where there is room, they are put there."""
    at = 0
    for n in range(len(bounds)):
        for i in range(bounds[n, 0], bounds[n, 1]):
            for j in range(i + 1, bounds[n, -1]):
                a, b = min(order[i], order[j]), max(order[i], order[j])
                if a == b or not (has[a] or has[b]):
                    continue
                if len(files) and files[a] == files[b]:
                    continue
                if met_before(keys, a, b, rule):
                    continue
                if found.shape[1]:
                    found[0, at], found[1, at] = a, b
                at += 1
    return at


@inlined
def met_before(keys: Any, a: int, b: int, rule: int) -> bool:
    """Whether an earlier rule brings the two together."""
    r = 0
    while r < rule and (keys[a, r] != keys[b, r] or keys[a, r] == 0):
        r += 1
    return r < rule
