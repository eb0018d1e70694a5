"""A spreadsheet becomes rows of a layout, whatever the order of its columns; every row is judged."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from openpyxl.utils import get_column_letter

from crossforce.records.reading import cells, texts, workbooks
from crossforce.records.reading.cells import Known
from crossforce.records.reading.layouts import Column, Layout
from crossforce.records.reading.values import (
    Cell,
    Finding,
    Line,
    Reading,
    Row,
    Value,
    Wrong,
    in_order,
)

NO_HEADING: Final = "no-heading"
LOOKED_AT: Final = 10
"""How many rows may stand above the headings: a title, a date, an empty one."""

Places = Mapping[str, int]


def read(content: bytes, layout: Layout, known: Known, sheet: str = "") -> Reading:
    """The file, read whole: its sound rows, and a finding for everything that is wrong."""
    try:
        if workbooks.is_workbook(content):
            lines, notes = workbooks.lines(content, sheet, layout.most_rows)
        else:
            lines, notes = texts.lines(content, layout.most_rows), ()
        at, places, unknown = _headings(lines, layout)
    except Wrong as wrong:
        return Reading(findings=(wrong.finding(),))
    judged = [_judged(line, layout, places, known) for line in lines[at + 1 :]]
    rows = [row for row, _ in judged if row]
    found = [each for _, several in judged for each in several]
    below = lines[at + 1 :]
    found += [*_twice(below, layout, places), *_beyond(below, lines[at], layout, places)]
    refused = {each.row for each in found if not each.is_note}
    sound = tuple(row for row in rows if row.number not in refused)
    return Reading(sound, in_order((*notes, *unknown, *found)))


def _headings(lines: Sequence[Line], layout: Layout) -> tuple[int, Places, tuple[Finding, ...]]:
    """Which row has the headings, where each field is, and columns that are not of the table. Raises Wrong."""
    by_word = {
        _word(name): column
        for column in layout.columns
        for name in (column.heading, column.field, *column.others)
    }
    scored = [
        (sum(1 for cell in line.cells if _word(cell.raw) in by_word), -number)
        for number, line in enumerate(lines[:LOOKED_AT])
    ]
    best, at = max(scored, default=(0, 0))
    if best < min(2, len(layout.columns)):
        wanted = ", ".join(each.heading for each in layout.columns if each.is_needed)
        raise Wrong(
            "headings-missing",
            "No row has the headings of the table.",
            f"Put them above the rows. Needed are {wanted}.",
            is_whole=True,
        )
    return -at, *_placed(lines[-at], layout, by_word)


def _placed(
    heading: Line, layout: Layout, by_word: Mapping[str, Column]
) -> tuple[Places, tuple[Finding, ...]]:
    places: dict[str, int] = {}
    unknown = []
    for number, cell in enumerate(heading.cells):
        column = by_word.get(_word(cell.raw))
        if column is None:
            if cell.raw not in (None, ""):
                unknown.append(_unknown_heading(cell))
        elif column.field in places:
            first = heading.cells[places[column.field]]
            raise Wrong(
                "heading-twice",
                f"{first.place} and {cell.place} are both headings of {column.heading}.",
                "Keep one of the two columns.",
                place=cell.place,
                is_whole=True,
            )
        else:
            places[column.field] = number
    for column in layout.columns:
        if (column.is_needed or column.is_headed) and column.field not in places:
            raise _heading_missing(column, heading)
    return places, tuple(unknown)


def _unknown_heading(cell: Cell) -> Finding:
    return Finding(
        "unknown-column",
        f"The column {str(cell.raw)[:40]!r} is not of this table and was not read.",
        "Rename it if it should be.",
        place=cell.place,
        is_note=True,
    )


def _heading_missing(column: Column, heading: Line) -> Wrong:
    there = [str(cell.raw) for cell in heading.cells if cell.raw]
    near = get_close_matches(column.heading, there, n=1, cutoff=0.5)
    hint = f" Is it {near[0]!r}?" if near else ""
    return Wrong(
        "heading-missing",
        f"Row {heading.number} has no heading {column.heading!r}.",
        f"Add the column.{hint}",
        place=heading.cells[0].place,
        is_whole=True,
    )


def _word(raw: object) -> str:
    """A heading as it is compared: its letters and digits alone."""
    return re.sub(r"[^a-z0-9]+", "", raw.casefold()) if isinstance(raw, str) else ""


def _judged(
    line: Line, layout: Layout, places: Places, known: Known
) -> tuple[Row | None, list[Finding]]:
    reference = _reference(line, layout, places)
    values: dict[str, Value] = {}
    found = list(_read_into(values, line, layout, places, known))
    if not found and (fault := layout.judge(values)):
        field, why, remedy = fault
        place = _at(line, places, field).place
        found.append(Finding("contradiction", f"{place}: {why}.", remedy, place))
    found = [each._replace(row=line.number, reference=reference) for each in found]
    where = {field: _at(line, places, field).place for field in values}
    row = None if found else Row(line.number, reference, values, where)
    if line.is_hidden:
        found.append(_hidden(line, reference))
    return row, found


def _read_into(
    values: dict[str, Value], line: Line, layout: Layout, places: Places, known: Known
) -> Iterator[Finding]:
    for column in layout.columns:
        if column.field not in places:
            continue
        cell = _at(line, places, column.field)
        try:
            value = cells.read(cell, column, known)
        except Wrong as wrong:
            yield wrong.finding(cell.place)
            continue
        if column.is_needed and value in ("", None, ()):
            yield Finding(
                "empty", f"{cell.place} is empty.", f"Fill in {column.heading}.", cell.place
            )
        values[column.field] = value


def _at(line: Line, places: Places, field: str) -> Cell:
    """The cell of a field; beyond the end of a short row, an empty one where it would be."""
    number = places.get(field, 0)
    if number < len(line.cells):
        return line.cells[number]
    sheet, bang, _ = line.cells[0].place.rpartition("!")
    return Cell(f"{sheet}{bang}{get_column_letter(number + 1)}{line.number}", None)


def _reference(line: Line, layout: Layout, places: Places) -> str:
    """The row's own reference, as far as it can be read; empty where it cannot."""
    if (column := layout.reference) is None:
        return ""
    try:
        return str(cells.read(_at(line, places, column.field), column, {}) or "")
    except Wrong:
        return ""


