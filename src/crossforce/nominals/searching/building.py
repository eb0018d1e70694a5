"""Records become the arrays of a piece: names to forms, words to codes, rows sorted, stretches counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from uuid import UUID

import numpy as np

from crossforce.nominals.searching import sounds
from crossforce.nominals.searching.arrays import Array, Bytes, Codes, Marks
from crossforce.nominals.searching.distance import all_marks, laid_out
from crossforce.nominals.searching.names import LONGEST, Form, Name, families, forms, givens
from crossforce.nominals.searching.tables import GONE, Piece, vocabulary
from crossforce.nominals.searching.texts import Texts
from crossforce.nominals.searching.walking import PART, SEVERAL

ALIAS = 1
"""Of a row's kind: under another name than the first one held."""
LOW = (1 << 64) - 1
Numbers = Sequence[int] | Array


@dataclass(frozen=True, slots=True)
class Person:
    """A record as it is searched: its key, its scope, the names and the dates of birth it holds."""

    key: UUID
    scope: int
    names: tuple[Name, ...]
    births: tuple[int, ...] = ()


@dataclass
class Columns:
    """Rows in the order in which they came, words as provisional codes; one row for each form and date of birth."""

    codes: dict[str, int] = field(default_factory=lambda: {"": 0})
    first: list[Codes] = field(default_factory=list)
    middle: list[Codes] = field(default_factory=list)
    last: list[Codes] = field(default_factory=list)
    born: list[Codes] = field(default_factory=list)
    scope: list[Codes] = field(default_factory=list)
    kind: list[Codes] = field(default_factory=list)
    high: list[Marks] = field(default_factory=list)
    low: list[Marks] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.givens = Texts(
            lambda text: [tuple(map(self.code, each)) for each in givens(text)], 2
        )
        self.families = Texts(lambda text: [(self.code(each),) for each in families(text)], 1)

    def code(self, word: str) -> int:
        """A provisional code: the words are numbered as they come."""
        return self.codes.setdefault(word, len(self.codes))

    def add(self, people: Iterable[Person]) -> None:
        """Take records in."""
        rows = [row for person in people for row in self._rows(person)]
        if rows:
            self.take(*(list(column) for column in zip(*rows, strict=True)))

    def take(self, *columns: Numbers) -> None:
        """Take rows in: words first, middle and last, date, scope, kind, and both halves of the key."""
        held = (self.first, self.middle, self.last, self.born, self.scope, self.kind)
        for column, came in zip(held, columns[:-2], strict=True):
            column.append(np.asarray(came, np.uint32))
        self.high.append(np.asarray(columns[-2], np.uint64))
        self.low.append(np.asarray(columns[-1], np.uint64))

    def add_columns(
        self, high: Numbers, low: Numbers, scope: Numbers,
        given: Sequence[str], family: Sequence[str], born: Numbers,
    ) -> None:  # fmt: skip
        """Take in many records of one name and at most one date of birth each, a column at a time."""
        firsts, lasts = self.givens.numbers(given), self.families.numbers(family)
        first, middle = self.givens.whole(firsts)
        (last,) = self.families.whole(lasts)
        self.take(first, middle, last, born, scope, np.zeros(first.size, np.uint32), high, low)
        divided = np.flatnonzero(self.givens.several(firsts) | self.families.several(lasts))
        more = [
            (one, two, name, int(born[at]), int(scope[at]), PART, int(high[at]), int(low[at]))
            for at in divided.tolist()
            for (one, two), (name,) in islice(
                product(self.givens.forms(firsts[at]), self.families.forms(lasts[at])), 1, None
            )
        ]
        if more:
            self.take(*(list(column) for column in zip(*more, strict=True)))

    def add_piece(self, piece: Piece) -> None:
        """Take in all rows of a piece that are not gone, and the words that they use."""
        arrays, rows = piece.arrays, piece.rows
        stays = rows.row_scope != GONE
        pair = np.repeat(np.arange(rows.pair_last.size), np.diff(rows.pair_rows))[stays]
        words = rows.pair_first[pair], rows.row_middle[stays], rows.pair_last[pair]
        used = np.zeros(piece.words, bool)
        for each in words:
            used[each] = True
        codes = np.zeros(piece.words, np.uint32)
        for code, word in enumerate(vocabulary(piece)):
            if used[code]:
                codes[code] = self.code(word)
        record = rows.row_record[stays]
        self.take(
            *(codes[each] for each in words),
            *(arrays["days"][rows.row_day[stays]], rows.row_scope[stays]),
            rows.row_kind[stays] & np.uint8(ALIAS | PART),
            *(arrays["keys_high"][record], arrays["keys_low"][record]),
        )

    def add_record(self, piece: Piece, key: UUID, may: int, *, unless: Bytes) -> None:
        """Take in a record of a piece whose scope is what may be done with it, unless that may be done anyway."""
        record = piece.record(key)
        at = piece.rows_of(record) if record >= 0 else np.zeros(0, np.uint32)
        own = int(piece.rows.row_scope[at[0]]) if at.size else GONE
        if own == GONE or (own < unless.size and unless[own] >= may):
            return
        rows = piece.rows
        pair = np.searchsorted(rows.pair_rows, at, side="right") - 1
        words = rows.pair_first[pair], rows.row_middle[at], rows.pair_last[pair]
        high, low = key.int >> 64, key.int & LOW
        self.take(
            *([self.code(piece.word(code)) for code in each.tolist()] for each in words),
            *(piece.arrays["days"][rows.row_day[at]], np.full(at.size, may)),
            rows.row_kind[at] & np.uint8(ALIAS | PART),
            *(np.full(at.size, high, np.uint64), np.full(at.size, low, np.uint64)),
        )

    def _rows(self, person: Person) -> Iterator[tuple[int, ...]]:
        if person.scope >= GONE:
            raise ValueError(f"{person.scope} is no number of a scope.")
        high, low = person.key.int >> 64, person.key.int & LOW
        told = dict.fromkeys(_forms(person))
        for (form, kind), born in product(told, dict.fromkeys(person.births) or (0,)):
            first, middle, last = map(self.code, (form.first, form.middle, form.last))
            yield first, middle, last, born, person.scope, kind, high, low


