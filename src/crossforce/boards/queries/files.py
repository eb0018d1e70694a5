"""The list of boards, and the meetings of one, as CSV: the same from page, API and command line; a disclosure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from crossforce.boards import models
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


def kept(actor: Actor, today: date) -> File:
    """The boards that the actor may read, each with its next meeting."""
    return _file(actor, BOARDS, f"boards-{today}", lambda: _boards(actor, today))


@guarded.acts
def meetings_of(actor: Actor, board: UUID, today: date) -> File:
    """The meetings of a board, the latest first. Raises NoSuchBoard."""
    name = f"meetings-{boards.row_of(board).code}-{today}"
    return _file(actor, MEETINGS, name, lambda: _meetings(actor, board, today))


@guarded.acts
def _boards(actor: Actor, today: date) -> list[dict[str, Any]]:
    guarded_watch.takes_out("boards")
    rows = boards.boards(actor)
    ahead = lapsing.ahead(actor, [each.pk for each in rows], today)
    return [
        _told(each, BOARDS)
        | {
            "holder": records.place_of(each.scope_id).holder,
            "next": ahead[each.pk].on if each.pk in ahead else None,
        }
        for each in rows
    ]


@guarded.acts
def _meetings(actor: Actor, board: UUID, today: date) -> list[dict[str, Any]]:
    guarded_watch.takes_out("meetings-of-a-board")
    rows = meetings.of_board(actor, board)
    lapsed = lapsing.lapsed(actor, rows, today)
    return [
        _told(each, MEETINGS) | ({"state": LAPSED} if each.pk in lapsed else {})
        for each in rows
    ]


def _told(row: models.Board | models.Meeting, layout: Layout) -> dict[str, Any]:
    return {each.field: getattr(row, each.field, None) for each in layout.columns}


def _file(
    actor: Actor, layout: Layout, name: str, ask: Callable[[], list[dict[str, Any]]]
) -> File:
    found, marking = records.marked(actor, ask)
    rows = [_written(each | {"marking": marking}) for each in found]
    return File(f"{name}-{records.in_a_name(marking)}.csv", csv_of(layout, rows))


def _written(told: dict[str, Any]) -> dict[str, Value]:
    """Hours as `10:00`, identifiers as text."""
    return {
        field: f"{value:%H:%M}" if field == "begins" else str(value or "")
        for field, value in told.items()
    }
