"""The tables of the programme: the register, and the milestones of a project."""

from collections.abc import Mapping
from typing import Final

from crossforce.programme.choices import Stage
from crossforce.records.reading.layouts import Column, Judge, Layout, Sort
from crossforce.records.reading.values import Value

CODE, CODES = 120, 2_000
"""How long a code is, and several of them together; the models say the same."""


def _in_time(begin: str, end: str) -> Judge:
    def judge(values: Mapping[str, Value]) -> tuple[str, str, str] | None:
        first, last = values.get(begin), values.get(end)
        if first and last and str(last) < str(first):
            return end, "it is before the beginning", "Correct one of the two dates."
        return None

    return judge


REGISTER: Final = Layout(
    "register",
    "Register of collaborations and ideas",
    (
        Column(
            "reference",
            "Reference",
            Sort.REFERENCE,
            ("ref", "id", "number"),
            True,
            longest=CODE,
        ),
        Column("title", "Title", others=("name", "collaboration"), is_needed=True),
        Column("description", "Description", others=("details", "summary"), longest=5000),
        Column("stage", "Stage", Sort.CODE, ("status",), True, tuple(Stage)),
        Column("function", "Function", Sort.CODE, ("business area",), longest=CODE),
        Column("forces", "Forces", Sort.SEVERAL, ("bodies", "with"), longest=CODES),
        Column("partners", "Other partners", others=("partners",), longest=500),
        Column("owner", "Owner", others=("lead", "responsible")),
        Column("agreement", "Agreement", Sort.CODE, ("agreement reference",), longest=CODE),
        Column("entered_on", "Entered on", Sort.DATE, ("date entered", "started")),
        Column("looked_on", "Last looked at on", Sort.DATE, ("last reviewed", "updated")),
        Column("baseline", "Baseline cost a year (£)", Sort.POUNDS, ("baseline", "cost")),
        Column("saving", "Saving a year (£)", Sort.POUNDS, ("saving", "savings")),
        Column("source", "Source", others=("stated in",), longest=500),
    ),
    _in_time("entered_on", "looked_on"),
)

MILESTONES: Final = Layout(
    "milestones",
    "Milestones of a project",
    (
        Column(
            "reference",
            "Reference",
            Sort.REFERENCE,
            ("ref", "id", "number"),
            True,
            longest=CODE,
        ),
        Column("title", "Title", others=("milestone", "name"), is_needed=True),
        Column("begins_on", "Begins on", Sort.DATE, ("start", "start date")),
        Column("due_on", "Due on", Sort.DATE, ("due", "end", "due date"), is_needed=True),
        Column(
            "after",
            "After",
            Sort.SEVERAL,
            ("depends on", "predecessors", "waits for"),
            longest=CODES,
        ),
        Column("done_on", "Done on", Sort.DATE, ("done", "completed")),
        Column("owner", "Owner", others=("lead", "responsible")),
    ),
    _in_time("begins_on", "due_on"),
)

LAYOUTS: Final[Mapping[str, Layout]] = {each.name: each for each in (REGISTER, MILESTONES)}
