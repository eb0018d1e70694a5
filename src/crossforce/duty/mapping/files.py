"""The rows of a CSV export, one record at a time."""

import csv
import io
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from operator import itemgetter
from typing import Any, get_args

from crossforce.duty.mapping import joining
from crossforce.duty.mapping.document import Mapping
from crossforce.duty.mapping.tables import Delimiter
from crossforce.records.mapping import encodings, trailers
from crossforce.records.mapping.files import misfit, not_csv
from crossforce.records.mapping.findings import Wrong

Numbered = Iterator[tuple[int, Sequence[str] | Wrong]]


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
                yield records.line_num, misfit(len(cells), width)
        lines.end()
    except csv.Error as error:
        raise not_csv(records.line_num, error) from None


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
