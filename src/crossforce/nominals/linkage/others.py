"""What a record says besides what it says first: other names, another day of birth, former addresses, more numbers of one kind.

Columns that belong together are a bundle, and are said together: a surname with its forename, a postcode with its house. A record's
other sayings are rows of codes, each with the columns of one bundle alone, so that nobody is made of one name and the address of another.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
MOST: Final = 8
"""Other sayings of a record in one bundle: what comes after is neither compared nor looked up."""


@dataclass(frozen=True)
class Others:
    """Other sayings, record by record and bundle by bundle; those of record n stand from `begin[n]` to `begin[n + 1]`."""

    codes: Codes
    bundle: Places
    begin: Places

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def has(self) -> npt.NDArray[np.bool_]:
        """Whether each record says anything besides."""
        return self.begin[1:] > self.begin[:-1]

    @property
    def owners(self) -> Places:
        """The record of each row."""
        return np.repeat(np.arange(len(self.begin) - 1), np.diff(self.begin))

    def of(self, rows: Places) -> "Others":
        """Those of some records, in their order."""
        size = self.begin[rows + 1] - self.begin[rows]
        ends = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
        at = np.repeat(self.begin[rows] - ends[:-1], size) + np.arange(ends[-1])
        return Others(np.ascontiguousarray(self.codes[at]), self.bundle[at], ends)


def none(records: int, columns: int) -> Others:
    """Of so many records, none of which says anything besides."""
    nothing = np.empty((0, columns), np.int32)
    return Others(nothing, np.zeros(0, np.int64), np.zeros(records + 1, np.int64))


def others_of(first: Codes, rows: Codes, owners: Places, bundles: Places) -> Others:
    """The other sayings of records, of rows that say anything of one: what it says first, or twice, is none."""
    codes, bundle, owner = [], [], []
    for number in range(int(bundles.max()) + 1):
        mine = bundles == number
        part = np.full_like(rows, -1)
        part[:, mine] = rows[:, mine]
        new = (part[:, mine] >= 0).any(axis=1)
        new &= (part[:, mine] != first[owners][:, mine]).any(axis=1)
        codes.append(part[new])
        owner.append(owners[new])
        bundle.append(np.full(int(new.sum()), number, np.int64))
    every, of, by = np.concatenate(codes), np.concatenate(bundle), np.concatenate(owner)
    once = np.unique(np.column_stack([by, of, every]), axis=0, return_index=True)[1]
    once = np.sort(once)
    once = once[np.lexsort((once, of[once], by[once]))]
    once = once[_place_in_group(by[once], of[once]) < MOST]
    begin = np.searchsorted(by[once], np.arange(len(first) + 1)).astype(np.int64)
    return Others(np.ascontiguousarray(every[once]), of[once], begin)


def _place_in_group(owner: Places, bundle: Places) -> Places:
    """Of rows in order the place of each among those of its record and bundle."""
    at = np.arange(len(owner))
    if not len(at):
        return at
    begins = np.append(True, (owner[1:] != owner[:-1]) | (bundle[1:] != bundle[:-1]))
    found: Places = at - np.maximum.accumulate(np.where(begins, at, 0))
    return found


def combined(
    first: Codes, others: Others, bundles: Places, of: frozenset[int]
) -> tuple[Places, Codes]:
    """Each way to say some bundles that is not the first of each: the record, and its codes so said."""
    wanted = np.isin(others.bundle, list(of))
    rows = np.unique(others.owners[wanted])
    codes, is_other = first[rows], np.zeros(len(rows), bool)
    for number in sorted(of):
        rows, codes, is_other = _said(rows, codes, is_other, others, bundles, number)
    return rows[is_other], np.ascontiguousarray(codes[is_other])


def _said(
    rows: Places, codes: Codes, is_other: Any, others: Others, bundles: Places, number: int
) -> tuple[Places, Codes, Any]:
    """These as they are, and beside them with each other saying of one bundle."""
    mine = np.flatnonzero(others.bundle == number)
    owners = others.owners[mine]
    begin = np.searchsorted(owners, rows, "left")
    size = np.searchsorted(owners, rows, "right") - begin
    which = np.repeat(np.arange(len(rows)), size)
    within = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    told = codes[which]
    told[:, bundles == number] = others.codes[mine[np.repeat(begin, size) + within]][
        :, bundles == number
    ]
    return (
        np.concatenate([rows, rows[which]]),
        np.concatenate([codes, told]),
        np.concatenate([is_other, np.ones(len(which), bool)]),
    )
