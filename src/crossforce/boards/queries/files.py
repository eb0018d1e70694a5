"""The list of boards, and the meetings of one, as CSV: the same from page, API and command line; a disclosure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import MARKING
from crossforce.boards.queries import boards, lapsing, meetings
from crossforce.kernel import guarded, guarded_watch
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.reading.layouts import Column, Layout
from crossforce.records.reading.values import Value
from crossforce.records.reading.writing import csv_of

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
LAPSED: Final = "lapsed"
BOARDS: Final = Layout(
    "boards",
    "Boards",
    (
        Column("marking", "Marking"),
        Column("title", "Board"),
        Column("code", "Code"),
        Column("agreement", "Agreement"),
        Column("reports_to", "Reports to"),
        Column("cycle", "Meets"),
        Column("begins", "Begins at"),
        Column("holder", "Kept by"),
        Column("next", "Next meeting"),
        Column("pk", "Identifier"),
    ),
)
MEETINGS: Final = Layout(
    "meetings",
    "Meetings of a board",
    (
        Column("marking", "Marking"),
        Column("title", "Meeting"),
        Column("on", "Day"),
        Column("begins", "Begins at"),
        Column("place", "Place"),
        Column("state", "State"),
        Column("papers_due_on", "Papers due"),
        Column("moved", "Moved, or why cancelled"),
        Column("pk", "Identifier"),
    ),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it leaves; its name ends with the highest marking of what it tells."""

    name: str
    content: bytes


@guarded.acts
def kept(actor: Actor, today: date) -> File:
    """The boards that the actor may read, each with its next meeting."""
    guarded_watch.takes_out("boards")
    rows = boards.boards(actor)
    ahead = lapsing.ahead(actor, [each.pk for each in rows], today)
    told = [
        _told(each, BOARDS)
        | {
            "holder": records.place_of(each.scope_id).holder,
            "next": ahead[each.pk].on if each.pk in ahead else None,
        }
        for each in rows
    ]
    return _file(BOARDS, f"boards-{today}", told, [*rows, *ahead.values()])


@guarded.acts
def meetings_of(actor: Actor, board: UUID, today: date) -> File:
    """The meetings of a board, the latest first. Raises NoSuchBoard."""
    guarded_watch.takes_out("meetings-of-a-board")
    row, rows = boards.row_of(board), meetings.of_board(actor, board)
    lapsed = lapsing.lapsed(actor, rows, today)
    told = [
        _told(each, MEETINGS) | ({"state": LAPSED} if each.pk in lapsed else {})
        for each in rows
    ]
    return _file(MEETINGS, f"meetings-{row.code}-{today}", told, [row, *rows])


def _told(row: models.Board | models.Meeting, layout: Layout) -> dict[str, Any]:
    return {each.field: getattr(row, each.field, None) for each in layout.columns}


def _file(
    layout: Layout, name: str, told: Iterable[dict[str, Any]], read: Iterable[Any]
) -> File:
    places = [records.place_of(each.scope_id) for each in read]
    marking = records.marking_line(
        [each.marking for each in places] or [MARKING], [each.compartment for each in places]
    )
    rows = [_written(each | {"marking": marking}) for each in told]
    in_a_name = marking.partition(" [")[0].replace(" ", "-")
    return File(f"{name}-{in_a_name}.csv", csv_of(layout, rows))


def _written(told: dict[str, Any]) -> dict[str, Value]:
    """Hours as `10:00`, identifiers as text."""
    return {
        field: f"{value:%H:%M}" if field == "begins" else str(value or "")
        for field, value in told.items()
    }
