"""A source, read from beginning to end: records and refused rows, in the order in which they came."""

from collections.abc import Container, Iterator
from datetime import date
from typing import IO, Any, Final

from crossforce.nominals.mapping import sources
from crossforce.nominals.mapping.document import Mapping
from crossforce.nominals.mapping.records import Record, Refused
from crossforce.nominals.mapping.rows import Rows

LONGEST_KEPT: Final = 2_000
LINES: Final = frozenset({"csv", "row-too-long"})
"""A row that was refused by one of these has no cells."""


def parse(source: IO[bytes], of: Mapping, *, on: date) -> Iterator[Record | Refused]:
    """What a file says, row by row, however long it is. Raises Wrong, where nothing of it may be used."""
    return _made(sources.opened_as(source, of), of, on)


def parse_rows(rows: list[Any], of: Mapping, *, on: date) -> Iterator[Record | Refused]:
    """The same of rows that were pushed, or mended."""
    return _made(sources.pushed(rows), of, on)


def parse_mended(cells: dict[str, Any], of: Mapping, *, on: date) -> Iterator[Record | Refused]:
    """The same of one row whose cells were corrected."""
    return _made(sources.mended(cells, of), of, on)


def _made(opened: sources.Opened, of: Mapping, on: date) -> Iterator[Record | Refused]:
    rows = Rows(of, opened, on=on)
    for came in opened.rows:
        yield rows.made(came)


def cells_of(
    source: IO[bytes], of: Mapping, rows: Container[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """These rows of a file as they came, column by column: for whoever mends them."""
    opened = sources.opened_as(source, of)
    for came in opened.rows:
        if came.row in rows:
            yield came.row, kept(_shown(came, opened))


def _shown(came: sources.Came, opened: sources.Opened) -> dict[str, Any]:
    """A row by its columns; one that has none as the line that it is."""
    if isinstance(came.held, dict) and "line" in came.held:
        return came.held
    if came.wrong and came.wrong.rule in LINES:
        return {"line": came.held[0]}
    return opened.shown(came.held)


def kept(held: Any) -> Any:
    """A row as it can be kept: what no text may hold is written out, and what is very long is cut and says so."""
    if isinstance(held, dict):
        return {kept(name): kept(value) for name, value in held.items()}
    if isinstance(held, list):
        return [kept(each) for each in held]
    if not isinstance(held, str):
        return held
    text = (
        held
        if len(held) <= LONGEST_KEPT
        else f"{held[:LONGEST_KEPT]}… ({len(held):,} characters)"
    )
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode("utf-8")
