"""What a register states that this platform did not see happen: days to come, and stages past a gate."""

from collections.abc import Collection
from datetime import date
from typing import Final

from crossforce.programme.choices import Stage
from crossforce.records.reading.values import Finding, Reading, Row, in_order

DAYS: Final = ("entered_on", "looked_on")
STAGE: Final = "stage"
BEFORE_ANY_GATE: Final = (Stage.IDEA, Stage.SCOPING, Stage.DROPPED)
ELSEWHERE: Final = (
    "It came in at {stage} on {on}, as recorded elsewhere: it passed no gate here."
)
"""What such an entry says of why it is where it is, until it is moved."""


def judged(reading: Reading, held: Collection[str], today: date) -> Reading:
    """The reading without the rows of days to come; what is new past a gate comes in, and is told."""
    late = [
        _to_come(row, field)
        for row in reading.rows
        for field in DAYS
        if isinstance(day := row.values.get(field), date) and day > today
    ]
    refused = {each.row for each in late}
    kept = tuple(row for row in reading.rows if row.number not in refused)
    told = [_past(row) for row in kept if is_past(row) and row.reference not in held]
    return Reading(kept, in_order([*reading.findings, *late, *told]))


def is_past(row: Row) -> bool:
    """Whether the row is at a stage that has a gate before it."""
    return row.values.get(STAGE) not in BEFORE_ANY_GATE


def _to_come(row: Row, field: str) -> Finding:
    place = row.places[field]
    return Finding(
        "to-come",
        f"{place} is a day to come, {row.values[field]}.",
        "Give the day on which it was.",
        place,
        row.number,
        row.reference,
    )


def _past(row: Row) -> Finding:
    place = row.places[STAGE]
    return Finding(
        "past-the-gate",
        f"{place} says {row.values[STAGE]}: it comes in as recorded elsewhere, and its entry says so.",
        "Where that is wrong, write idea and move it here.",
        place,
        row.number,
        row.reference,
        is_note=True,
    )
