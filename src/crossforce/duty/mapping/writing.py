"""Duties, written as the export that a mapping describes: what reading it again gives the same."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from crossforce.duty.mapping import joining
from crossforce.duty.mapping.cells import FLAGS, YES
from crossforce.duty.mapping.document import AT_TIMES, OF_CODES, Field_, Mapping
from crossforce.duty.mapping.rows import Rows
from crossforce.duty.mapping.tables import DutyCode
from crossforce.duty.mapping.values import Duty, Finding, Known, Wrong, is_formula
from crossforce.records.mapping.patterns import Clock, written

KEPT_EMPTY: Final = (None, "")


class CannotWrite(ValueError):
    """The duty cannot be said in the form of this export; the message says why."""


def write(
    duties: Iterable[Duty], mapping: Mapping, left_out: list[Finding] | None = None
) -> Iterator[bytes]:
    """The file, in pieces. What cannot be said goes to `left_out`; without it, raises CannotWrite.

    Normalised: cells are trimmed, the first of several codes for one thing is taken, and duties of
    one person in a nested export must stand together.
    """
    cells = _cells(duties, _Writer(mapping), left_out)
    encoding = mapping.file.encoding
    text = {"csv": _csv, "jsonl": _jsonl, "json": _json}[mapping.file.type](cells, mapping)
    for number, piece in enumerate(text):
        # The mark of a UTF-16 file belongs at its very beginning and nowhere else.
        yield piece.encode("utf-16-le" if encoding == "utf-16" and number else encoding)


Row = dict[str, str]


def _cells(
    duties: Iterable[Duty], writer: "_Writer", left_out: list[Finding] | None
) -> Iterator[Row]:
    for duty in duties:
        try:
            cells = writer.cells(duty)
        except CannotWrite as wrong:
            if left_out is None:
                raise CannotWrite(f"{duty.reference}: {wrong}") from None
            left_out.append(_left_out(duty, str(wrong), writer.clock))
        else:
            yield cells


def _left_out(duty: Duty, why: str, clock: Clock) -> Finding:
    begins, ends = (
        each.astimezone(clock.zone).strftime("%d/%m/%Y %H:%M")
        for each in (duty.starts_at, duty.ends_at)
    )
    return Finding(
        "cannot-write",
        f"{duty.staff}, {begins} to {ends}: {why}",
        "Correct the duty, or have the mapping say what it needs.",
        reference=duty.reference,
    )


def _csv(rows: Iterable[Row], mapping: Mapping) -> Iterator[str]:
    held = io.StringIO()
    out = csv.writer(held, delimiter=mapping.file.delimiter, lineterminator="\r\n")
    columns = joining.columns(mapping)
    out.writerow(columns)
    number = 0
    for row in rows:
        number += 1
        out.writerow([row[column] for column in columns])
        if held.tell() > 1 << 16:
            yield _drained(held)
    if mapping.file.trailer:
        out.writerow([mapping.file.trailer, number])
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
    paths = {column: column.split(".") for column in joining.columns(mapping)}
    if mapping.shape != "nested":
        for row in rows:
            yield _placed(row, paths)
        return
    of_person = {column: path[1:] for column, path in paths.items() if path[0] == "person"}
    of_duty = {column: path[1:] for column, path in paths.items() if path[0] == "duty"}
    for _, together in groupby(rows, key=lambda row: [row[column] for column in of_person]):
        group = list(together)
        item = _placed(group[0], of_person)
        _put(item, mapping.file.duties.split("."), [_placed(row, of_duty) for row in group])
        yield item


def _placed(row: Row, paths: dict[str, list[str]]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for column, path in paths.items():
        _put(item, path, row[column])
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
        self._shared = _shared(mapping)
        self._compared = sorted(
            carried | {"staff", "what", "starts_at", "ends_at", "is_cancelled"}
        )

    def cells(self, duty: Duty) -> Row:
        """The cells of the duty, by column. Raises CannotWrite."""
        found: Row = {str(field): _cell(duty, field, self) for field in self.mapping.columns}
        if self.mapping.shape == "days":
            found |= _day_and_code(duty, self)
        for fields in self._shared:
            text = _in_one(duty, fields, found, self.mapping)
            found.update((field, text) for field in fields)
        cells = self._split(found)
        if self.mapping.file.type == "csv":
            _refuse_formulas(found | cells)
        try:
            again = self._rows.duty(duty.row, list(found.values()))
        except Wrong as wrong:
            raise CannotWrite(wrong.message) from None
        for field in self._compared:
            if getattr(again, field) != getattr(duty, field):
                raise CannotWrite(
                    f"{field} is {getattr(duty, field)}, and this export would"
                    f" say {getattr(again, field)}."
                )
        return cells

    def _split(self, found: Row) -> Row:
        """What the fields say, in the columns that they are joined of. Raises CannotWrite."""
        cells: Row = {}
        for field, several in self.mapping.columns.items():
            parts = joining.split(found[field], field, self.mapping)
            if parts is None:
                raise CannotWrite(
                    f"it cannot be told where {found[field]!r} is parted into"
                    f" {' and '.join(several)}, unless widths.{field} says it."
                )
            for column, text in zip(several, parts, strict=True):
                if cells.setdefault(column, text) != text:
                    raise CannotWrite(f"{column!r} would be {cells[column]!r} and {text!r}.")
        return cells


def _cell(duty: Duty, field: str, writer: _Writer) -> str:
    mapping = writer.mapping
    if field in ("date", "code"):
        return ""
    if field in AT_TIMES:
        return _time(duty, field, writer)
    value = _value(duty, field, mapping)
    return _encoded(value, field, mapping) if value else ""


def _value(duty: Duty, field: str, mapping: Mapping) -> str:
    """What the platform says of the field."""
    flags = {"on_call": duty.what == "on-call", "cancelled": duty.is_cancelled}
    if field in flags:
        return "yes" if flags[field] else "no"
    value = mapping.holder if field == "force" else getattr(duty, field)
    return "" if value in KEPT_EMPTY else str(value)


def _encoded(value: str, field: str, mapping: Mapping) -> str:
    codes = _codes_of(mapping, field)
    if not codes:
        return value
    for text in codes:
        if _means(text, field, value, mapping):
            return text
    if field in FLAGS and value == "no":
        return ""
    raise CannotWrite(f"No code of [codes.{field}] stands for {value!r}.")


def _codes_of(mapping: Mapping, field: str) -> dict[str, str]:
    """What the export writes for the field, and what the platform calls it."""
    return next((table for name, table in mapping.codes.items() if name == field), {})


def _means(text: str, field: str, value: str, mapping: Mapping) -> bool:
    codes = _codes_of(mapping, field)
    code = codes.get(text, "" if codes else text)
    return code == value or (field in FLAGS and (code.lower() in YES) == (value == "yes"))


def _shared(mapping: Mapping) -> list[list[Field_]]:
    """The fields that are read from one and the same column."""
    fields: dict[str, list[Field_]] = {}
    for field, column in mapping.headings.items():
        fields.setdefault(column, []).append(field)
    return [each for each in fields.values() if len(each) > 1]


def _in_one(duty: Duty, fields: list[Field_], found: Row, mapping: Mapping) -> str:
    """The one text that says all of these fields. Raises CannotWrite."""
    values = {field: _value(duty, field, mapping) for field in fields}
    for text in (*(found[field] for field in fields), *_codes_of(mapping, fields[0])):
        if all(
            text == found[field] or _means(text, field, values[field], mapping)
            for field in fields
        ):
            return text
    raise CannotWrite(f"no cell of {mapping.headings[fields[0]]!r} says {values}.")


def _refuse_formulas(row: Row) -> None:
    for field, cell in row.items():
        if is_formula(cell):
            raise CannotWrite(
                f"{field} is {cell!r}, which a spreadsheet would run as a formula."
            )


def _time(duty: Duty, field: str, writer: _Writer) -> str:
    """A time as the field has it; where the day of its end is not said, it may end at 24:00."""
    pattern, zone = writer.clock.pattern, writer.clock.zone
    starts_at, ends_at = duty.starts_at.astimezone(zone), duty.ends_at.astimezone(zone)
    is_end = not writer.mapping.times.past_midnight
    if field == "from_to":
        until = writer.mapping.times.until
        end = written(ends_at, pattern.time, is_end=is_end)
        return f"{written(starts_at, pattern.time)}{until}{end}"
    forms = {"date": pattern.date, "time": pattern.time}
    form = forms.get(field.partition("_")[2], pattern.whole)
    if field.startswith("start"):
        return written(starts_at, form)
    is_end = is_end and field == "end_time" and not writer.mapping.has("end_date")
    return written(ends_at, form, is_end=is_end)


def _day_and_code(duty: Duty, writer: _Writer) -> Row:
    """The first code that says all of the duty, or all but its times where the row has times of its own."""
    mapping, has_times = writer.mapping, writer.mapping.has("from_to")
    day = duty.starts_at.astimezone(writer.clock.zone).date()
    codes = [(text, code) for text, code in mapping.duty_codes.items() if _is_of(code, duty)]
    whole = [each for each in codes if _span(each[1], day, writer.clock) == duty[4:6]]
    if not (codes if has_times else whole):
        raise CannotWrite("no duty code stands for it.")
    text, code = (whole or codes)[0]
    cells = {"date": writer.clock.written_day(day), "code": text}
    if has_times and (duty.is_cancelled or (whole and code.starts is None)):
        cells["from_to"] = ""
    return cells


def _is_of(code: DutyCode, duty: Duty) -> bool:
    """Whether the code stands for such a duty, whatever its times."""
    if duty.is_cancelled or code.what == "nothing":
        return duty.is_cancelled and code.what == "nothing"
    fixed = [(name, getattr(code, name)) for name in OF_CODES]
    return code.what == duty.what and all(v in (None, getattr(duty, n)) for n, v in fixed)


def _span(code: DutyCode, day: date, clock: Clock) -> tuple[datetime, datetime] | None:
    try:
        begin, end = (clock.local(each) for each in code.local(day))
    except Wrong:
        return None
    return begin, end
