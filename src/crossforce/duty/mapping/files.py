"""The bytes of an export, opened as text: bounded, in its declared encoding, one record at a time."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from operator import itemgetter
from typing import Any, Final, Protocol, get_args

from crossforce.duty.mapping import encodings, joining, trailers
from crossforce.duty.mapping.document import Mapping
from crossforce.duty.mapping.tables import Delimiter
from crossforce.duty.mapping.values import Wrong

LOOKED_AT: Final = 1 << 20
BLANK: Final = b" \t\r\n\0" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE

Numbered = Iterator[tuple[int, Sequence[str] | Wrong]]


class Source(Protocol):
    """What a file is read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Bounded(io.RawIOBase):
    """A file read no further than its limit. Raises Wrong beyond it."""

    def __init__(self, source: Source, megabytes: int) -> None:
        self._source, self._left, self._megabytes = source, megabytes * 1_000_000, megabytes
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        chunk = self._source.read(len(into))
        self._left -= len(chunk)
        self.read_bytes += len(chunk)
        if self._left < 0:
            raise too_large(self._megabytes)
        into[: len(chunk)] = chunk
        return len(chunk)


def too_large(megabytes: int) -> Wrong:
    """The refusal of a file over its limit."""
    return Wrong(
        "too-large",
        f"The file is larger than {megabytes} MB.",
        "Export fewer days at a time, or raise file.limit_megabytes.",
        is_whole=True,
    )


def opened(source: Source, mapping: Mapping) -> io.TextIOWrapper:
    """The file as text, in which bytes that are not in its encoding are marked.

    Raises Wrong for none, and for an encoding that it plainly does not have.
    """
    bounded = io.BufferedReader(Bounded(source, mapping.file.limit_megabytes), LOOKED_AT)
    head = bounded.peek(LOOKED_AT)[:LOOKED_AT]
    if not head.strip(BLANK) and mapping.file.type != "jsonl":
        raise Wrong("empty-file", "The file is empty.", "Export it anew.", is_whole=True)
    encodings.refuse_other(head, mapping)
    declared = mapping.file.encoding
    return io.TextIOWrapper(
        bounded,
        "utf-8-sig" if declared == "utf-8" else declared,
        errors=encodings.ERRORS,
        newline="",
    )


def csv_rows(text: io.TextIOWrapper, mapping: Mapping) -> Numbered:
    """The cells of the mapping's columns, with the number of the row. Raises Wrong."""
    lines = encodings.Lines(text, mapping.file.encoding)
    records = csv.reader(lines, delimiter=mapping.file.delimiter, strict=True)
    try:
        heading = [each.strip() for each in next(records, [])]
        lines.look(records.line_num, (), heading)
        pick, join = _picker(_places(heading, mapping)), joining.joiner(mapping)
        width, trailer = len(heading), mapping.file.trailer
        for cells in trailers.rows_before(records, trailer) if trailer else records:
            if lines.has_letters:
                lines.look(records.line_num, heading, cells)
            if len(cells) == width:
                yield records.line_num, join(list(map(str.strip, pick(cells))))
            elif any(cells):
                yield records.line_num, _misfit(len(cells), width)
        lines.end()
    except csv.Error as error:
        raise _not_csv(records.line_num, error) from None


def _not_csv(row: int, error: csv.Error) -> Wrong:
    return Wrong(
        "csv",
        f"Row {row} is not CSV: {error}.",
        "Correct the quotation marks there, or set file.delimiter.",
        row=row,
        is_whole=True,
    )


def _misfit(found: int, wanted: int) -> Wrong:
    return Wrong(
        "cells",
        f"The row has {found} cells, and the heading has {wanted}.",
        "Put a text that holds the delimiter into quotation marks, or fill in the missing cells.",
    )


def _picker(places: Sequence[int]) -> Any:
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)


def _places(heading: list[str], mapping: Mapping) -> list[int]:
    """Where each column of the mapping stands. Raises Wrong, for the whole file."""
    wanted = [(field, each) for field, several in mapping.columns.items() for each in several]
    for _, column in wanted:
        if heading.count(column) > 1:
            raise Wrong(
                "heading-twice",
                f"The heading {column!r} stands in the file more than once.",
                "Give each column of the export its own heading.",
                column=column,
                row=1,
                is_whole=True,
            )
    if lacking := [each for each in wanted if each[1] not in heading]:
        raise _no_heading(lacking, heading, is_any=len(lacking) < len(wanted))
    return [heading.index(column) for _, column in wanted]


def _no_heading(
    lacking: Sequence[tuple[str, str]], heading: list[str], *, is_any: bool
) -> Wrong:
    """The refusal of a file without these headings, with what they may be called instead."""
    message = f"The first row has {_lacking(lacking)}."
    if not is_any and len(lacking) > 1:
        begins = ", ".join(repr(each[:40]) for each in heading[:3])
        message = f"The first row has none of the mapping's headings: it begins with {begins}."
    return Wrong(
        "heading-missing",
        message,
        f"Export the file with its headings, or correct the mapping.{_hint(lacking, heading)}",
        column=lacking[0][1],
        row=1,
        is_whole=True,
    )


def _lacking(lacking: Sequence[tuple[str, str]]) -> str:
    headings = " and ".join(repr(column) for _, column in lacking)
    fields = " and ".join(f"columns.{field}" for field, _ in lacking)
    many = len(lacking) > 1
    return f"no heading{'s' * many} {headings}, where {fields} look{'s' * (not many)}"


def _hint(lacking: Sequence[tuple[str, str]], heading: list[str]) -> str:
    other = [each for each in get_args(Delimiter) if len(heading) == 1 and each in heading[0]]
    if other:
        return f" It is one cell in which {other[0]!r} stands: is that the delimiter?"
    near = get_close_matches(lacking[0][1], heading, n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else ""