def build(columns: Columns) -> Piece:
    """The arrays of a piece. Takes the columns apart: they are empty afterwards."""
    words, rank = _sorted_words(columns.codes)
    arrays: dict[str, Array] = _words(words)
    first, middle, last = (
        rank[_one(each)] for each in (columns.first, columns.middle, columns.last)
    )
    born, scope, kind = (_one(each) for each in (columns.born, columns.scope, columns.kind))
    days, day = np.unique(born, return_inverse=True)
    arrays["days"] = days.astype(np.int32)
    wide = np.uint64(max(len(words), 1)).item().bit_length()
    near = last.astype(np.uint64) << np.uint64(wide) | first
    order = np.argsort(
        near << np.uint64(max(len(days), 1).bit_length()) | day.astype(np.uint64), kind="stable"
    )
    first, last, near = first[order], last[order], near[order]
    arrays |= _pairs(near, first, last, len(words))
    arrays["row_day"] = day[order].astype(np.uint32)
    arrays["row_middle"], arrays["row_scope"] = middle[order], scope[order]
    arrays |= _days(arrays["row_day"], first, last, len(days))
    arrays |= _records(_one(columns.high)[order], _one(columns.low)[order], kind[order])
    return Piece(arrays)


def _forms(person: Person) -> Iterator[tuple[Form, int]]:
    for name in person.names:
        for form in forms(name):
            yield form, (ALIAS if name.alias else 0) | (PART if form.part else 0)


def _one(pieces: list[Array]) -> Array:
    """The pieces of a column as one, which the column no longer holds."""
    whole = np.concatenate(pieces) if pieces else np.zeros(0, np.uint32)
    pieces.clear()
    return whole


def _sorted_words(codes: dict[str, int]) -> tuple[list[bytes], Codes]:
    """The words in order, and the place of each provisional code in it."""
    words = [word.encode() for word in codes]
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), np.uint32)
    rank[order] = np.arange(len(words), dtype=np.uint32)
    return [words[at] for at in order], rank


def _words(words: list[bytes]) -> dict[str, Array]:
    lengths = np.fromiter(map(len, words), np.uint32, len(words))
    letters = np.frombuffer(b"".join(words), np.uint8).copy()
    starts = _starts(lengths)
    by_length = np.argsort(lengths, kind="stable").astype(np.uint32)
    marks, laid = np.zeros(len(words), np.uint64), np.zeros_like(letters)
    all_marks(letters, starts, by_length, marks)
    laid_out(letters, starts, by_length, laid)
    heard = np.fromiter((sounds.number(word.decode()) for word in words), np.uint64, len(words))
    by_sound = np.argsort(heard, kind="stable").astype(np.uint32)
    return {
        "letters": letters,
        "starts": starts,
        "by_length": by_length,
        "marks": marks,
        "laid_letters": laid,
        "length_starts": _starts(np.bincount(lengths, minlength=LONGEST + 1)),
        "by_sound": by_sound,
        "sounds": heard[by_sound],
    }


def _pairs(near: Marks, first: Codes, last: Codes, words: int) -> dict[str, Array]:
    begins = (
        np.flatnonzero(np.concatenate([[True], near[1:] != near[:-1]]))
        if near.size
        else np.zeros(0, int)
    )
    pair_first, pair_last = first[begins], last[begins]
    return {
        "pair_first": pair_first,
        "pair_last": pair_last,
        "pair_rows": np.append(begins, near.size).astype(np.uint32),
        "last_pairs": _starts(np.bincount(pair_last, minlength=words)),
        "first_pairs": np.argsort(pair_first, kind="stable").astype(np.uint32),
        "first_starts": _starts(np.bincount(pair_first, minlength=words)),
        "as_last": np.bincount(last, minlength=words).astype(np.uint32),
        "as_first": np.bincount(first, minlength=words).astype(np.uint32),
    }


def _days(row_day: Codes, first: Codes, last: Codes, days: int) -> dict[str, Array]:
    order = np.argsort(row_day, kind="stable").astype(np.uint32)
    return {
        "day_starts": _starts(np.bincount(row_day, minlength=days)),
        "day_rows": order,
        "day_first": first[order],
        "day_last": last[order],
    }


def _records(high: Marks, low: Marks, kind: Codes) -> dict[str, Array]:
    order = np.lexsort((low, high)).astype(np.uint32)
    high, low = high[order], low[order]
    new = (
        np.concatenate([[True], (high[1:] != high[:-1]) | (low[1:] != low[:-1])])
        if high.size
        else np.zeros(0, bool)
    )
    begins = np.flatnonzero(new)
    record = np.empty(high.size, np.uint32)
    number = np.cumsum(new) - 1
    record[order] = number
    starts = np.append(begins, high.size).astype(np.uint32)
    several = (np.diff(starts) > 1)[number] if high.size else np.zeros(0, bool)
    kinds = kind.astype(np.uint8)
    kinds[order[several]] |= SEVERAL
    return {
        "keys_high": high[begins],
        "keys_low": low[begins],
        "record_starts": starts,
        "record_rows": order,
        "row_record": record,
        "row_kind": kinds,
    }


def _starts(counts: Array) -> Codes:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
