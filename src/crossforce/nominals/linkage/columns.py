"""What is compared: columns named by the part that they play, as plain text and codes.

Naming the columns is all that the engine asks about a data set. Values are made alike first (case, accents,
punctuation, the shape of a date), once for each distinct value; records then hold numbers into a
dictionary, so that two values are told equal without being read.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from crossforce.nominals.linkage import spelling, working
from crossforce.nominals.linkage.others import Others, others_of

Codes = npt.NDArray[np.int32]


class Role(StrEnum):
    """What a column says of a person. The comparison and the ways to block follow from it."""

    FORENAME = "forename"
    SURNAME = "surname"
    BORN = "born"
    BIRTH = "birth"
    """A day of birth of which the day, or month and day, may not be known: `1980-05`, `1980`."""
    POSTCODE = "postcode"
    ADDRESS = "address"
    PLACE = "place"
    EMAIL = "email"
    NUMBER = "number"
    CODE = "code"


NAMES: Final = frozenset({Role.FORENAME, Role.SURNAME})
WHERE: Final = frozenset({Role.ADDRESS, Role.POSTCODE, Role.PLACE})
WHEN: Final = frozenset({Role.BORN, Role.BIRTH})


@dataclass(frozen=True)
class Column:
    """A column of the table, or several that make one: year, month and day of a birth."""

    name: str
    role: Role
    of: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return self.of or (self.name,)


@dataclass(frozen=True)
class Words:
    """Distinct values, and where each lies in one row of bytes."""

    values: pa.Array
    text: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Records:
    """Records of people as codes: one row a record, one column a `Column`; -1 where nothing is said.

    Forenames and surnames share one dictionary, so that names the wrong way round are seen. With `files`, two
    records of the same file are never compared. `others` is what they say besides.
    """

    ids: tuple[str, ...]
    columns: tuple[Column, ...]
    codes: Codes
    words: tuple[Words, ...]
    files: Codes | None = None
    others: Others | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def value(self, row: int, column: int) -> str | None:
        code = int(self.codes[row, column])
        return None if code < 0 else cast(str, self.words[column].values[code].as_py())


@dataclass(frozen=True)
class Plain:
    """A column as numbers of values made alike, of which several may be the same by now."""

    codes: Codes
    values: pa.Array


class UnusableTable(Exception):
    """The table lacks a column that was named, or its columns differ in length."""


def records(
    table: Mapping[str, Any] | pa.Table,
    columns: Sequence[Column],
    *,
    ids: str,
    files: str | None = None,
    also: Mapping[str, Any] | pa.Table | None = None,
) -> Records:
    """Records of a table of columns; `ids` names the column that tells records apart.

    Rows of `also` are what records say besides, by the same ids: another name, an address of before. A row may fill what it has to say.
    """
    whole = _whole(table, columns, ids, files)
    length = len(whole)
    if also is not None:
        whole = pa.concat_tables(
            [whole, _whole(also, columns, ids, None)], promote_options="default"
        )
    rows = len(whole)
    plain = working.shared(_plain, [(whole, column) for column in columns], rows=rows)
    shared = [index for index, each in enumerate(columns) if each.role in NAMES]
    groups = [shared, *([index] for index in range(len(columns)) if index not in shared)]
    work = [([plain[index] for index in group],) for group in groups]
    coded: list[tuple[npt.NDArray[np.int32], Words]] = [None] * len(columns)  # type: ignore[list-item]
    for group, found in zip(groups, working.shared(_coded, work, rows=rows), strict=True):
        for index, each in zip(group, found, strict=True):
            coded[index] = each
    matrix = np.column_stack([codes for codes, _ in coded]).astype(np.int32, copy=False)
    names = whole[ids].cast(pa.string())
    first = np.ascontiguousarray(matrix[:length])
    return Records(
        ids=tuple(names.slice(0, length).to_pylist()),
        columns=tuple(columns),
        codes=first,
        words=tuple(words for _, words in coded),
        files=None if files is None else _numbered(whole[files].slice(0, length)),
        others=_others(first, matrix[length:], names, columns),
    )


def _coded(columns: list[Plain]) -> list[tuple[npt.NDArray[np.int32], Words]]:
    """Codes of each column in one dictionary of them all."""
    if not columns:
        return []
    packed = pa.concat_arrays([each.values for each in columns]).dictionary_encode()
    numbers, words = _numbers(packed), words_of(packed.dictionary)
    begins = np.cumsum([0, *(len(each.values) for each in columns)])
    found = []
    for each, begin in zip(columns, begins.tolist(), strict=False):
        mine = np.append(numbers[begin : begin + len(each.values)], np.int32(-1))
        found.append((mine[each.codes], words))
    return found


def bundles(columns: Sequence[Column]) -> npt.NDArray[np.int64]:
    """Of each column the number of its bundle: names belong together, and so does where somebody lives; the rest stands alone."""
    alike = {**dict.fromkeys(NAMES, "name"), **dict.fromkeys(WHERE, "where")}
    keys = [alike.get(each.role, str(index)) for index, each in enumerate(columns)]
    known = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([known[key] for key in keys], np.int64)


def _others(
    first: Codes, rows: Codes, names: pa.ChunkedArray, columns: Sequence[Column]
) -> Others | None:
    """What the rows behind the first say besides; those of a record that is not there say nothing."""
    if not len(rows):
        return None
    length = len(first)
    at = pc.index_in(names.slice(length), names.slice(0, length).combine_chunks())
    owners = at.fill_null(-1).to_numpy().astype(np.int64)
    there = owners >= 0
    return others_of(first, rows[there], owners[there], bundles(columns))


def _whole(
    table: Mapping[str, Any] | pa.Table, columns: Sequence[Column], ids: str, files: str | None
) -> pa.Table:
    """The table, which has every column that is named. Raises UnusableTable."""
    whole = table if isinstance(table, pa.Table) else pa.table(dict(table))
    wanted = {ids, *(name for each in columns for name in each.sources)}
    wanted |= {files} if files is not None else set()
    missing = wanted - set(whole.column_names)
    if missing:
        raise UnusableTable(f"The table has no column {', '.join(sorted(missing))}.")
    return whole


def _parts(births: pa.Array) -> pa.Array:
    """Every year and month in which somebody was born: who comes later may say no more than that."""
    known = pc.unique(births).drop_null()
    return pa.concat_arrays([pc.utf8_slice_codeunits(known, 0, end) for end in (4, 6)])


def _with_parts(births: Plain) -> Plain:
    return Plain(births.codes, pa.concat_arrays([births.values, _parts(births.values)]))


def with_parts(words: Words) -> Words:
    """These days of birth, and behind them the years and months in which they are."""
    parts = pc.unique(_parts(words.values))
    new = parts.filter(pc.invert(pc.is_in(parts, words.values)))
    return words_of(pa.concat_arrays([words.values, new]))


def words_of(values: pa.Array) -> Words:
    """Distinct texts, laid out for the loops."""
    values = pa.array(values, pa.string()) if not isinstance(values, pa.Array) else values
    _, starts, text = values.buffers()
    first, last = values.offset, values.offset + len(values) + 1
    places = np.frombuffer(starts, np.int32)[first:last] if starts else np.zeros(1, np.int32)
    letters = np.frombuffer(text, np.uint8) if text else np.zeros(1, np.uint8)
    return Words(values, letters, places)


def _numbered(array: pa.ChunkedArray) -> Codes:
    return _numbers(_packed(array.cast(pa.string())))


def _packed(array: pa.ChunkedArray) -> pa.DictionaryArray:
    packed = array.dictionary_encode().combine_chunks()
    return packed.chunk(0) if isinstance(packed, pa.ChunkedArray) else packed


def _numbers(packed: pa.DictionaryArray) -> Codes:
    """Numbers of a dictionary's values, -1 for what is not said."""
    found = packed.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return cast(Codes, found.astype(np.int32, copy=False))


