"""Who governs and from when another will, as tables and sentences."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse

from crossforce.agreements.api import titles
from crossforce.agreements.wording.names import listed
from crossforce.boards import models
from crossforce.boards.choices import MeetingState
from crossforce.boards.queries import changing, meetings
from crossforce.boards.queries.changing import Stretch
from crossforce.boards.views import tables
from crossforce.kernel.web import dates
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest

HEADS: Final = "From|Agreement|Function|Governed by|Why"


def of_board(request: ActingRequest, row: models.Board, found: Sequence[Stretch]) -> Table:
    """What this board will govern from a later day, and what another will."""
    known = titles(request.actor, [each.agreement for each in found])
    return Table("What changes", heads(HEADS), [_row(each, known, own=row) for each in found])


def instead(request: ActingRequest, found: meetings.Shown) -> list[tuple[str, Cell]]:
    """Where nobody sits: what is governed by whom on that day, and the board to look at."""
    if found.sitting.seats or not found.board.agreement:
        return []
    actor, on = request.actor, found.meeting.on
    return [
        (
            f"On that day {governed_by(each)} governs {tables.function(each.function)} ({_why(each)}).",
            _board(each),
        )
        for each in changing.standing(actor, [found.board.agreement], on)
    ]


def of_paper(request: ActingRequest, row: models.Paper, on: date) -> tuple[Table, set[UUID]]:
    """Before whom a paper comes from which day and at which meeting; and who could decide it today.

    Of an agreement that is yet to begin that is whoever governs from its first day.
    """
    actor, wanted = request.actor, set(row.functions.split())
    now = changing.standing(actor, [row.agreement], on)
    then = changing.coming(actor, [row.agreement], on)
    first = changing.begins_on(actor, row.agreement, on)
    found = [each for each in [*now, *then] if not wanted or each.function in wanted]
    rows = [
        [
            "Today" if each.on == on else dates.day(each.on),
            tables.function(each.function),
            governed_by(each),
            _meeting(request, each, on if each.on == first else each.on, _until(each, found)),
        ]
        for each in found
    ]
    deciding = {
        each.board.pk for each in found if each.board and each.on == (on if now else first)
    }
    return Table(
        "Before whom it comes", heads("From|Function|Governed by|Next meeting"), rows
    ), deciding


def governed_by(found: Stretch) -> str:
    """`All Wales Policing Group`, or the bodies that govern jointly."""
    if found.by is None or not found.by.bodies:
        return "Nobody"
    return listed(tables.organisation(each) for each in found.by.bodies)


def _row(each: Stretch, known: dict[str, str], own: models.Board) -> list[str | Cell]:
    is_own = each.board is not None and each.board.pk == own.pk
    return [
        dates.day(each.on),
        known.get(each.agreement, each.agreement),
        tables.function(each.function),
        "This board" if is_own else _board(each) if each.board else governed_by(each),
        _why(each),
    ]


def _board(each: Stretch) -> Cell:
    if each.board is None:
        return Cell("")
    return Cell(each.board.title, reverse("boards:board", args=[each.board.pk]))


def _why(each: Stretch) -> str:
    return str(each.by.why) if each.by else "the agreement is not in force"


def _until(each: Stretch, found: Sequence[Stretch]) -> date | None:
    later = (
        other.on for other in found if other.function == each.function and other.on > each.on
    )
    return min(later, default=None)


def _meeting(
    request: ActingRequest, each: Stretch, since: date, until: date | None
) -> str | Cell:
    """The first meeting that is planned while that board decides on it."""
    if each.board is None:
        return "No board that you may see"
    kept = [
        row
        for row in meetings.of_board(request.actor, each.board.pk)
        if row.state == MeetingState.PLANNED.value
        and row.on >= since
        and (until is None or row.on < until)
    ]
    if not kept:
        return "None is planned"
    first = min(kept, key=lambda row: row.on)
    return Cell(dates.day(first.on), reverse("boards:meeting", args=[first.pk]))
