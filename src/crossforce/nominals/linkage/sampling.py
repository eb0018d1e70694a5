"""Some of the records, with the key of each under every rule: what everything is measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from crossforce.nominals.linkage import grading, laying, pairing, working
from crossforce.nominals.linkage.columns import Records, words_of
from crossforce.nominals.linkage.keys import (
    LARGEST_BLOCK,
    Keys,
    Part,
    Rule,
    combined,
    part_values,
    parts_of,
    rules_of,
)
from crossforce.nominals.linkage.model import Floats, Grades

SEED: Final = 20_040_401
SAMPLE: Final = 60_000
SMALLEST_BOUND: Final = 30
AT_ONCE: Final = 25_000


@dataclass(frozen=True)
class Sample:
    """Some of the records, and the key of each under every rule that is measured."""

    records: Records
    of: int
    shares: tuple[Floats, ...]
    rules: tuple[Rule, ...]
    values: Mapping[Part, Keys]
    keys: tuple[Keys, ...]
    blocks: tuple[pairing.Blocks, ...]

    @cached_property
    def pairs(self) -> npt.NDArray[np.int64]:
        """How many pairs each rule brings together."""
        counted = [
            pairing.count(np.diff(bounds)[:, 0], most=self.largest) for _, bounds in self.blocks
        ]
        return np.array(counted, np.int64)

    @property
    def share(self) -> float:
        return len(self.records) / self.of

    @property
    def largest(self) -> int:
        """The largest block that brings records together, as it shows in the sample."""
        return max(int(LARGEST_BLOCK * self.share), SMALLEST_BOUND)


def sampled(records: Records, shares: Sequence[Floats]) -> Sample:
    """A sample of records of which the share of each value is known, with every rule's keys and whom they bring together."""
    few, known = records, tuple(shares)
    if len(records) > SAMPLE:
        chance = np.random.default_rng(SEED)
        rows = np.sort(chance.choice(len(records), SAMPLE, replace=False))
        few, used = _some(records, rows)
        known = tuple(each[mine] for each, mine in zip(shares, used, strict=True))
    values = {part: part_values(few, part) for part in parts_of(records.columns)}
    rules = tuple(rules_of(records.columns))
    keys = working.shared(combined, [([values[part] for part in rule],) for rule in rules])
    blocks = working.shared(pairing.blocks, [(each,) for each in keys])
    return Sample(few, len(records), known, rules, values, tuple(keys), tuple(blocks))


def _some(
    records: Records, rows: npt.NDArray[np.int64]
) -> tuple[Records, list[npt.NDArray[np.int64]]]:
    """Some of the records in numbers of the words that they have; and of each column which words these are."""
    codes, at = np.ascontiguousarray(records.codes[rows]), [id(each) for each in records.words]
    words, used = list(records.words), [np.zeros(0, np.int64)] * len(at)
    for place in dict.fromkeys(at):
        columns = [c for c, each in enumerate(at) if each == place]
        every = words[columns[0]]
        said = np.zeros(len(every) + 1, bool)
        said[codes[:, columns]] = True
        mine = np.flatnonzero(said[:-1])
        numbers = np.full(len(said), -1, np.int32)
        numbers[mine] = np.arange(len(mine))
        codes[:, columns] = numbers[codes[:, columns]]
        few = words_of(every.values.take(pa.array(mine)))
        for c in columns:
            words[c], used[c] = few, mine
    found = replace(
        records,
        ids=tuple(records.ids[row] for row in rows.tolist()),
        codes=codes,
        words=tuple(words),
        files=None if records.files is None else records.files[rows],
    )
    return found, used


def by_chance(sample: Sample) -> Floats:
    """How many pairs each rule would bring together if its parts had nothing to do with each other."""
    same = {part: _collision(values) for part, values in sample.values.items()}
    total = len(sample.records) * (len(sample.records) - 1) / 2
    return np.array([total * float(np.prod([same[p] for p in rule])) for rule in sample.rules])


def _collision(values: Keys) -> float:
    """How often two records share a part, the pair of a person's own records counted too."""
    return 2.0 * pairing.count(pairing.sizes(values)) / max(len(values) * (len(values) - 1), 1)


def grade(records: Records, texts: laying.Texts, left: Any, right: Any) -> Grades:
    """The level of each pair in each column."""
    each = (records.codes, texts.parts(), texts.rest)
    work = [
        (*each, left[i : i + AT_ONCE], right[i : i + AT_ONCE])
        for i in range(0, max(len(left), 1), AT_ONCE)
    ]
    return np.concatenate(working.shared(grading.grades, work))
