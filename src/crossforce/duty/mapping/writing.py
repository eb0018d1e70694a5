"""Duties, written as the export that a mapping describes: what reading it again gives the same."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from crossforce.duty.mapping.cells import YES
from crossforce.duty.mapping.document import DutyCode, Mapping
from crossforce.duty.mapping.patterns import Clock, written
from crossforce.duty.mapping.rows import OF_CODES, Rows
from crossforce.duty.mapping.values import Duty, Known, Wrong

KEPT_EMPTY: Final = (None, "")


class CannotWrite(ValueError):
    """The duty cannot be said in the form of this export; the message says why."""


def write(duties: Iterable[Duty], mapping: Mapping) -> Iterator[bytes]:
    """The file, in pieces. Raises CannotWrite.

    Normalised: cells are trimmed, the first of several codes for one thing is taken, and duties of
    one person in a nested export must stand together.
    """
    writer = _Writer(mapping)
    cells = (writer.cells(duty) for duty in duties)
    encoding = mapping.file.encoding
    text = {"csv": _csv, "jsonl": _jsonl, "json": _json}[mapping.file.type](cells, mapping)
    for number, piece in enumerate(text):
        # The mark of a UTF-16 file belongs at its very beginning and nowhere else.
        yield piece.encode("utf-16-le" if encoding == "utf-16" and number else encoding)


Row = dict[str, str]


def _csv(rows: Iterable[Row], mapping: Mapping) -> Iterator[str]:
    held = io.StringIO()
    out = csv.writer(held, delimiter=mapping.file.delimiter, lineterminator="\r\n")
    out.writerow(mapping.columns.values())
    for row in rows:
        out.writerow([row[field] for field in mapping.columns])
        if held.tell() > 1 << 16:
            yield _drained(held)
    yield _drained(held)


def _drained(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


def _jsonl(rows: Iterable[Row], mapping: Mapping) -> Iterator[str]:
    for item in _items(rows, mapping):
        yield json.dumps(item, ensure_ascii=False) + "\n"


def _json(rows: Iterable[Row], mapping: Mapping) -> Iterator[str]:
    names = [name for name in mapping.file.rows.split(".") if name]
    yield "".join(f"{{{json.dumps(name)}: " for name in names) + "["
    for number, item in enumerate(_items(rows, mapping)):
        yield ("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False)
    yield "\n]" + "}" * len(names) + "\n"


def _items(rows: Iterable[Row], mapping: Mapping) -> Iterator[Any]:
    columns: dict[str, str] = {str(field): path for field, path in mapping.columns.items()}
    if mapping.shape != "nested":
        for row in rows:
            yield _placed(row, {field: path.split(".") for field, path in columns.items()})
        return
    of_person = {f: p.split(".")[1:] for f, p in columns.items() if p.startswith("person.")}
    of_duty = {f: p.split(".")[1:] for f, p in columns.items() if p.startswith("duty.")}
    for _, together in groupby(rows, key=lambda row: [row[field] for field in of_person]):
        group = list(together)
        item = _placed(group[0], of_person)
        _put(item, mapping.file.duties.split("."), [_placed(row, of_duty) for row in group])
        yield item


def _placed(row: Row, paths: dict[str, list[str]]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for field, path in paths.items():
        _put(item, path, row[field])
    return item


def _put(item: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        item = item.setdefault(name, {})
    item[path[-1]] = value


class _Writer:
    """Says duties in the cells of a mapping, and reads them again to be sure."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.clock = mapping.times.clock()
        self._rows = Rows(mapping, list(mapping.columns), Known())
        carried = mapping.carried & set(Duty._fields)
        self._compared = sorted(
            carried | {"staff", "what", "starts_at", "ends_at", "is_cancelled"}
        )

    def cells(self, duty: Duty) -> Row:
        """The cells of the duty, by field. Raises CannotWrite."""
        found: Row = {field: _cell(duty, field, self) for field in self.mapping.columns}
        if self.mapping.shape == "days":
            found |= _day_and_code(duty, self)
        try:
            again = self._rows.duty(duty.row, list(found.values()))
        except Wrong as wrong:
            raise CannotWrite(f"{duty.reference}: {wrong.message}") from None
        for field in self._compared:
            if getattr(again, field) != getattr(duty, field):
                raise CannotWrite(
                    f"{duty.reference}: {field} is {getattr(duty, field)}, and this export would"
                    f" say {getattr(again, field)}."
                )
        return found


def _cell(duty: Duty, field: str, writer: _Writer) -> str:
    mapping = writer.mapping
    if field in ("date", "code"):
        return ""
    if field.startswith(("start", "end")):
        return _time(duty, field, writer)
    flags = {"on_call": duty.what == "on-call", "cancelled": duty.is_cancelled}
    if field in flags:
        return _encoded("yes" if flags[field] else "no", field, mapping)
    value = mapping.holder if field == "force" else getattr(duty, field)
    return "" if value in KEPT_EMPTY else _encoded(str(value), field, mapping)


def _encoded(value: str, field: str, mapping: Mapping) -> str:
    codes = next((each for name, each in mapping.codes.items() if name == field), None)
    if codes is None:
        return value
    is_flag = field in ("on_call", "cancelled")
    for text, code in codes.items():
        if code == value or (is_flag and (code.lower() in YES) == (value == "yes")):
            return str(text)
    if is_flag and value == "no":
        return ""
    raise CannotWrite(f"No code of [codes.{field}] stands for {value!r}.")


def _time(duty: Duty, field: str, writer: _Writer) -> str:
    at = duty.starts_at if field.startswith("start") else duty.ends_at
    pattern = writer.clock.pattern
    forms = {"date": pattern.date, "time": pattern.time}
    form = forms.get(field.partition("_")[2], pattern.whole)
    return written(at.astimezone(writer.clock.zone), form)


def _day_and_code(duty: Duty, writer: _Writer) -> Row:
    day = duty.starts_at.astimezone(writer.clock.zone).date()
    for text, code in writer.mapping.duty_codes.items():
        if _stands_for(code, duty, writer.clock):
            return {"date": writer.clock.written_day(day), "code": text}
    raise CannotWrite(f"{duty.reference}: no duty code stands for it.")


def _stands_for(code: DutyCode, duty: Duty, clock: Clock) -> bool:
    if duty.is_cancelled or code.what == "nothing":
        return duty.is_cancelled and code.what == "nothing"
    fixed = [(name, getattr(code, name)) for name in OF_CODES]
    if code.what != duty.what or any(v not in (None, getattr(duty, n)) for n, v in fixed):
        return False
    day = duty.starts_at.astimezone(clock.zone).date()
    starts, ends = (time.fromisoformat(each or "00:00") for each in (code.starts, code.ends))
    end_day = day + timedelta(days=ends <= starts)
    try:
        span = (
            clock.local(datetime.combine(day, starts)),
            clock.local(datetime.combine(end_day, ends)),
        )
    except Wrong:
        return False
    return span == (duty.starts_at, duty.ends_at)
