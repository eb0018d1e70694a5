"""The bytes of an export, opened as text: bounded, in its declared encoding, one record at a time."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from operator import itemgetter
from typing import Any, Final, Protocol, get_args

from crossforce.duty.mapping import joining, trailers
from crossforce.duty.mapping.document import Delimiter, Mapping
from crossforce.duty.mapping.values import Wrong

LOOKED_AT: Final = 1 << 20
MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
BOTH: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BLANK: Final = b" \t\r\n\0" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE
STRICT: Final = frozenset({"utf-8", "ascii"})
ONE_BYTE: Final = frozenset({"cp1252", "iso-8859-1"})

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
    """The file as text. Raises Wrong for none, and for an encoding that it plainly does not have."""
    bounded = io.BufferedReader(Bounded(source, mapping.file.limit_megabytes), LOOKED_AT)
    head = bounded.peek(LOOKED_AT)[:LOOKED_AT]
    if not head.strip(BLANK) and mapping.file.type != "jsonl":
        raise Wrong("empty-file", "The file is empty.", "Export it anew.", is_whole=True)
    _refuse_other_encoding(head, mapping)
    declared = mapping.file.encoding
    return io.TextIOWrapper(
        bounded, "utf-8-sig" if declared == "utf-8" else declared, errors="strict", newline=""
    )


def _refuse_other_encoding(head: bytes, mapping: Mapping) -> None:
    declared = mapping.file.encoding
    for mark, encoding in MARKS:
        if head.startswith(mark) and declared != encoding:
            why = f"It begins with the mark of {encoding}."
            raise wrong_encoding(declared, why, better=encoding)
    if declared == "utf-16" and head and not head.startswith(BOTH):
        raise _without_mark(head)
    if declared != "utf-16" and b"\0" in head:
        raise wrong_encoding(declared, "It holds zero bytes.")
    if declared in ONE_BYTE and not head.isascii() and _undecodable(head, "utf-8") < 0:
        first = _undecodable(head, "ascii")
        row, column = _place(head[:first], mapping)
        why = "Its letters beyond ASCII are those of utf-8."
        raise wrong_encoding(declared, why, row=row, column=column, better="utf-8")
    if declared in STRICT and (first := _undecodable(head, declared)) >= 0:
        row, column = _place(head[:first], mapping)
        why = f"The byte {head[first]:#04x} stands there."
        raise wrong_encoding(declared, why, row=row, column=column)


def _without_mark(head: bytes) -> Wrong:
    """The refusal of a file that does not begin as its encoding does."""
    why = "It does not begin with the byte order mark."
    if b"\0" not in head:
        better = "utf-8" if _undecodable(head, "utf-8") < 0 else ""
        return wrong_encoding("utf-16", why, better=better)
    return wrong_encoding("utf-16", why, remedy="Export the file with its byte order mark.")


def _undecodable(head: bytes, encoding: str) -> int:
    """Where the first byte stands that is not in the encoding; -1 where all of them are.

    A cut at the end of what is looked at may fall within a letter: so it is not final.
    """
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(head, final=False)
    except UnicodeDecodeError as error:
        return error.start
    return -1


def _place(before: bytes, mapping: Mapping) -> tuple[int, str]:
    """The row and column at which what stands before ends, where they can be known; else 0 and none."""
    if mapping.file.type == "json":
        return 0, ""
    row = before.count(b"\n") + 1
    if mapping.file.type != "csv":
        return row, ""
    text = before.removeprefix(codecs.BOM_UTF8).decode("latin-1") + "."
    try:
        records = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=mapping.file.delimiter)
        )
    except csv.Error:
        return row, ""
    heading, at = records[0], len(records[-1]) - 1
    return row, heading[at].strip() if len(records) > 1 and at < len(heading) else ""


def wrong_encoding(
    declared: str,
    why: str,
    *,
    row: int = 0,
    column: str = "",
    better: str = "",
    remedy: str = "Set file.encoding to the export's own.",
) -> Wrong:
    """The refusal of a file in another encoding."""
    if better:
        remedy = f'Set file.encoding to "{better}".'
    return Wrong(
        "encoding",
        f"The file is not in the encoding {declared}. {why}",
        remedy,
        column=column,
        row=row,
        is_whole=True,
    )


def csv_rows(text: io.TextIOWrapper, mapping: Mapping) -> Numbered:
    """The cells of the mapping's columns, with the number of the row. Raises Wrong."""
    lines = csv.reader(text, delimiter=mapping.file.delimiter, strict=True)
    try:
        heading = [each.strip() for each in next(lines, [])]
        places = _places(heading, mapping)
        pick, width, join = _picker(places), len(heading), joining.joiner(mapping)
        trailer = mapping.file.trailer
        for cells in trailers.rows_before(lines, trailer) if trailer else lines:
            if len(cells) == width:
                yield lines.line_num, join(list(map(str.strip, pick(cells))))
            elif any(cells):
                yield lines.line_num, _misfit(len(cells), width)
    except csv.Error as error:
        raise Wrong(
            "csv",
            f"Row {lines.line_num} is not CSV: {error}.",
            "Correct the quotation marks there, or set file.delimiter.",
            row=lines.line_num,
            is_whole=True,
        ) from None


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
    found = []
    columns = ((field, each) for field, of in mapping.columns.items() for each in of)
    for field, column in columns:
        if heading.count(column) > 1:
            raise Wrong(
                "heading-twice",
                f"The heading {column!r} stands in the file more than once.",
                "Give each column of the export its own heading.",
                column=column,
                is_whole=True,
            )
        if column not in heading:
            raise _no_heading(field, column, heading)
        found.append(heading.index(column))
    return found


def _no_heading(field: str, column: str, heading: list[str]) -> Wrong:
    near = get_close_matches(column, heading, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    other = [each for each in get_args(Delimiter) if len(heading) == 1 and each in heading[0]]
    if other:
        hint = f" It is one cell in which {other[0]!r} stands: is that the delimiter?"
    return Wrong(
        "heading-missing",
        f"The first row has no heading {column!r}, where columns.{field} looks.",
        f"Export the file with its headings, or correct the mapping.{hint}",
        column=column,
        is_whole=True,
    )
