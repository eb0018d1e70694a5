"""Some of the records, with the key of each under every rule: what everything is measured on."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import grading, laying, pairing, working
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.keys import Rule, combined, part_values, parts_of, rules_of
from crossforce.nominals.linkage.model import Floats, Grades

SEED: Final = 20_040_401
SAMPLE: Final = 60_000
LARGEST_BLOCK: Final = 3_000
"""Of all records: a key that more of them share brings nobody together."""
SMALLEST_BOUND: Final = 30
AT_ONCE: Final = 50_000


@dataclass(frozen=True)
class Sample:
    """Some of the records, and the key of each under every rule that is measured."""

    records: Records
    of: int
    rules: tuple[Rule, ...]
    keys: tuple[npt.NDArray[np.uint64], ...]
    pairs: npt.NDArray[np.int64]

    @property
    def share(self) -> float:
        return len(self.records) / self.of

    @property
    def largest(self) -> int:
        """The largest block that brings records together, as it shows in the sample."""
        return max(int(LARGEST_BLOCK * self.share), SMALLEST_BOUND)


def sampled(records: Records) -> Sample:
    """A sample of the records with every rule's keys, and how many pairs each rule brings together in it."""
    rows = np.arange(len(records))
    if len(rows) > SAMPLE:
        rows = np.sort(np.random.default_rng(SEED).choice(rows, SAMPLE, replace=False))
    few = replace(
        records,
        ids=tuple(records.ids[row] for row in rows),
        codes=np.ascontiguousarray(records.codes[rows]),
        files=None if records.files is None else records.files[rows],
    )
    values = {part: part_values(few, part) for part in parts_of(records.columns)}
    rules = tuple(rules_of(records.columns))
    keys = tuple(combined([values[part] for part in rule]) for rule in rules)
    found = Sample(few, len(records), rules, keys, np.zeros(0, np.int64))
    counted = [pairing.count(each, most=found.largest) for each in keys]
    return replace(found, pairs=np.array(counted, np.int64))


def by_chance(sample: Sample) -> Floats:
    """How many pairs each rule would bring together if its parts had nothing to do with each other."""
    values = {part for rule in sample.rules for part in rule}
    same = {part: _collision(part_values(sample.records, part)) for part in values}
    total = len(sample.records) * (len(sample.records) - 1) / 2
    return np.array([total * float(np.prod([same[p] for p in rule])) for rule in sample.rules])


def _collision(values: npt.NDArray[np.uint64]) -> float:
    """How often two records share a part, the pair of a person's own records counted too."""
    return 2.0 * pairing.count(values) / max(len(values) * (len(values) - 1), 1)


def grade(records: Records, texts: laying.Texts, left: Any, right: Any) -> Grades:
    """The level of each pair in each column."""
    each = (records.codes, texts.parts(), texts.rest)
    work = [
        (*each, left[i : i + AT_ONCE], right[i : i + AT_ONCE])
        for i in range(0, max(len(left), 1), AT_ONCE)
    ]
    return np.concatenate(working.shared(grading.grades, work))
