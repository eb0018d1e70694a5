"""Meetings and actions over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from crossforce.boards.choices import ActionStanding, ActionState, Presence
from crossforce.boards.endpoints.boards import MeetingOut
from crossforce.boards.operations import keeping as planning
from crossforce.boards.operations import meetings as operations
from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import meetings
from crossforce.boards.queries.actions import ActionShown
from crossforce.boards.rules.rolls import Attendance
from crossforce.kernel import civil, clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()


class ItemOut(Schema):
    """One line of an agenda."""

    number: str
    reference: str
    kind: str
    title: str
    due_on: date
    why: str
    put_off: int
    days_late: int


class MeetingShown(MeetingOut):
    """A meeting with its agenda, its seats, and whether it can decide."""

    board: UUID
    seats: list[str]
    is_quorate: bool
    wanting: list[str]
    agenda: list[ItemOut]
    minutes: str


class AttendanceIn(Schema):
    """How a seat was filled; `interests` are the items in which it takes no part."""

    presence: Presence
    alternate: str = Field("", max_length=100)
    interests: list[str] = Field(default=[], max_length=200)


class RollIn(Schema):
    """Attendance by seat."""

    seats: dict[str, AttendanceIn]


class NotesIn(Schema):
    """What was said, by the reference of an item."""

    notes: dict[str, str]


class CloseIn(Schema):
    """The minutes; without words of one's own they are written from what happened."""

    minutes: str = Field("", max_length=60_000)


class CancelIn(Schema):
    """Why a meeting is cancelled."""

    why: str = Field(max_length=200)


class ActionIn(Schema):
    """What an office of the board is to do."""

    what: str = Field(max_length=300)
    owner: str = Field(max_length=120)
    due_on: date
    item: str = Field("", max_length=100)


class ActionEndIn(Schema):
    """What became of an action."""

    state: ActionState
    said: str = Field(max_length=500)


class ActionOut(Schema):
    """An action and how it stands today."""

    id: UUID
    version: int
    what: str
    owner: str
    board: UUID
    set_on: date
    due_on: date
    standing: ActionStanding
    days_late: int
    said: str


@router.get("/meetings/{uuid:key}", response=MeetingShown)
def show(request: ActingRequest, response: HttpResponse, key: UUID) -> Any:
    """One meeting, with the ETag that a change carries."""
    found = _found(request, key)
    api.tagged(response, found.meeting)
    return _shown(found)


@router.put("/meetings/{uuid:key}/attendance", response=MeetingShown)
def attend(request: ActingRequest, key: UUID, sent: RollIn) -> Any:
    """Record who was there, with If-Match."""
    rows = {
        seat: Attendance(each.presence, each.alternate, frozenset(each.interests))
        for seat, each in sent.seats.items()
    }
    version = _version(request, key)
    operations.attend(
        actor=request.actor, meeting=key, version=version, rows=rows, at=clock.now()
    )
    return _shown(_found(request, key))


@router.put("/meetings/{uuid:key}/notes", response=MeetingShown)
def note(request: ActingRequest, key: UUID, sent: NotesIn) -> Any:
    """Record what was said, with If-Match."""
    version = _version(request, key)
    operations.note(
        actor=request.actor, meeting=key, version=version, notes=sent.notes, at=clock.now()
    )
    return _shown(_found(request, key))


@router.post("/meetings/{uuid:key}/close", response=MeetingShown)
def close(request: ActingRequest, key: UUID, sent: CloseIn) -> Any:
    """Close the meeting with its minutes, with If-Match."""
    version = _version(request, key)
    operations.hold(
        actor=request.actor, meeting=key, version=version, minutes=sent.minutes, at=clock.now()
    )
    return _shown(_found(request, key))


@router.post("/meetings/{uuid:key}/cancel", response=MeetingShown)
def cancel(request: ActingRequest, key: UUID, sent: CancelIn) -> Any:
    """Cancel the meeting, with If-Match."""
    version = _version(request, key)
    planning.cancel_meeting(
        actor=request.actor, meeting=key, version=version, why=sent.why, at=clock.now()
    )
    return _shown(_found(request, key))


@router.post("/meetings/{uuid:key}/actions", response={201: ActionOut})
def set_action(request: ActingRequest, key: UUID, sent: ActionIn) -> Any:
    """Set an office of the board something to do."""
    at = clock.now()
    made = operations.set_action(actor=request.actor, meeting=key, at=at, **sent.model_dump())
    return Status(201, _action(set_here.one_action(request.actor, made, civil.day_of(at))))


@router.get("/actions", response=list[ActionOut])
def actions(request: ActingRequest) -> Any:
    """The actions that one may see: open ones first, by the day on which they are due."""
    found = set_here.actions(request.actor, civil.day_of(clock.now()))
    return [_action(each) for each in found]


@router.post("/actions/{uuid:key}/end", response=ActionOut)
def end_action(request: ActingRequest, key: UUID, sent: ActionEndIn) -> Any:
    """Say that an action is done, or dropped and why, with If-Match."""
    at = clock.now()
    version = api.version_of(request, set_here.action(request.actor, key))
    operations.end_action(
        actor=request.actor,
        action=key,
        version=version,
        state=sent.state,
        said=sent.said,
        at=at,
    )
    return _action(set_here.one_action(request.actor, key, civil.day_of(at)))


def _found(request: ActingRequest, key: UUID) -> meetings.Shown:
    return meetings.shown(request.actor, key, civil.day_of(clock.now()))


def _version(request: ActingRequest, key: UUID) -> int:
    return api.version_of(request, _found(request, key).meeting)


def _shown(found: meetings.Shown) -> dict[str, Any]:
    row = found.meeting
    plain = ("version", "title", "on", "begins", "place", "state", "papers_due_on", "moved")
    return {name: getattr(row, name) for name in (*plain, "minutes")} | {
        "id": row.pk,
        "board": found.board.pk,
        "seats": [seat.code for seat in found.sitting.seats],
        "is_quorate": found.quorum.is_met,
        "wanting": [str(reason) for reason in found.quorum.reasons()],
        "agenda": [_item(item) for section in found.agenda for item in section.items],
    }


def _item(item: Any) -> dict[str, Any]:
    due = item.due
    return {
        "number": item.number,
        "reference": due.reference,
        "kind": due.kind,
        "title": due.title,
        "due_on": due.due_on,
        "why": due.why,
        "put_off": len(due.put_before),
        "days_late": item.days_late,
    }


def _action(each: ActionShown) -> dict[str, Any]:
    row = each.row
    plain = ("version", "what", "owner", "board", "set_on", "due_on", "said")
    return {name: getattr(row, name) for name in plain} | {
        "id": row.pk,
        "standing": each.standing,
        "days_late": each.days_late,
    }
