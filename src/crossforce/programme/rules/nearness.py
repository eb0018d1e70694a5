"""Which pairs of very many entries are worth a look: by whole tables of scores, not pair by pair.

The scores are those of `likeness.likeness`; a register whose entries are all alike has millions of pairs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist, cpdist

from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.register import Entry

ROWS: Final = 256
Hits = tuple[Any, Any, Any]
"""Scores, and the places of both of each pair."""


def nearest(
    entries: Sequence[Entry], shelves: Iterable[Sequence[int]], figures: Figures, most: int
) -> list[tuple[int, int]]:
    """Of pairs that stand on a shelf together those that are duplicates or overlap, the most alike first."""
    tables = _Tables(entries, figures)
    references = sorted({each.reference for each in entries})
    rank = {reference: place for place, reference in enumerate(references)}
    ranks = np.array([rank[each.reference] for each in entries], np.int64)
    best: Hits = (np.array([], np.int64),) * 3
    for hits in chain.from_iterable(map(tables.hits, shelves)):
        best = _best([best, hits], ranks, most)
    return list(zip(best[1].tolist(), best[2].tolist(), strict=True))


def _best(several: Sequence[Hits], ranks: Any, most: int) -> Hits:
    """The best of these, each pair once."""
    score, one, other = (np.concatenate(each) for each in zip(*several, strict=True))
    order = np.lexsort((ranks[other], ranks[one], -score))
    keys = one[order] * len(ranks) + other[order]
    _, first = np.unique(keys, return_index=True)
    kept = order[np.sort(first)[:most]]
    return score[kept], one[kept], other[kept]


class _Tables:
    """What the scores are worked out from: words, functions and forces of every entry."""

    def __init__(self, entries: Sequence[Entry], figures: Figures) -> None:
        self.figures = figures
        self.titles = [" ".join(sorted(plain(each.title).split())) for each in entries]
        self.words = [plain(each.description) for each in entries]
        self.is_described = np.array([bool(each.description) for each in entries])
        codes = {code: n for n, code in enumerate(sorted({e.function for e in entries}))}
        self.functions = np.array([codes[each.function] for each in entries])
        self.has_function = np.array([bool(each.function) for each in entries])
        forces = {
            code: n for n, code in enumerate(sorted({f for e in entries for f in e.forces}))
        }
        self.forces = np.zeros((len(entries), len(forces) or 1), np.float32)
        for place, entry in enumerate(entries):
            self.forces[place, [forces[code] for code in entry.forces]] = 1
        least = min(figures.duplicate_from, figures.overlap_from) - 1
        weight = figures.title_weight
        self.cutoff = max((least - (100 - weight)) * 100 / weight, 1)

    def hits(self, places: Sequence[int]) -> Iterator[Hits]:
        """The pairs of a shelf, some rows of the table after others."""
        shelf = np.array(places, np.int64)
        for start in range(0, len(shelf), ROWS):
            rows, columns = shelf[start : start + ROWS], shelf[start:]
            titles = cdist(
                [self.titles[each] for each in rows],
                [self.titles[each] for each in columns],
                scorer=fuzz.ratio,
                score_cutoff=self.cutoff,
                dtype=np.float64,
            )
            at, to = np.nonzero(np.triu(titles, 1))
            common = self.forces[rows] @ self.forces[columns].T
            yield self._worth(titles[at, to], rows[at], columns[to], common[at, to] > 0)

    def _worth(self, titles: Any, one: Any, other: Any, has_common: Any) -> Hits:
        score = np.rint(titles)
        both = np.nonzero(self.is_described[one] & self.is_described[other])[0]
        if len(both):
            words = cpdist(
                [self.words[each] for each in one[both]],
                [self.words[each] for each in other[both]],
                scorer=fuzz.token_set_ratio,
                dtype=np.float64,
            )
            weight = self.figures.title_weight
            score[both] = np.rint((weight * titles[both] + (100 - weight) * words) / 100)
        is_same = self.has_function[one] & (self.functions[one] == self.functions[other])
        overlaps = is_same & has_common & (score >= self.figures.overlap_from)
        kept = (score >= self.figures.duplicate_from) | overlaps
        return score[kept].astype(np.int64), one[kept], other[kept]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The words of a text, without case and signs."""
    return " ".join(re.findall(r"\w+", text.casefold()))
