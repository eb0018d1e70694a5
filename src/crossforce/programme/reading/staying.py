"""A register that is sent again moves no entry: a stage has a gate, which a file does not pass."""

from collections.abc import Mapping

from crossforce.records.reading.values import Finding, Reading, Row, in_order

STAGE = "stage"


def judged(reading: Reading, stages: Mapping[str, str]) -> Reading:
    """The reading without the rows that say another stage than the entry is at, each with its finding."""
    moved = [row for row in reading.rows if _is_moved(row, stages)]
    found = [_finding(row, stages[row.reference]) for row in moved]
    kept = tuple(row for row in reading.rows if not _is_moved(row, stages))
    return Reading(kept, in_order([*reading.findings, *found]))


def _is_moved(row: Row, stages: Mapping[str, str]) -> bool:
    said = row.values.get(STAGE)
    return row.reference in stages and said is not None and said != stages[row.reference]


def _finding(row: Row, now: str) -> Finding:
    place = row.places[STAGE]
    return Finding(
        "stage-moves",
        f"{place} says {row.values[STAGE]}, and {row.reference} is at {now}: a file moves no entry.",
        f"Move it on its own page, or write {now}; then send the file again.",
        place,
        row.number,
        row.reference,
    )
