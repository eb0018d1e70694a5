"""Days of birth that are known in part: what the same year, or year and month, is worth follows from the whole days.

So few records say no more than a year that they would teach nothing; and a model has to know what it is worth before one comes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossforce.nominals.linkage.columns import Records, Role
from crossforce.nominals.linkage.levels import PARTS, SELDOM
from crossforce.nominals.linkage.model import Floats, Model

WHOLE: Final = 8
SLIP, TWO, YEAR, DIFFERENT = 5, 4, 3, 0
"""The levels of whole days, by number: one slip, two parts the same, the same year alone, and none of these."""


def within(records: Records, shares: Sequence[Floats]) -> tuple[Floats, ...]:
    """The share of each value: a part of a day is as common as all the days within it."""
    return tuple(
        _with_parts(words.values, each) if column.role is Role.BIRTH else each
        for column, words, each in zip(records.columns, records.words, shares, strict=True)
    )


def _with_parts(values: pa.Array, shares: Floats) -> Floats:
    found, is_whole = shares.copy(), pc.equal(pc.utf8_length(values), WHOLE)
    whole = shares[is_whole.to_numpy(zero_copy_only=False)]
    for known in PARTS:
        parts, sums = _by_part(values.filter(is_whole), whole, known)
        at = pc.index_in(values, parts).fill_null(-1).to_numpy(zero_copy_only=False)
        found[at >= 0] = np.minimum(found[at >= 0] + sums[at[at >= 0]], 1.0)
    return found


def told(model: Model, records: Records, shares: Sequence[Floats]) -> Model:
    """The model, learnt of these records, with what the same year, and the same year and month, are worth of a day that is known in part."""
    m, u = list(model.m), list(model.u)
    for c, column in enumerate(model.columns):
        if column.role is not Role.BIRTH:
            continue
        mine, theirs = list(m[c]), list(u[c])
        astray = (mine[SLIP] + mine[TWO]) / 3  # as often in the year as in the month or the day
        same = {
            4: 1 - mine[DIFFERENT] - astray,
            6: 1 - mine[DIFFERENT] - mine[YEAR] - 2 * astray,
        }
        for level, known in enumerate(PARTS, 1):
            mine[level] = SELDOM * max(same[known], 0.5)
            theirs[level] = SELDOM * _chance(records.words[c].values, shares[c], known)
        m[c], u[c] = tuple(mine), tuple(theirs)
    return replace(model, m=tuple(m), u=tuple(u))


def _chance(values: pa.Array, shares: Floats, known: int) -> float:
    """How often two people were born in one year, or one month."""
    is_whole = pc.equal(pc.utf8_length(values), WHOLE)
    shares = shares[is_whole.to_numpy(zero_copy_only=False)]
    if not len(shares):
        return 1.0
    _, sums = _by_part(values.filter(is_whole), shares / shares.sum(), known)
    return float((sums**2).sum())


def _by_part(values: pa.Array, seen: Any, known: int) -> tuple[pa.Array, Any]:
    """Each year, or year and month, and how often it was seen."""
    packed = pc.utf8_slice_codeunits(values, 0, known).dictionary_encode()
    sums = np.bincount(
        packed.indices.to_numpy(zero_copy_only=False), seen, minlength=len(packed.dictionary)
    )
    return packed.dictionary, sums
