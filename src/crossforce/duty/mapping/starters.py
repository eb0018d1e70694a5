"""Mappings to begin with, one of each shape: whole as they stand, and to be made one's own."""

from typing import Final

COLUMN: Final = 38
SHIFTS: Final = """\
format = 1
name = "{holder}-shifts"              # its name in commands, folders and the API
title = "One row for each shift"
system = "shift-manager"              # the system that the export comes from
holder = "{holder}"                   # whose duties these are
shape = "shifts"

[file]
type = "csv"
delimiter = ","                       # or ";", "|", "\\t"
encoding = "utf-8"                    # or "cp1252", as spreadsheets on Windows write
covers = "changes"                    # "period": what is no longer in the file is cancelled
# trailer = "END"                     # the last row is END, or END;240: else it was cut off

[times]
date = "DD/MM/YYYY"                   # D/M/YY where a nought is left out, MON for Jan, Feb
time = "HH:mm"                        # HHmm for 0700
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
format = 1
name = "{holder}-days"                # its name in commands, folders and the API
title = "One row for each person and day"
system = "roster"                     # the system that the export comes from
holder = "{holder}"                   # whose duties these are
shape = "days"

[file]
type = "csv"
delimiter = ","                       # or ";", "|", "\\t"
encoding = "utf-8"                    # or "cp1252", as spreadsheets on Windows write
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

NESTED: Final = """\
format = 1
name = "{holder}-people"              # its name in commands, folders and the API
title = "JSON: people, each with their duties"
system = "people-planner"             # the system that the export comes from
holder = "{holder}"                   # whose duties these are
shape = "nested"

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

STARTERS: Final = {
    "shifts": ("One row for each shift", SHIFTS),
    "days": ("One row for each person and day, with a duty code", DAYS),
    "nested": ("JSON: people, each with their duties", NESTED),
}


def starter(name: str, holder: str) -> str:
    """The text to begin with, for the organisation; empty where there is none of that name."""
    _, text = STARTERS.get(name, ("", ""))
    return "\n".join(map(_aligned, text.replace("{holder}", holder).splitlines()))


def _aligned(line: str) -> str:
    """The line with what is said about it in the same column as in other lines."""
    said, found, about = line.partition("  # ")
    return f"{said.rstrip():<{COLUMN}}# {about}" if found else line