def _plain(table: pa.Table, column: Column) -> Plain:
    """The column with alike values made the same; null where nothing is said."""
    parts = [table[name].cast(pa.string()) for name in column.sources]
    if column.role in WHEN and len(parts) > 1:
        padded = [pc.utf8_lpad(part, width=2, padding="0") for part in parts]
        whole = pc.binary_join_element_wise(*padded, "")
    else:
        whole = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, " ")
    packed = _packed(whole)
    plain = Plain(_numbers(packed), plain_values(packed.dictionary, column.role))
    return _with_parts(plain) if column.role is Role.BIRTH else plain


def plain_values(values: pa.Array, role: Role) -> pa.Array:
    """Each value as it is compared."""
    words = words_of(_without_accents(values))
    return spelling.spelt(words.text, words.starts, _KEPT[role])


_ALONE: Final = spelling.table_of(spelling.PLAIN)
_WORDS: Final = spelling.table_of(spelling.PLAIN, parts=spelling.EVERY)
_DAY: Final = spelling.table_of(spelling.FIGURES)
_KEPT: Final = {
    Role.FORENAME: spelling.table_of(spelling.PLAIN, parts=" "),
    Role.SURNAME: _ALONE,
    Role.BORN: _DAY,
    Role.BIRTH: _DAY,
    Role.POSTCODE: _ALONE,
    Role.ADDRESS: _WORDS,
    Role.PLACE: _WORDS,
    Role.EMAIL: spelling.table_of(spelling.NOT_BLANK),
    Role.NUMBER: _ALONE,
    Role.CODE: spelling.table_of(spelling.NOT_BLANK, parts=spelling.BLANKS),
}
"""What is kept of each."""
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def _without_accents(values: pa.Array) -> pa.Array:
    values = values.cast(pa.string())
    foreign = pc.invert(pc.string_is_ascii(values))
    if not pc.any(foreign).as_py():
        return values
    return pa.array(
        [
            text if text is None or not _NOT_ASCII.search(text) else ascii_of(text)
            for text in values.to_pylist()
        ],
        pa.string(),
    )


def ascii_of(text: str) -> str:
    """Letters without their marks; what has no Latin letter stays, as its code points in digits."""
    spelt = "".join(_SPELT.get(letter, letter) for letter in text)
    parts = unicodedata.normalize("NFKD", spelt)
    return "".join(
        letter if letter < "\x80" else f"{ord(letter):x}"
        for letter in parts
        if not unicodedata.combining(letter)
    )


_SPELT: Final = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE", "’": "'", "þ": "th", "Þ": "Th",
}  # fmt: skip
