"""Boards are set up and changed, and their meetings planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.agreements import api as agreements
from crossforce.boards import models
from crossforce.boards.choices import (
    BOARD,
    MARKING,
    MEETING,
    PURPOSES,
    Cycle,
    MeetingState,
)
from crossforce.boards.operations import alone, own_rules
from crossforce.boards.queries import agreed, belonging, boards, kept, meetings
from crossforce.boards.rules import cycles, keeping, reporting
from crossforce.boards.rules.cycles import Planned
from crossforce.boards.rules.days import beyond
from crossforce.boards.rules.motions import Delegation
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.rules.seats import SeatRule
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST_MONTHS = 36


class BadBoard(NotUnderstood):
    """The board cannot be kept like that; the message says what is wrong with it."""


class NotYours(Refused):
    """Your organisation is none of those whom this board is: its body, whoever hosts that or sits on it, or the parties of
    its agreement. Ask one of them to keep it."""


class ClosedDay(Conflict):
    """The board does not meet on that day; the message says why."""


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A board: an organisation's code makes it that organisation, any other is of its agreement."""

    title: str
    code: str
    agreement: str = ""
    reports_to: str = ""
    cycle: Cycle = Cycle.MONTHLY
    weekday: int = 1
    week: int = 1
    month: int = 1
    begins: time = time(10)
    seats: tuple[SeatRule, ...] = ()
    chair: str = ""
    chair_casts: bool = False
    delegations: tuple[Delegation, ...] = ()
    closed: Mapping[date, str] | None = None

    def values(self) -> dict[str, Any]:
        """As a record has them, but for the board's own rules."""
        return {
            "title": self.title,
            "code": self.code,
            "agreement": self.agreement,
            "reports_to": self.reports_to,
            "cycle": self.cycle.value,
            "weekday": self.weekday,
            "week": self.week,
            "month": self.month,
            "begins": self.begins,
            "closed": keeping.closed_text(self.closed or {}),
        }

    @property
    def rules(self) -> OwnRules:
        """The board's own rules, as they are asked for."""
        return OwnRules(self.seats, self.chair, self.chair_casts, self.delegations)


