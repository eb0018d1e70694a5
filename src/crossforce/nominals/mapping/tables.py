"""The rows of a table, one at a time, whatever is in them: a broken row takes no other with it."""

import csv
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from crossforce.records.mapping import encodings
from crossforce.records.mapping.findings import Wrong

LONGEST_ROW: Final = 100_000


class Cells(NamedTuple):
    """A row as it came, on which line it begins, and why it is no row of this table if it is none."""

    row: int
    held: list[str]
    wrong: Wrong | None = None


class Lines:
    """Lines of a file, of which those that were read last can be given back."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._back: list[str] = []
        self._taken: list[str] = []
        self.at = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._text)
        self.at += 1
        self._taken.append(line)
        return line

    def begin(self) -> None:
        """From here on a new row is read."""
        self._taken.clear()

    def give_back(self) -> str:
        """All but the first line of the row at hand are read anew, each by itself; the first is returned."""
        first, *rest = self._taken or [""]
        self._back.extend(reversed(rest))
        self.at -= len(rest)
        return first


def rows(text: Iterable[str], delimiter: str) -> Iterator[Cells]:
    """Every row of the table with its heading first. A row with an open quotation mark is one line."""
    lines = Lines(text)
    records = csv.reader(_bounded(lines), delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        row = lines.at + 1
        try:
            held = next(records)
        except StopIteration:
            return
        except _TooLong as refused:
            yield Cells(row, [refused.begins], refused.wrong)
            continue
        except csv.Error as error:
            yield Cells(row, [lines.give_back().rstrip("\r\n")], _not_csv(error))
            continue
        if held:
            yield Cells(row, held, _stray(held))


class _TooLong(Exception):
    def __init__(self, line: str) -> None:
        self.begins = line[:200]
        self.wrong = Wrong(
            "row-too-long",
            f"The row has {len(line):,} characters; {LONGEST_ROW:,} is the most.",
            "Shorten the cell that holds a document, where the export is made.",
        )
        super().__init__("too long")


def _bounded(lines: Lines) -> Iterator[str]:
    return iter(_Bounded(lines))


class _Bounded:
    """What the reader of tables is given: a line that no record would have never reaches it."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __iter__(self) -> "_Bounded":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if len(line) > LONGEST_ROW:
            raise _TooLong(line)
        return line


def _not_csv(error: csv.Error) -> Wrong:
    return Wrong(
        "csv",
        f"The row is not CSV: {error}.",
        "Correct the quotation marks there, or set file.delimiter.",
    )


def _stray(cells: list[str]) -> Wrong | None:
    """The refusal of a row with a byte that is not in the encoding."""
    for cell in cells:
        if not cell.isascii() and (stray := encodings.STRAY.search(cell)):
            return Wrong(
                "encoding",
                encodings.byte(stray, "there, which is not in the encoding"),
                "Export the row in the encoding that file.encoding says.",
            )
    return None


def misfit(found: int, wanted: int) -> Wrong:
    """The refusal of a row with another number of cells than the heading."""
    sort = "few" if found < wanted else "many"
    return Wrong(
        f"cells-too-{sort}",
        f"The row has {found} cells, and the heading has {wanted}.",
        "Put a text that holds the delimiter into quotation marks, or fill in the missing cells.",
    )
