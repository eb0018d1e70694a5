"""Whether an export is in its declared encoding: what is not is told with row and column, wherever it stands."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from crossforce.records.mapping.findings import Wrong

MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
BOTH: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ONE_BYTE: Final = frozenset({"cp1252", "iso-8859-1"})
ERRORS: Final = "surrogateescape"
STRAY: Final = re.compile("[\udc80-\udcff]")
"""How a byte that is not in the encoding stands in a text that is read with these ERRORS."""
UTF_8: Final = "Its letters beyond ASCII are those of utf-8."


class Form(Protocol):
    """What a mapping says a file is."""

    @property
    def type(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def delimiter(self) -> str: ...
    @property
    def limit_megabytes(self) -> int: ...
    @property
    def rows(self) -> str: ...


def refuse_other(head: bytes, form: Form) -> None:
    """Refuse a file that plainly begins in another encoding, before anything of it is read. Raises Wrong."""
    declared = form.encoding
    for mark, encoding in MARKS:
        if head.startswith(mark) and declared != encoding:
            why = f"It begins with the mark of {encoding}."
            raise wrong_encoding(declared, why, better=encoding)
    if declared == "utf-16" and head and not head.startswith(BOTH):
        raise _without_mark(head)
    if declared != "utf-16" and b"\0" in head:
        raise wrong_encoding(declared, "It holds zero bytes.")
    if declared in ONE_BYTE and not head.isascii() and _undecodable(head, "utf-8") < 0:
        row, column = _place(head[: _undecodable(head, "ascii")], form)
        raise wrong_encoding(declared, UTF_8, row=row, column=column, better="utf-8")


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


def _place(before: bytes, form: Form) -> tuple[int, str]:
    """The row and column at which what stands before ends, where they can be known; else 0 and none."""
    if form.type == "json":
        return 0, ""
    row = before.count(b"\n") + 1
    if form.type != "csv":
        return row, ""
    text = before.removeprefix(codecs.BOM_UTF8).decode("latin-1") + "."
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter))
    except csv.Error:
        return row, ""
    heading, at = records[0], len(records[-1]) - 1
    return row, heading[at].strip() if len(records) > 1 and at < len(heading) else ""


class Lines:
    """The lines of a table, of which the letters beyond ASCII are looked at, record by record."""

    def __init__(self, text: Iterable[str], declared: str) -> None:
        self._text, self._declared = text, declared
        self._may_be_utf_8, self._first = declared in ONE_BYTE, (0, "")
        self.has_letters = False

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if not line.isascii():
                self.has_letters = True
            yield line

    def look(self, row: int, heading: Sequence[str], cells: Sequence[str]) -> None:
        """Look at the record whose lines have letters beyond ASCII. Raises Wrong, for the whole file."""
        self.has_letters = False
        for place, cell in enumerate(cells):
            if not cell.isascii():
                column = heading[place] if place < len(heading) else ""
                self._look(row, column, cell)

    def _look(self, row: int, column: str, cell: str) -> None:
        if stray := STRAY.search(cell):
            better, why = "utf-8" if self._is_utf_8(cell) else "", byte(stray)
            raise wrong_encoding(self._declared, why, row=row, column=column, better=better)
        if self._may_be_utf_8:
            self._may_be_utf_8 = self._is_utf_8(cell)
            self._first = self._first if self._first[0] else (row, column)

    def _is_utf_8(self, cell: str) -> bool:
        if self._declared == "utf-8":
            return False
        try:
            cell.encode(self._declared, ERRORS).decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    def end(self) -> None:
        """Refuse a table of which no letter was of its encoding alone. Raises Wrong."""
        row, column = self._first
        if self._may_be_utf_8 and row:
            raise wrong_encoding(self._declared, UTF_8, row=row, column=column, better="utf-8")


def byte(stray: re.Match[str], where: str = "there") -> str:
    """What is told of a byte that is not in the encoding."""
    return f"The byte {ord(stray.group()) - 0xDC00:#04x} stands {where}."


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
