"""Milestones of a sheet that wait for each other in a circle, or for one that is nowhere, are refused."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from crossforce.programme.rules.networks import Milestone, circles
from crossforce.records.reading.values import Finding, Reading, Row, in_order

REMEDY: Final = "Correct the column After."


def judged(reading: Reading, held: Mapping[str, Milestone]) -> Reading:
    """The reading without the rows whose waiting cannot be, each with its finding.

    A row may wait for another of the sheet or for a milestone that is held already. Refusing one
    refuses what waits for it, because its own day hangs on it.
    """
    rows, found = {row.reference: row for row in reading.rows}, list(reading.findings)
    for ring in circles(_all(rows, held).values()):
        told = " waits for ".join((*ring, ring[0]))
        for name in ring:
            if name in rows:
                found.append(_finding(rows.pop(name), "circle", f"{told}: a circle"))
    refused = {each.reference for each in found if each.row and not each.is_note}
    for name, other in _lost(rows, held):
        if other in refused:
            why, remedy = "whose row is refused", f"Mend the row of {other}."
        else:
            why, remedy = "which is not there", REMEDY
        told = f"{name} waits for {other}, {why}"
        found.append(_finding(rows.pop(name), "waits-for-nothing", told, remedy))
        refused.add(name)
    return Reading(tuple(rows.values()), in_order(found))


def milestone(row: Row) -> Milestone:
    """The milestone that a sound row describes."""
    values: Mapping[str, Any] = row.values
    return Milestone(
        row.reference,
        due_on=values["due_on"],
        begins_on=values.get("begins_on"),
        after=values.get("after") or (),
        done_on=values.get("done_on"),
    )


def _all(rows: Mapping[str, Row], held: Mapping[str, Milestone]) -> dict[str, Milestone]:
    return {**held, **{name: milestone(row) for name, row in rows.items()}}


def _lost(rows: Mapping[str, Row], held: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each row that waits for one that is nowhere, with that; then what waits for such a row, and so on."""
    after = {name: milestone(row).after for name, row in rows.items()}
    followers = defaultdict(list)
    for name, others in after.items():
        for other in others:
            followers[other].append(name)
    gone = [other for other in followers if other not in rows and other not in held]
    while gone:
        missing = set(gone)
        waiting = [name for other in gone for name in followers[other] if name in after]
        gone = [name for name in dict.fromkeys(waiting) if name not in held]
        for name in dict.fromkeys(waiting):
            yield name, next(other for other in after.pop(name) if other in missing)


def _finding(row: Row, rule: str, why: str, remedy: str = REMEDY) -> Finding:
    place = row.places["after"]
    return Finding(
        rule,
        f"{place}: {why}.",
        remedy,
        place,
        row.number,
        row.reference,
    )
