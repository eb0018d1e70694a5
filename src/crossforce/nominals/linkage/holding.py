"""Records that are held while others come: their codes, and a dictionary that grows.

What is there at the beginning lies in arrays. A value that comes later gets a number behind them, and whether a value is known is
asked by a number made of its letters, so that ten million addresses need no Python text each.
"""

from collections.abc import Sequence
from typing import Any, Final, Generic, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from crossforce.nominals.linkage import called, scoring
from crossforce.nominals.linkage.columns import (
    Codes,
    Records,
    Role,
    Words,
    with_parts,
    words_of,
)
from crossforce.nominals.linkage.keys import Keys, numbers_of
from crossforce.nominals.linkage.laying import MARKED, letters_of
from crossforce.nominals.linkage.marks import NOTHING, marks_of
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.others import Others, none
from crossforce.nominals.linkage.scoring import Scorer
from crossforce.nominals.linkage.several import Sayings

ROOM: Final = 4_096
Kind = TypeVar("Kind", bound=np.generic)


class Grown(Generic[Kind]):
    """An array to which rows are added; it has room beforehand."""

    def __init__(self, array: npt.NDArray[Kind]) -> None:
        self._array, self.length = array, len(array)

    @property
    def view(self) -> npt.NDArray[Kind]:
        return self._array[: self.length]

    def add(self, rows: Any) -> None:
        end = self.length + len(rows)
        if end > len(self._array):
            larger = np.empty(
                (end + end // 8 + ROOM, *self._array.shape[1:]), self._array.dtype
            )
            larger[: self.length] = self.view
            self._array = larger
        self._array[self.length : end] = rows
        self.length = end


class Numbered:
    """Which row or code belongs to a number: those of the beginning sorted, those that came later in a table."""

    def __init__(self, numbers: Keys) -> None:
        self._order = np.argsort(numbers).astype(np.int32)
        self._sorted = numbers[self._order]
        self.later: dict[int, int] = {}

    def find(self, numbers: Keys) -> npt.NDArray[np.int64]:
        """The place of each number, -1 where it is new."""
        if not len(self._sorted):
            found = np.full(len(numbers), -1, np.int64)
        else:
            at = np.minimum(np.searchsorted(self._sorted, numbers), len(self._sorted) - 1)
            found = np.where(self._sorted[at] == numbers, self._order[at], -1).astype(np.int64)
        if self.later:
            for n, number in enumerate(numbers.tolist()):
                found[n] = self.later.get(number, found[n])
        return found


class Held:
    """Records in the numbers of one dictionary that grows, ready to be weighed."""

    def __init__(self, records: Records, model: Model) -> None:
        self._scorer = scoring.scorer(records, model)
        kinds, bounds, text, starts, letters, first, known, related, marks = self._scorer.parts
        self._fixed = (kinds, bounds)
        self._related = related
        self._first = first
        self._text: Grown[np.uint8] = Grown(text)
        self._starts: Grown[np.int64] = Grown(starts)
        self._letters: Grown[np.uint64] = Grown(letters)
        self._listed: Grown[np.int16] = Grown(known)
        self._marks: Grown[np.uint64] = Grown(marks)
        self._how = {
            begin: MARKED.get(column.role, NOTHING)
            for begin, column in zip(first.tolist(), records.columns, strict=True)
        }
        self._known: dict[int, Numbered] = {}
        for begin, words in zip(first.tolist(), records.words, strict=True):
            self._known.setdefault(begin, Numbered(numbers_of(words)))
        self.codes: Grown[np.int32] = Grown(records.codes)
        said = records.others or none(*records.codes.shape)
        self._other_codes: Grown[np.int32] = Grown(said.codes)
        self._bundle: Grown[np.int64] = Grown(said.bundle)
        self._begin: Grown[np.int64] = Grown(said.begin)

    @property
    def others(self) -> Others | None:
        """What the records say besides; None where none of them does."""
        if not self._other_codes.length:
            return None
        return Others(self._other_codes.view, self._bundle.view, self._begin.view)

    @property
    def scorer(self) -> Scorer:
        parts = (
            *self._fixed,
            self._text.view,
            self._starts.view,
            self._letters.view,
            self._first,
            self._listed.view,
            self._related,
            self._marks.view,
        )
        given, others = self._scorer, self.others
        said = None if others is None else Sayings.laid(others, given.model.columns)
        return Scorer(self.codes.view, given.model, parts, given.rest, given.table, said)

    def add(self, records: Records) -> None:
        """Take more records in, at the end."""
        self.codes.add(self._in_our_numbers(records, records.codes))
        said = records.others or none(*records.codes.shape)
        self._other_codes.add(self._in_our_numbers(records, said.codes))
        self._bundle.add(said.bundle)
        self._begin.add(said.begin[1:] + self._begin.view[-1])

    def only(self, rows: Any, ids: Sequence[str]) -> Records:
        """Some of the records, in numbers of the values that they have."""
        codes, others = self.codes.view[rows], self.others
        said = none(*codes.shape) if others is None else others.of(np.asarray(rows, np.int64))
        codes = np.concatenate([codes, said.codes])
        words: list[Words] = []
        columns = self._scorer.model.columns
        begins = self._first.tolist()
        for c, begin in enumerate(begins):
            same = [other for other, each in enumerate(begins) if each == begin]
            if same[0] < c:
                words.append(words[same[0]])
                continue
            used = np.unique(codes[:, same])
            used = used[used >= 0]
            found = np.searchsorted(used, codes[:, same])
            codes[:, same] = np.where(codes[:, same] < 0, -1, found)
            said_so = self._texts(used + begin)
            is_birth = columns[c].role is Role.BIRTH
            words.append(with_parts(said_so) if is_birth else said_so)
        first = np.ascontiguousarray(codes[: len(rows)])
        other = Others(np.ascontiguousarray(codes[len(rows) :]), said.bundle, said.begin)
        return Records(
            tuple(ids), columns, first, tuple(words), others=other if len(other) else None
        )

    def _texts(self, places: Any) -> Words:
        starts, text = self._starts.view, self._text.view
        begin, size = starts[places], starts[places + 1] - starts[places]
        ends = np.concatenate([[0], np.cumsum(size)]).astype(np.int32)
        letters = text[np.repeat(begin - ends[:-1], size) + np.arange(ends[-1])]
        buffers = (pa.py_buffer(ends), pa.py_buffer(letters))
        return words_of(pa.StringArray.from_buffers(len(places), *buffers))

    def _in_our_numbers(self, records: Records, codes: Codes) -> Codes:
        columns = []
        for c, (begin, words) in enumerate(
            zip(self._first.tolist(), records.words, strict=True)
        ):
            known, numbers = self._known[begin], numbers_of(words)
            found = known.find(numbers)
            for n in np.flatnonzero(found < 0).tolist():
                found[n] = self._new(words.values[n].as_py(), begin)
                known.later[int(numbers[n])] = int(found[n])
            columns.append(np.append(found, -1)[codes[:, c]])
        return cast(Codes, np.column_stack(columns).astype(np.int32))

    def _new(self, value: str, begin: int) -> int:
        """The number of a value that nobody has said before."""
        letters = np.frombuffer(value.encode(), np.uint8)
        place, end = self._starts.length, self._text.length
        self._text.add(letters)
        self._starts.add([end, end + len(letters)])
        ends = np.array([0, len(letters)])
        self._letters.add([letters_of(letters, ends)[0], 0])
        self._marks.add(marks_of(letters, ends, self._how[begin]))
        self._listed.add([*called.numbers_of(pa.array([value])), 0])
        return place - begin