@guarded.acts
def set_up(*, actor: Actor, new: NewBoard, at: datetime) -> UUID:
    """Keep a board; the actor's organisation, which is one of those whom it is, holds it.

    The own rules of a joint board are proposed: they count once all whose board it is have agreed (`own_rules.agree`).
    Raises BadBoard, NoSuchAgreement, NotYours, MayNotAdd, Clashes.
    """
    _refuse_bad(actor, new, at)
    if not belonging.belongs(actor, new.code, new.agreement, at):
        raise NotYours
    _refuse_taken(new.code)
    place = records.Place(actor.organisation, "", "", MARKING)
    values = new.values() | {"purposes": list(PURPOSES)}
    values |= own_rules.held_back(actor, None, new.rules, new.code, at)
    row = records.create(actor=actor, new=records.NewRecord(BOARD, place, values), at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def change(*, actor: Actor, board: UUID, version: int, new: NewBoard, at: datetime) -> None:
    """Change a board; its code stays, and so does the agreement of one that governs it jointly, of which own rules are proposed.

    Raises NoSuchBoard, BadBoard, NothingChanges, StaleVersion.
    """
    row = boards.row_of(board)
    if new.code != row.code:
        raise BadBoard("The code of a board stays. Set up another board instead.")
    if new.agreement != row.agreement and organisations.directory().get(row.code) is None:
        raise BadBoard(
            "A board of those who govern jointly stays with their agreement: no keeper takes it away from them."
            " Set up another board for another agreement."
        )
    _refuse_bad(actor, new, at)
    given = new.values() | own_rules.held_back(actor, row, new.rules, new.code, at)
    records.edit(actor=actor, kind=BOARD, record=board, version=version, given=given, at=at)


@guarded.acts
def plan_meetings(*, actor: Actor, board: UUID, months: int, at: datetime) -> list[UUID]:
    """Plan the meetings of the board's cycle ahead; those that stand already stay as they are.

    Raises NoSuchBoard, MayNotAdd, BadBoard.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise BadBoard(f"Plan from 1 to {MOST_MONTHS} months ahead.")
    row, today = boards.row_of(board), civil.day_of(at)
    if row.cycle == Cycle.AS_NEEDED.value:
        raise BadBoard("This board meets as needed: add its meetings one by one.")
    taken = _taken_periods(row)
    found = boards.planned(row, today, civil.add_months(today, months))
    wanted = [
        each for each in found if not any(each.starts_on <= on < each.ends_on for on in taken)
    ]
    return [_add(actor, row, each, at) for each in wanted]


@guarded.acts
def add_meeting(
    *,
    actor: Actor,
    board: UUID,
    on: date,
    place: str,
    at: datetime,
    begins: time | None = None,
) -> UUID:
    """Add a meeting on a day of the secretary's choice, at the board's own hour where none is chosen.

    Raises NoSuchBoard, BadBoard, ClosedDay, MayNotAdd, Clashes.
    """
    row = boards.row_of(board)
    refusal = beyond(on)
    if refusal is not None:
        raise BadBoard(str(refusal))
    days = boards.days_of(row)
    why = days.why_closed(on)
    if why is not None:
        raise ClosedDay(f"{on:%-d %B %Y} is {why}. Choose a working day.")
    if on < civil.day_of(at):
        raise BadBoard("That day is past. Choose today or later.")
    papers = agreed.known_practice(on).papers_working_days
    planned = Planned(on, civil.next_day(on), on, on, days.before(on, papers))
    return _add(actor, row, planned, at, place=place, begins=begins)


@guarded.acts
def cancel_meeting(
    *, actor: Actor, meeting: UUID, version: int, why: str, at: datetime
) -> None:
    """Cancel a meeting that has not been held, nor anything recorded of it.

    Raises NoSuchMeeting, Refused, Conflict, BadBoard, StaleVersion.
    """
    access.require(MEETING, meeting, "edit")
    row = meetings.row_of(meeting, is_locked=True)
    if row.state != MeetingState.PLANNED.value:
        raise Conflict("Only a meeting that is planned is cancelled.")
    if row.attendance or meetings.has_come_to_something(row):
        raise Conflict("This meeting has taken place: somebody came, or it decided. Close it.")
    if not why.strip():
        raise BadBoard("Say why the meeting is cancelled.")
    given = {"state": MeetingState.CANCELLED.value, "moved": why.strip()}
    records.edit(actor=actor, kind=MEETING, record=meeting, version=version, given=given, at=at)


def _add(
    actor: Actor,
    board: models.Board,
    planned: Planned,
    at: datetime,
    *,
    place: str = "",
    begins: time | None = None,
) -> UUID:
    values = {
        "title": f"{board.title}, {planned.on:%-d %B %Y}",
        "board": board.pk,
        "on": planned.on,
        "begins": begins or board.begins,
        "place": place,
        "state": MeetingState.PLANNED.value,
        "papers_due_on": planned.papers_due_on,
        "moved": planned.moved,
        "purposes": list(PURPOSES),
    }
    where = records.place_of(board.scope_id)
    row = records.create(actor=actor, new=records.NewRecord(MEETING, where, values), at=at)
    key: UUID = row.pk
    return key


def _taken_periods(row: models.Board) -> list[date]:
    held = models.Meeting.objects.filter(board=row.pk).exclude(
        state=MeetingState.CANCELLED.value
    )
    return [each.on for each in held]


def _refuse_bad(actor: Actor, new: NewBoard, at: datetime) -> None:
    directory = organisations.directory()
    known = directory.get(new.code)
    if known is None and not new.agreement:
        raise BadBoard(
            f"No organisation has the code “{new.code}”. Name the agreement that it governs."
        )
    if new.agreement and not agreements.titles(actor, [new.agreement]):
        raise agreed.NoSuchAgreement
    try:
        cycles.Rhythm(new.cycle, new.weekday, new.week, new.month)
    except cycles.NotARhythm as wrong:
        raise BadBoard(str(wrong)) from None
    _refuse_offices(new, civil.day_of(at))
    circle = reporting.circle_made_by(new.code, new.reports_to, kept.Lines.known().reports_to)
    if new.reports_to and circle:
        raise BadBoard(circle)


def _refuse_taken(code: str) -> None:
    """A code is one board's, wherever that is kept: by it other boards report, and meetings are found."""
    alone.with_code(code)
    if all(each.code != code for each in kept.kept()):
        return
    other = models.Board.objects.filter(code=code).first()
    by = f"by {records.place_of(other.scope_id).holder}" if other else "here"
    raise records.Clashes(
        f"A board of the code “{code}” is kept {by} already. Change that one, or choose another code."
    )


def _refuse_offices(new: NewBoard, on: date) -> None:
    if new.chair_casts and not new.chair:
        raise BadBoard("Say which seat chairs: nobody else has its casting vote.")
    offices, directory = agreed.known_offices(on), organisations.directory()
    named = [new.chair, *(each.seat for each in new.delegations)]
    for rule in (*new.seats, *(_one_seat(code) for code in named if code)):
        if rule.office not in offices.known:
            raise BadBoard(
                f"There is no office “{rule.office}”. There are: {', '.join(offices.known)}."
            )
        unknown = [code for code in rule.of if directory.get(code) is None]
        if unknown:
            raise BadBoard(f"There is no organisation “{unknown[0]}”.")


def _one_seat(code: str) -> SeatRule:
    office, _, of = code.partition(":")
    if not of:
        raise BadBoard(f"“{code}” is no seat: write it as chief-officer:gloucestershire.")
    return SeatRule(office, (of,))
