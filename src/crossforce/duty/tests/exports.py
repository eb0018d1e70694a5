"""Three exports of invented duty systems, each of another shape, as an analyst would describe them."""

import io
from collections.abc import Iterable, Iterator
from typing import Final

from crossforce.duty import mapping
from crossforce.duty.mapping import Duty, Finding, Known, Mapping, Wrong, overlaps

SHIFTS: Final = b"""
format = 1
name = "wiltshire-shifts"
title = "Wiltshire: one row per shift"
system = "shift-manager"
holder = "wiltshire"
shape = "shifts"

[file]
type = "csv"
delimiter = ";"
encoding = "cp1252"

[times]
date = "DD/MM/YYYY"
time = "HH:mm"
past_midnight = true

[columns]
reference = "Shift no"
staff = "Collar"
start_date = "Date"
start_time = "From"
end_time = "To"
unit = "Team"
call_sign = "Call sign"
location = "Base"
status = "State"
on_call = "On call"
cancelled = "Cancelled"

[values]
function = "firearms"

[codes.unit]
SOU = "tri-force-sou"
RPU = "roads"

[codes.status]
AV = "2"
RF = "4"
"" = ""
"""

DAYS: Final = b"""
format = 1
name = "avon-and-somerset-days"
title = "Avon and Somerset: one row per person per day"
system = "roster"
holder = "avon-and-somerset"
shape = "days"

[file]
type = "csv"
covers = "period"

[columns]
staff = "Person"
date = "Day"
code = "Duty"

[values]
unit = "tri-force-sou"

[duty_codes.E]
starts = "07:00"
ends = "15:00"

[duty_codes.N]
starts = "22:00"
ends = "07:00"

[duty_codes.C]
what = "on-call"
starts = "01:30"
ends = "09:00"

[duty_codes.AL]
what = "absence"
absence = "leave"

[duty_codes.RD]
what = "nothing"
"""

NESTED: Final = b"""
format = 1
name = "gloucestershire-people"
title = "Gloucestershire: people and their duties"
system = "people-planner"
holder = "gloucestershire"
shape = "nested"

[file]
type = "json"
rows = "data.people"
duties = "rota.duties"
covers = "period"

[times]
time = "HH:mm:ssZZ"
between = "T"

[columns]
staff = "person.number"
reference = "duty.id"
start = "duty.from"
end = "duty.to"
what = "duty.kind"
unit = "duty.unit"
latitude = "duty.at.lat"
longitude = "duty.at.lon"
"""

ROW: Final = "Shift no;Collar;Date;From;To;Team;Call sign;Base;State;On call;Cancelled\n"


def described(text: bytes, *changes: tuple[str, str]) -> Mapping:
    """The mapping, with some of its words changed."""
    words = text.decode()
    for before, after in changes:
        assert before in words
        words = words.replace(before, after)
    return mapping.read(words.encode())


def parsed(
    of: Mapping, content: bytes, known: Known | None = None
) -> tuple[list[Duty], list[Finding]]:
    """The duties and the findings of a file."""
    read = mapping.parse(io.BytesIO(content), of, file="x", known=known or Known())
    found = list(apart(read, "x"))
    return (
        [each for each in found if isinstance(each, Duty)],
        [each for each in found if isinstance(each, Finding)],
    )


def shifts(*rows: str) -> bytes:
    """A file of shifts, with its heading."""
    return (ROW + "\n".join(rows)).encode("cp1252")


def apart(found: Iterable[Duty | Finding], file: str = "") -> Iterator[Duty | Finding]:
    """The same, but rows that stand against an earlier one refused. It holds on to every row, for a few."""
    rows: dict[str, int] = {}
    people: dict[tuple[str, str], overlaps.Apart] = {}
    for each in found:
        if isinstance(each, Duty):
            first = rows.setdefault(each.reference, each.row)
            wrong = _repeated(each, first) or _overlapping(each, people)
            if wrong:
                yield wrong.at(file, each.row, each.reference)
                continue
        yield each


def _repeated(duty: Duty, first: int) -> Wrong | None:
    if first == duty.row:
        return None
    message, remedy = overlaps.TWICE
    return Wrong("reference-twice", message.format(first, duty.reference), remedy)


def _overlapping(duty: Duty, people: dict[tuple[str, str], overlaps.Apart]) -> Wrong | None:
    if duty.is_cancelled:
        return None
    person = people.setdefault((duty.staff, duty.what), overlaps.Apart())
    other = person.take((duty.starts_at, duty.ends_at, duty.row))
    return None if other is None else overlaps.overlap(duty.staff, duty.what, other)