def _twice(lines: Sequence[Line], layout: Layout, places: Places) -> Iterator[Finding]:
    """Rows of one reference: which of them is meant cannot be told, so none is read."""
    if (column := layout.reference) is None:
        return
    by_reference: defaultdict[str, list[str]] = defaultdict(list)
    numbers = {}
    for line in lines:
        if reference := _reference(line, layout, places):
            place = _at(line, places, column.field).place
            by_reference[reference].append(place)
            numbers[place] = line.number
    for reference, several in by_reference.items():
        for place in several if len(several) > 1 else ():
            others = ", ".join(each for each in several if each != place)
            yield Finding(
                "reference-twice",
                f"{place}: the reference {reference!r} stands in {others} too.",
                "Give each row a reference of its own.",
                place,
                numbers[place],
                reference,
            )


def _beyond(
    lines: Sequence[Line], heading: Line, layout: Layout, places: Places
) -> Iterator[Finding]:
    """The first cell of each row that stands under no heading.

    Beyond the last heading something has shifted the row; under an empty one is a note at the side.
    """
    for line in lines:
        for number, cell in enumerate(line.cells):
            is_beyond = number >= len(heading.cells)
            if _is_empty(cell) or not (is_beyond or _is_empty(heading.cells[number])):
                continue
            yield Finding(
                NO_HEADING,
                f"{cell.place} holds something and has no heading"
                + (
                    ": the row has more cells than there are headings."
                    if is_beyond
                    else ", so it was not read."
                ),
                "Put a text that holds a comma in quotation marks."
                if is_beyond
                else "Write a heading above it.",
                cell.place,
                line.number,
                _reference(line, layout, places),
                is_note=not is_beyond,
            )
            break


def _is_empty(cell: Cell) -> bool:
    return cell.raw is None or (isinstance(cell.raw, str) and not cell.raw.strip())


def _hidden(line: Line, reference: str) -> Finding:
    place = line.cells[0].place
    return Finding(
        "hidden-row",
        f"Row {line.number} is hidden and was read.",
        "Show it and look at it, or delete it.",
        place,
        line.number,
        reference,
        is_note=True,
    )
