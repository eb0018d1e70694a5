"""Mappings to begin with: whole as they stand, and to be made one's own."""

from typing import Final

HEAD: Final = """\
format = 1
name = "{holder}-{makes}"             # its name in commands and the API
title = "{title}"
system = "records"                    # the records system; part of the references
holder = "{holder}"                   # whose records these are
makes = "{makes}"

[file]
type = "{type}"                       # or "csv", "jsonl", "parquet"
encoding = "utf-8"                    # or "cp1252", as spreadsheets on Windows write
covers = "changes"                    # "everything": what the file lacks is deleted

[dates]
date = "DD/MM/YYYY"                   # MON for Jan, Feb
partial = ["MM/YYYY", "YYYY"]         # where only the month or the year is known
unknown = ["00/00/0000"]              # what is written where no day is known

[said]                                # of every statement, unless it says otherwise
asserted = "fact"                     # or "assessment", "intelligence"
source = "Records system"
confidence = "high"
"""
PERSON: Final = """
[columns]                             # our field = "the column in your file"
reference = "Nominal"
team = "Team"
recorded_on = "Entered"
# deleted = "Deleted"                 # yes: the record went

[codes.sex]                           # "what your file writes" = "our code"
M = "male"
F = "female"

[codes.category]
S = "suspect"
C = "convicted"
V = "victim"
W = "witness"

[[statement]]
about = "name"
columns = { family = "Surname", given = ["Forename 1", "Forename 2"] }

[[statement]]
about = "birth"
columns = { on = "Born" }

[[statement]]
about = "sex"
columns = { sex = "Sex" }

[[statement]]
about = "address"
columns = { lines = ["Street"], town = "Town", postcode = "Postcode" }

[[statement]]
about = "identifier"
columns = { number = "PNCID" }
values = { type = "pnc" }

[[statement]]                         # one for each element of a list
about = "category"
each = { column = "Roles", split = ";" }
columns = { category = "." }
"""
VEHICLE: Final = """
[columns]
reference = "Vehicle"
team = "Team"

[values]                              # what holds for every row
what = "vehicle"

[[statement]]
about = "identifier"
columns = { number = "VRM" }
values = { type = "vrm" }

[[statement]]
about = "description"
columns = { text = ["Colour", "Make", "Model"] }
"""
TIES: Final = """
[columns]
reference = "Link"
one = "From"                          # the reference of the one, in the same system
one_kind = "From kind"                # person, object, location or event
other = "To"
other_kind = "To kind"
role = "Role"                         # suspect in, victim of, lives at, keeper of...
since = "Since"
"""
TITLES: Final = (
    ("people", "People, as CSV"),
    ("people-lines", "People, as JSON lines"),
    ("vehicles", "Vehicles, as CSV"),
    ("ties", "Ties between records, as CSV"),
)
PARTS: Final = {
    "people": ("person", "People", "csv", PERSON),
    "people-lines": ("person", "People", "jsonl", PERSON),
    "vehicles": ("object", "Vehicles", "csv", VEHICLE),
    "ties": ("tie", "Ties", "csv", TIES),
}


def starter(name: str, holder: str) -> str:
    """The text of one of them for a force; empty for any other name."""
    if name not in PARTS:
        return ""
    makes, title, sort, rest = PARTS[name]
    head = HEAD.replace("{holder}", holder).replace("{makes}", makes)
    head = head.replace("{title}", title).replace("{type}", sort)
    if makes == "tie":
        head = head[: head.index("[said]")].rstrip() + "\n"
    return head + rest
