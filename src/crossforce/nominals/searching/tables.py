"""A piece of an index: arrays that never change but for the scope of rows that are gone.

Rows lie sorted by surname, forename and day of birth, so that a pair of names is one stretch of rows; a second order,
by day, has copies of both names. Words are sorted too: a beginning is a stretch of words. Each array is one file, and
is mapped into memory: only what questions touch is ever read from disk.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final
from uuid import UUID

import numpy as np

from crossforce.nominals.searching.arrays import Array, Bytes, Codes
from crossforce.nominals.searching.distance import Words, place
from crossforce.nominals.searching.levels import Level
from crossforce.nominals.searching.telling import Held
from crossforce.nominals.searching.walking import Rows

GONE: Final = 0xFFFF_FFFF
"""The scope of a row whose record was deleted or replaced: no searcher holds it."""
SAYS: Final = "piece.json"


@dataclass(frozen=True)
class Piece:
    """Some of the records, whole. `arrays` holds each array by name; `rows` is what walks read."""

    arrays: Mapping[str, Array]
    _clean: list[Bytes] = field(default_factory=list, compare=False, repr=False)
    _unseen: list[Bytes] = field(default_factory=list, compare=False, repr=False)

    @cached_property
    def rows(self) -> Rows:
        return Rows(*(self.arrays[name] for name in Rows._fields))

    @cached_property
    def by_length(self) -> Words:
        return Words(
            *(
                self.arrays[name]
                for name in ("by_length", "marks", "laid_letters", "length_starts")
            )
        )

    @cached_property
    def held(self) -> Held:
        return Held(*(self.arrays[name] for name in Held._fields))

    @cached_property
    def unasked(self) -> Bytes:
        """A level for each word when no name was asked: it is as if it were missing."""
        return np.full(self.words, int(Level.MISSING), np.uint8)

    def clean(self) -> Bytes:
        """Room for a level of each word, all of them 0. Give it back as clean as it came."""
        return self._clean.pop() if self._clean else np.zeros(self.words, np.uint8)

    def give_back(self, levels: Bytes) -> None:
        self._clean.append(levels)

    def unseen(self) -> Bytes:
        """Room for a bit of each record, all of them 0. Give it back as clean as it came."""
        return self._unseen.pop() if self._unseen else np.zeros(self.records // 8 + 1, np.uint8)

    def see_again(self, seen: Bytes) -> None:
        self._unseen.append(seen)

    @property
    def letters(self) -> Bytes:
        return self.arrays["letters"]

    @property
    def starts(self) -> Codes:
        return self.arrays["starts"]

    @property
    def size(self) -> int:
        """How many rows there are, those that are gone included."""
        return int(self.arrays["row_record"].size)

    @property
    def records(self) -> int:
        return int(self.arrays["keys_high"].size)

    @property
    def words(self) -> int:
        return int(self.starts.size) - 1

    def word(self, code: int) -> str:
        """The letters of a code."""
        return self.letters[self.starts[code] : self.starts[code + 1]].tobytes().decode()

    def code(self, word: bytes) -> int:
        """The code of a word, or -1."""
        at = int(place(self.letters, self.starts, np.frombuffer(word, np.uint8), False))
        return at if at < self.words and self.word(at).encode() == word else -1

    def key(self, record: int) -> UUID:
        high, low = self.arrays["keys_high"][record], self.arrays["keys_low"][record]
        return UUID(int=int(high) << 64 | int(low))

    def record(self, key: UUID) -> int:
        """The number of a record here, or -1."""
        high, low = np.uint64(key.int >> 64), np.uint64(key.int & (1 << 64) - 1)
        keys = self.arrays["keys_high"]
        begin, end = np.searchsorted(keys, high), np.searchsorted(keys, high, side="right")
        at = int(begin + np.searchsorted(self.arrays["keys_low"][begin:end], low))
        return at if at < end and self.arrays["keys_low"][at] == low else -1

    def rows_of(self, record: int) -> Codes:
        begins = self.arrays["record_starts"]
        rows: Codes = self.arrays["record_rows"][begins[record] : begins[record + 1]]
        return rows

    def remove(self, key: UUID) -> bool:
        """Take a record out of every answer; false when it is not here, or is gone already."""
        record = self.record(key)
        if record < 0:
            return False
        rows = self.rows_of(record)
        scopes = self.arrays["row_scope"]
        stood = bool(scopes[rows[0]] != GONE)
        scopes[rows] = GONE
        return stood


def write(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Put the arrays into files that are on disk when this returns. The folder must be new."""
    folder.mkdir()
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, array)
            file.flush()
            os.fsync(file.fileno())
    (folder / SAYS).write_text(json.dumps({"arrays": sorted(arrays)}), "utf-8")
    settle(folder / SAYS)
    settle(folder)


def read(folder: Path) -> Piece:
    """The piece in a folder. What is written into its arrays stays in this process."""
    names = json.loads((folder / SAYS).read_text("utf-8"))["arrays"]
    return Piece({name: _mapped(folder / f"{name}.npy") for name in names})


def settle(path: Path) -> None:
    """Wait until a file or a folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def vocabulary(piece: Piece) -> Iterator[str]:
    """Every word, in order."""
    letters, starts = piece.letters.tobytes(), piece.starts.tolist()
    for begin, end in pairwise(starts):
        yield letters[begin:end].decode()


def _mapped(path: Path) -> Array:
    return np.asarray(np.load(path, mmap_mode="c"))
