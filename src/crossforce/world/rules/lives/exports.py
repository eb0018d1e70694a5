"""Each force's records as its own system exports them: its column names, codes, forms of day, letters and files."""

import csv
import io
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from crossforce.world.rules.lives import cells
from crossforce.world.rules.lives.cells import Cell, Row
from crossforce.world.rules.lives.held import Held
from crossforce.world.rules.lives.numbers import plain

PARTIAL: Final = frozenset({"born", "also_born"})
NUMBERED: Final = frozenset({"number", "one", "other"})
KINDS: Final = {
    "people": "person",
    "vehicles": "object",
    "places": "location",
    "events": "event",
    "ties": "tie",
}


@dataclass(frozen=True)
class Shape:
    """How one force's system writes: what exports.toml says of it."""

    force: str
    file: Mapping[str, Any]
    days: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    """Of each kind of row: the name of each column, in its order, with the cell that stands in it."""

    @property
    def ending(self) -> str:
        ending: str = self.file["type"]
        return ending

    @property
    def encoding(self) -> str:
        encoding: str = self.file.get("encoding", "utf-8")
        return encoding


def shapes(table: Mapping[str, Any]) -> Mapping[str, Shape]:
    """The shape of every force that the file describes."""
    return {
        force: Shape(
            force, of["file"], of["days"], of.get("codes", {}), of["numbers"], of["columns"]
        )
        for force, of in table["force"].items()
    }


def files(shape: Shape, held: Held) -> Iterator[tuple[str, bytes]]:
    """What the force exports, kind by kind: people before what is tied to them."""
    for kind, rows in cells.rows(held).items():
        yield kind, written(shape, kind, rows)


def written(shape: Shape, kind: str, rows: Iterable[Row]) -> bytes:
    """One file of one kind of row."""
    if shape.file["type"] == "parquet":
        return _parquet(shape, kind, rows)
    if shape.file["type"] == "jsonl":
        return _lines(shape, kind, rows)
    return _csv(shape, kind, rows)


def _csv(shape: Shape, kind: str, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    columns = shape.columns[kind]
    writer = csv.writer(
        text,
        delimiter=shape.file.get("delimiter", ","),
        quoting=csv.QUOTE_ALL if shape.file.get("quoted") else csv.QUOTE_MINIMAL,
        lineterminator="\r\n",
    )
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_fit(shape, _text(shape, kind, row, cell)) for cell in columns.values())
    return text.getvalue().encode(shape.encoding)


def _lines(shape: Shape, kind: str, rows: Iterable[Row]) -> bytes:
    """An object a line; a column named `a.b` is `b` within `a`, and what is empty is left out."""
    found: list[str] = []
    for row in rows:
        line: dict[str, Any] = {}
        for column, cell in shape.columns[kind].items():
            value = _plain(shape, kind, row, cell)
            if value not in ("", None, []):
                _into(line, column.split("."), value)
        found.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    return "".join(f"{line}\n" for line in found).encode(shape.encoding)


def _into(line: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for name in path[:-1]:
        line = line.setdefault(name, {})
    line[path[-1]] = value


def _parquet(shape: Shape, kind: str, rows: Iterable[Row]) -> bytes:
    """Columns with types of their own: days are days, points are numbers.

    The library is large, and looked up here alone: other commands start without it.
    """
    arrow: Any = pkgutil.resolve_name("pyarrow")
    write: Any = pkgutil.resolve_name("pyarrow.parquet:write_table")
    columns: dict[str, list[Any]] = {column: [] for column in shape.columns[kind]}
    for row in rows:
        for column, cell in shape.columns[kind].items():
            value = row[cell]
            keep = isinstance(value, float | date) and not isinstance(value, datetime)
            columns[column].append(value if keep else _text(shape, kind, row, cell) or None)
    file = io.BytesIO()
    types = {"date": arrow.date32(), "float": arrow.float64()}
    names = {
        name: next((type(each).__name__ for each in values if each is not None), "")
        for name, values in columns.items()
    }
    schema = arrow.schema(
        [(name, types.get(found, arrow.string())) for name, found in names.items()]
    )
    table = arrow.table(columns, schema=schema)
    write(table, file, compression="zstd")
    return file.getvalue()


def _plain(shape: Shape, kind: str, row: Row, cell: str) -> Any:
    """A cell of JSON: numbers and lists stay what they are."""
    value = row[cell]
    if isinstance(value, float):
        return value
    if isinstance(value, tuple | list):
        return [_coded(shape, cell, each) for each in value]
    return _text(shape, kind, row, cell)


def _text(shape: Shape, kind: str, row: Row, cell: str) -> str:
    value: Cell = row[cell]
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime(shape.days["time"])
    if isinstance(value, date):
        return value.strftime(shape.days["day"])
    if isinstance(value, float):
        return f"{value:.4f}"
    if not isinstance(value, str):
        between: str = shape.file.get("list", ";")
        return between.join(_coded(shape, cell, each) for each in value)
    if cell in PARTIAL:
        return _as_far_as_known(shape, value)
    if cell in NUMBERED:
        return _numbered(shape, kind, row, cell, value)
    text = _coded(shape, cell, value)
    return text.upper() if cell in shape.file.get("capitals", ()) else text


def _as_far_as_known(shape: Shape, born: str) -> str:
    if len(born) == 10:
        return date.fromisoformat(born).strftime(shape.days["day"])
    return shape.days["year"].format(born) if born else ""


def _numbered(shape: Shape, kind: str, row: Row, cell: str, value: str) -> str:
    """The system's own number: each kind of record has a form of it."""
    of = KINDS[kind] if cell == "number" else str(row[f"{cell}_kind"])
    return shape.numbers[of].format(value)


def _coded(shape: Shape, cell: str, value: str) -> str:
    return shape.codes.get(cell, {}).get(value, value)


def _fit(shape: Shape, text: str) -> str:
    """Letters that the export's code page does not have are written without their marks."""
    try:
        text.encode(shape.encoding)
    except UnicodeEncodeError:
        return plain(text).encode(shape.encoding, "replace").decode(shape.encoding)
    return text
