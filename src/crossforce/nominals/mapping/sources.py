"""What a source sends, row by row: a table, lines of JSON, Parquet, or rows that were pushed."""

import io
import json
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from difflib import get_close_matches
from typing import IO, Any, Final, NamedTuple

from crossforce.nominals.mapping import tables
from crossforce.nominals.mapping.document import Mapping
from crossforce.records.mapping import encodings, items
from crossforce.records.mapping.files import opened
from crossforce.records.mapping.findings import Wrong

AT_ONCE: Final = 500
"""So many rows of Parquet are in memory at once."""
LARGEST_GROUP: Final = 512_000_000
"""So many bytes, unpacked, are read of a row group of Parquet at most."""
Take = Callable[[Any], Any]
"""Takes what a column says from a row: a text, or a list where the row has one."""


class Came(NamedTuple):
    """A row as it came, and why nothing can be made of it if so."""

    row: int
    held: Any
    wrong: Wrong | None = None


class Opened(NamedTuple):
    """The rows of a source; `take` makes what reads a column of them, `shown` says a row by its columns."""

    rows: Iterable[Came]
    take: Callable[[str], Take]
    shown: Callable[[Any], dict[str, Any]]


def opened_as(source: IO[bytes], of: Mapping) -> Opened:
    """A file, as its mapping says. Raises Wrong, for the whole file."""
    if of.file.type == "parquet":
        return _parquet(source, of)
    text = opened(source, of.file)
    if of.file.type == "jsonl":
        return Opened(_lines(text), path, plain)
    return _table(text, of)


def pushed(rows: Sequence[Any]) -> Opened:
    """Rows that came over the API, one object each."""
    found = (
        Came(at, row, None if isinstance(row, dict) else _no_object())
        for at, row in enumerate(rows, 1)
    )
    return Opened(found, path, plain)


def mended(cells: dict[str, Any], of: Mapping) -> Opened:
    """One row whose cells somebody corrected."""
    came = [Came(1, cells)]
    if of.file.type != "csv":
        return Opened(came, path, plain)

    def take(column: str) -> Take:
        return lambda held: str(held.get(column) or "").strip()

    return Opened(came, take, plain)


def columns_of(mapping: Mapping) -> list[str]:
    """Every column that the mapping reads, once, but for those within a list."""
    found = [each for several in mapping.columns.values() for each in several]
    for block in (*mapping.statement, *mapping.tie):
        if block.each:
            found.append(block.each.column)
        else:
            found += [each for several in block.columns.values() for each in several]
    return list(dict.fromkeys(found))


def _table(text: io.TextIOWrapper, of: Mapping) -> Opened:
    read = tables.rows(text, of.file.delimiter)
    first = next(read, None)
    if first is None:
        raise Wrong("empty-file", "The file is empty.", "Export it anew.", is_whole=True)
    heading = [each.strip() for each in first.held]
    _require(columns_of(of), heading)
    width, at = len(heading), {name: place for place, name in enumerate(heading)}

    def rows() -> Iterator[Came]:
        for each in read:
            wrong = each.wrong
            if wrong is None and len(each.held) != width:
                wrong = tables.misfit(len(each.held), width)
            yield Came(each.row, each.held, wrong)

    def take(column: str) -> Take:
        place = at[column]
        return lambda held: held[place].strip()

    def shown(held: Sequence[str]) -> dict[str, Any]:
        names = [*heading, *(f"column {n}" for n in range(width + 1, len(held) + 1))]
        return dict(zip(names, held, strict=False))

    return Opened(rows(), take, shown)


def _require(wanted: Sequence[str], heading: Sequence[str]) -> None:
    """Refuse a file that has not the mapping's columns, once each. Raises Wrong."""
    for column in wanted:
        if (number := list(heading).count(column)) != 1:
            near = get_close_matches(column, heading, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]!r}?" if near and not number else ""
            begins = ", ".join(repr(each[:40]) for each in heading[:5])
            raise Wrong(
                "heading-twice" if number else "heading-missing",
                f"The file has the column {column!r} {'more than once' if number else 'nowhere'}:"
                f" its columns begin with {begins}.",
                f"Export it with its columns, or correct the mapping.{hint}",
                column=column,
                row=1,
                is_whole=True,
            )


