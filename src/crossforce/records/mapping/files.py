"""The bytes of a file, opened as text: bounded, in its declared encoding."""

import codecs
import csv
import io
from typing import Any, Final, Protocol

from crossforce.records.mapping import encodings
from crossforce.records.mapping.encodings import Form
from crossforce.records.mapping.findings import Wrong

LOOKED_AT: Final = 1 << 20
BLANK: Final = b" \t\r\n\0" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE


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


def opened(source: Source, form: Form) -> io.TextIOWrapper:
    """The file as text, in which bytes that are not in its encoding are marked.

    Raises Wrong for none, and for an encoding that it plainly does not have.
    """
    bounded = io.BufferedReader(Bounded(source, form.limit_megabytes), LOOKED_AT)
    head = bounded.peek(LOOKED_AT)[:LOOKED_AT]
    if not head.strip(BLANK) and form.type != "jsonl":
        raise Wrong("empty-file", "The file is empty.", "Export it anew.", is_whole=True)
    encodings.refuse_other(head, form)
    declared = form.encoding
    return io.TextIOWrapper(
        bounded,
        "utf-8-sig" if declared == "utf-8" else declared,
        errors=encodings.ERRORS,
        newline="",
    )


def not_csv(row: int, error: csv.Error) -> Wrong:
    """The refusal of a file whose quotation marks do not close."""
    return Wrong(
        "csv",
        f"Row {row} is not CSV: {error}.",
        "Correct the quotation marks there, or set file.delimiter.",
        row=row,
        is_whole=True,
    )


def misfit(found: int, wanted: int) -> Wrong:
    """The refusal of a row that has not as many cells as the heading."""
    return Wrong(
        "cells",
        f"The row has {found} cells, and the heading has {wanted}.",
        "Put a text that holds the delimiter into quotation marks, or fill in the missing cells.",
    )
