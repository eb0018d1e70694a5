"""Mappings to begin with, one of each shape: whole as they stand, and to be made one's own."""

from typing import Final, NamedTuple

COLUMN: Final = 38
HEAD: Final = """\
format = 1
name = "{holder}-{name}"              # its name in commands, folders and the API
title = "{title}"
system = "{system}"                   # the system that the export comes from
holder = "{holder}"                   # whose duties these are
shape = "{shape}"
"""

CSV: Final = """
[file]
type = "csv"
delimiter = ","                       # or ";", "|", "\\t"
encoding = "utf-8"                    # or "cp1252", as spreadsheets on Windows write
"""

SHIFTS: Final = """\
covers = "changes"                    # "period": what is no longer in the file is cancelled
# trailer = "END"                     # the last row is END, or END;240: else it was cut off

[times]
date = "DD/MM/YYYY"                   # D/M/YY where a nought is left out, MON for Jan, Feb
time = "HH:mm"                        # HHmm for 0700, h:mm AM for 7:00 PM
past_midnight = true                  # 22:00 to 06:00 ends on the next day
# equal_times = "whole-day"           # 00:00 to 00:00 is a whole day; else it is refused
longest_hours = 16                    # a duty that is longer is taken for a mistake

[columns]                             # our field = "the heading in your export"
reference = "Shift no"
staff = "Collar"
start_date = "Date"
start_time = "From"
end_time = "To"
# from_to = "Shift"                   # in place of both times, for one cell such as 0700-1900
unit = "Team"
call_sign = "Call sign"
location = "Base"
status = "State"

[values]                              # what holds for every row
function = "firearms"

[codes.unit]                          # "what your export writes" = "our code"
"SOU" = "tri-force-sou"

[codes.status]
"AV" = "2"
"-" = ""
"""

DAYS: Final = """\
covers = "period"                     # what is no longer in the file is cancelled
most_cancelled = 0.1                  # unless that is more than this share of what is held

[times]
date = "DD/MM/YYYY"                   # D/M/YY where a nought is left out, MON for Jan, Feb
time = "HHmm"
past_midnight = true
longest_hours = 16                    # a duty that is longer is taken for a mistake

[columns]                             # our field = "the heading in your export"
staff = "Number"
date = "Date"
code = "Code"
# from_to = "Shift"                   # where rows say their times themselves: 0700-1900

[values]                              # what holds for every row
unit = "tri-force-sou"

[duty_codes."E"]                      # early
starts = "07:00"
ends = "15:00"

[duty_codes."N"]                      # night: it ends on the next day
starts = "22:00"
ends = "07:00"

[duty_codes."OC"]
what = "on-call"

[duty_codes."AL"]                     # annual leave, the whole day
what = "absence"
absence = "leave"

[duty_codes."RD"]                     # a rest day is no duty
what = "nothing"
"""

NESTED: Final = """
[file]
type = "json"
rows = "people"                       # where the list of people stands
duties = "duties"                     # where a person's list of duties stands
covers = "changes"                    # "period": what is no longer in the file is cancelled

[times]
date = "YYYY-MM-DD"
time = "HH:mm:ssZZ"                   # ZZ is the offset, +01:00 or Z
between = "T"

[columns]                             # our field = where it stands, of the person or of the duty
staff = "person.number"
reference = "duty.id"
start = "duty.from"
end = "duty.to"
unit = "duty.team"

[codes.unit]                          # "what your export writes" = "our code"
"SOU" = "tri-force-sou"
"""


class Starter(NamedTuple):
    """What one begins with: what is said of it, and what follows its head."""

    title: str
    name: str
    system: str
    text: str


STARTERS: Final = {
    "shifts": Starter("One row for each shift", "shifts", "shift-manager", CSV + SHIFTS),
    "days": Starter(
        "One row for each person and day, with a duty code", "days", "roster", CSV + DAYS
    ),
    "nested": Starter(
        "JSON: people, each with their duties", "people", "people-planner", NESTED
    ),
}


def starter(shape: str, holder: str) -> str:
    """The text to begin with, for the organisation; empty where there is none of that shape."""
    if (found := STARTERS.get(shape)) is None:
        return ""
    said = {"title": found.title, "name": found.name, "system": found.system}
    text = HEAD.format(holder=holder, shape=shape, **said) + found.text
    return "\n".join(map(_aligned, text.splitlines()))


def _aligned(line: str) -> str:
    """The line with what is said about it in the same column as in other lines."""
    said, found, about = line.partition("  # ")
    return f"{said.rstrip():<{COLUMN}}# {about}" if found else line
