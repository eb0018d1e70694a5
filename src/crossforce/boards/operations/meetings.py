"""A meeting takes place: who came, what was said, what was set to be done; and it is over."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import (
    ACTION,
    MEETING,
    PURPOSES,
    ActionState,
    MeetingState,
)
from crossforce.boards.queries import actions, agreed, boards, due, lapsing, meetings
from crossforce.boards.queries import minutes as written
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules import actions as rules
from crossforce.boards.rules import keeping
from crossforce.boards.rules.actions import Action
from crossforce.boards.rules.rolls import Attendance, Roll, refusals
from crossforce.boards.rules.seats import called
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotPlanned(Conflict):
    """This meeting has been held or cancelled: what is recorded of it stays."""


class NotYet(Conflict):
    """The meeting has not begun; the message says when it does."""


class Lapsed(Conflict):
    """On its day others govern what the board of this meeting was kept for: nothing of it is recorded."""


class BadRoll(NotUnderstood):
    """The attendance cannot be right; the message says why."""


class BadAction(NotUnderstood):
    """The action cannot be kept or ended like that; the message says why."""


@guarded.acts
def attend(
    *,
    actor: Actor,
    meeting: UUID,
    version: int,
    rows: Mapping[str, Attendance],
    at: datetime,
) -> None:
    """Record who came, who sat for whom, and who has an interest in what.

    Raises NoSuchMeeting, NotPlanned, NotYet, Lapsed, BadRoll, NothingChanges, StaleVersion.
    """
    row = _planned(meeting)
    _refuse_future(row, at)
    sitting = _sitting(actor, boards.row_of(row.board), row.on)
    roll = Roll(sitting.seats, rows, agreed.known_offices(row.on))
    for reason in refusals(roll, organisations.directory(), row.on):
        raise BadRoll(str(reason))
    given = {"attendance": keeping.attendance_text(rows)}
    records.edit(actor=actor, kind=MEETING, record=meeting, version=version, given=given, at=at)


@guarded.acts
def note(
    *, actor: Actor, meeting: UUID, version: int, notes: Mapping[str, str], at: datetime
) -> None:
    """Record what was said on items, for the minutes. Raises NoSuchMeeting, NotPlanned, NotYet, Lapsed, StaleVersion."""
    row = _planned(meeting)
    _refuse_future(row, at)
    _sitting(actor, boards.row_of(row.board), row.on)
    given = {"notes": keeping.notes_text({**keeping.notes(row.notes), **notes})}
    records.edit(actor=actor, kind=MEETING, record=meeting, version=version, given=given, at=at)


@guarded.acts
def hold(*, actor: Actor, meeting: UUID, version: int, minutes: str, at: datetime) -> None:
    """Close the meeting: its agenda stays as it was and its minutes are kept.

    Without words of the secretary's own, the minutes are those written from what happened.
    Raises NoSuchMeeting, NotPlanned, NotYet, Lapsed, StaleVersion.
    """
    row = _planned(meeting)
    _refuse_future(row, at)
    found = meetings.shown(actor, meeting, civil.day_of(at))
    if lapsing.is_governing_nothing(actor, found.board, found.sitting):
        raise Lapsed
    text = minutes.strip() or written.minutes_text(actor, found)
    given = {
        "state": MeetingState.HELD.value,
        "agenda": keeping.agenda_text(found.agenda),
        "minutes": text,
    }
    records.edit(actor=actor, kind=MEETING, record=meeting, version=version, given=given, at=at)


@guarded.acts
def set_action(
    *,
    actor: Actor,
    meeting: UUID,
    what: str,
    owner: str,
    due_on: date,
    at: datetime,
    item: str = "",
) -> UUID:
    """Set an office of the board something to do, at a meeting that has begun and is not over.

    Raises NoSuchMeeting, NotPlanned, NotYet, Lapsed, BadAction, MayNotAdd.
    """
    row = _planned(meeting)
    _refuse_future(row, at)
    board = boards.row_of(row.board)
    sitting = _sitting(actor, board, row.on)
    if item and item not in meetings.items_of(actor, row, board, sitting):
        raise BadAction("That is no item of this meeting's agenda. Name one that is, or none.")
    asked = Action("", what, owner, row.on, due_on, item=item)
    who = called(owner, organisations.directory(), agreed.known_offices(row.on), row.on)
    refusal = rules.refusal_to_set(asked, [seat.code for seat in sitting.seats], who)
    if refusal is not None:
        raise BadAction(str(refusal))
    values = {
        "what": what,
        "owner": owner,
        "board": board.pk,
        "meeting": row.pk,
        "item": item,
        "set_on": row.on,
        "due_on": due_on,
        "state": ActionState.OPEN.value,
        "purposes": list(PURPOSES),
    }
    place = records.place_of(row.scope_id)
    made = records.create(actor=actor, new=records.NewRecord(ACTION, place, values), at=at)
    key: UUID = made.pk
    return key


@guarded.acts
def end_action(
    *, actor: Actor, action: UUID, version: int, state: ActionState, said: str, at: datetime
) -> None:
    """Say that an action is done, or dropped and why. Raises NoSuchAction, BadAction, StaleVersion."""
    row, today = actions.row_of(action), civil.day_of(at)
    refusal = rules.refusal_to_end(due.action_of(row), state, today, said)
    if refusal is not None:
        raise BadAction(str(refusal))
    given = {"state": state.value, "ended_on": today, "said": said.strip()}
    records.edit(actor=actor, kind=ACTION, record=action, version=version, given=given, at=at)


def _planned(key: UUID) -> models.Meeting:
    """The meeting, standing still until it is changed. Raises NoSuchMeeting, Refused, NotPlanned."""
    access.require(MEETING, key, "edit")
    row = meetings.row_of(key, is_locked=True)
    if row.state != MeetingState.PLANNED.value:
        raise NotPlanned
    return row


def _sitting(actor: Actor, board: models.Board, on: date) -> Sitting:
    """Who the board is on the day of its meeting. Raises Lapsed."""
    found = boards.sitting(actor, board, on)
    if lapsing.is_governing_nothing(actor, board, found):
        raise Lapsed
    return found


def _refuse_future(row: models.Meeting, at: datetime) -> None:
    if not meetings.has_begun(row, at):
        raise NotYet(
            f"This meeting begins on {row.on:%-d %B %Y} at {row.begins:%H:%M}. Record it from then on."
        )