def _lines(text: io.TextIOWrapper) -> Iterator[Came]:
    for row, line in enumerate(text, 1):
        if not line.strip():
            continue
        if len(line) > tables.LONGEST_ROW:
            yield Came(row, {"line": line[:200]}, _long_line(line))
        elif not line.isascii() and (stray := encodings.STRAY.search(line)):
            why = encodings.byte(stray, "there, which is not in the encoding")
            yield Came(
                row, {"line": line.strip()}, Wrong("encoding", why, "Export the row as UTF-8.")
            )
        else:
            yield _line(row, line)


def _line(row: int, line: str) -> Came:
    try:
        held = json.loads(line, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        why = f"The line is not JSON: {error}."
        return Came(
            row, {"line": line.strip()[:2_000]}, Wrong("json", why, "Correct the line.")
        )
    if not isinstance(held, dict):
        return Came(row, {"line": line.strip()[:2_000]}, _no_object())
    return Came(row, held)


def _long_line(line: str) -> Wrong:
    return Wrong(
        "row-too-long",
        f"The line has {len(line):,} characters; {tables.LONGEST_ROW:,} is the most.",
        "Shorten the value that holds a document, where the export is made.",
    )


def _no_object() -> Wrong:
    return Wrong(
        "shape", "The row is no object of JSON.", "Write one: names and values in braces."
    )


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands in it twice")
    return found


def _parquet(source: IO[bytes], of: Mapping) -> Opened:
    """Read where it is needed alone: the library is large, and other commands start without it."""
    read: Any = pkgutil.resolve_name("pyarrow.parquet:ParquetFile")
    with _told():
        file = read(source, pre_buffer=False)
    _refuse_large(file.metadata)
    _require(_outer(columns_of(of)), list(file.schema_arrow.names))

    def rows() -> Iterator[Came]:
        row, batches = 0, file.iter_batches(batch_size=AT_ONCE)
        while (held := _next(batches)) is not None:
            for each in held:
                row += 1
                yield Came(row, each)

    return Opened(rows(), path, plain)


def _next(batches: Iterator[Any]) -> list[Any] | None:
    with _told():
        batch = next(batches, None)
        return None if batch is None else batch.to_pylist()


@contextmanager
def _told() -> Iterator[None]:
    """What the library finds wrong with a file, also in the middle of it, refuses it."""
    fault: Any = pkgutil.resolve_name("pyarrow:ArrowException")
    try:
        yield
    except (fault, OSError, ValueError, OverflowError) as error:
        why = " ".join(str(error).split()).rstrip(".")
        said = f"The file cannot be read as Parquet: {why}."
        raise Wrong("parquet", said, "Export it anew.", is_whole=True) from None


def _refuse_large(of: Any) -> None:
    """Refuse a file that would take too much memory, before any of it is read. Raises Wrong."""
    groups = (of.row_group(at).total_byte_size for at in range(of.num_row_groups))
    if max(groups, default=0) > LARGEST_GROUP:
        raise Wrong(
            "too-large",
            f"A row group of the file is larger than {LARGEST_GROUP // 1_000_000} MB.",
            "Export it in smaller row groups.",
            is_whole=True,
        )


def _outer(columns: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(each.partition(".")[0] for each in columns))


def path(column: str) -> Take:
    """What reads `a.b` of an object: a text, or a list of what stands there."""
    names = column.split(".")

    def take(held: Any) -> Any:
        found = items.at(held, names)
        if isinstance(found, list):
            return found
        if isinstance(found, datetime):
            return found.isoformat(" ", "seconds")
        if isinstance(found, date):
            return found.isoformat()
        return items.text(found, names)

    return take


def plain(held: Any) -> dict[str, Any]:
    """A row as it can be kept: days as texts."""
    return {str(name): _plain(value) for name, value in held.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return plain(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
