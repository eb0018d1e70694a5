"""Meetings: the agenda, who is in the room, whether it can decide, what it decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import PUT_OFF, MeetingState
from crossforce.boards.queries import actions, agreed, boards, carrying, due, lapsing
from crossforce.boards.queries.actions import ActionShown
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.carrying import NOTHING_YET, Outcome
from crossforce.boards.rules import agendas, called, keeping
from crossforce.boards.rules.agendas import Section
from crossforce.boards.rules.charters import required
from crossforce.boards.rules.keeping import Judged
from crossforce.boards.rules.quorums import Quorum, quorum
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.seats import Seat, title
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records


class NoSuchMeeting(Missing):
    """There is no such meeting, or none that you may know of."""


class NoSuchDecision(Missing):
    """There is no such decision, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision with how it was judged; where it is shown by itself or in a list, with what came of it."""

    row: models.Decision
    judged: Judged
    outcome: Outcome = NOTHING_YET

    @property
    def is_put_off(self) -> bool:
        """Whether nothing was voted on, and the meeting put the paper off."""
        return bool(self.row.how == PUT_OFF)

    @property
    def said(self) -> str:
        """What came of it, in a word or two."""
        if self.is_put_off:
            return "Put off"
        return "Decided" if self.row.is_decided else "Not decided"


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as its page shows it. `papers` are the rows behind items of the agenda."""

    meeting: models.Meeting
    board: models.Board
    place: records.Place
    sitting: Sitting
    roll: Roll
    quorum: Quorum
    agenda: tuple[Section, ...]
    papers: Mapping[str, models.Paper]
    decisions: tuple[Taken, ...]
    actions: tuple[ActionShown, ...]

    @property
    def is_held(self) -> bool:
        """Whether the meeting is over and its minutes are written."""
        return self.meeting.state == MeetingState.HELD.value


@guarded.acts
def of_board(actor: Actor, board: UUID) -> list[models.Meeting]:
    """The meetings of a board that are kept, the latest first. Raises NoSuchBoard."""
    boards.row_of(board)
    rows = models.Meeting.objects.within_reach().filter(board=board)
    return list(rows.order_by("-on", "pk"))


@guarded.acts
def between(actor: Actor, first: date, last: date) -> list[models.Meeting]:
    """The meetings of all boards on the days from the first to the last, the earliest first."""
    rows = models.Meeting.objects.within_reach().filter(on__range=(first, last))
    return list(rows.order_by("on", "title", "pk"))


@guarded.acts
def shown(actor: Actor, key: UUID, on: date) -> Shown:
    """A meeting as its page shows it on the day `on`. Raises NoSuchMeeting, NoSuchBoard."""
    row = row_of(key)
    board = boards.row_of(row.board)
    sitting = boards.sitting(actor, board, row.on)
    offices = agreed.known_offices(row.on)
    roll = Roll(sitting.seats, keeping.attendance(row.attendance), offices)
    needs = required(boards.charters_of(board, sitting))
    practice = agreed.known_practice(row.on)
    agenda = agenda_of(actor, row, board, sitting)
    return Shown(
        meeting=row,
        board=board,
        place=records.place_of(row.scope_id),
        sitting=sitting,
        roll=roll,
        quorum=quorum(roll, "", needs, practice.quorum_more_than),
        agenda=agenda,
        papers=_papers(agenda),
        decisions=tuple(_decisions(row)),
        actions=tuple(actions.of_meeting(row, board, on)),
    )


def agenda_of(
    actor: Actor, row: models.Meeting, board: models.Board, sitting: Sitting
) -> tuple[Section, ...]:
    """The agenda: as it was when the meeting has been held, else from what is due now."""
    if row.state == MeetingState.HELD.value:
        return keeping.agenda(row.agenda)
    practice = agreed.known_practice(row.on)
    following = _following(actor, row, board)
    taken = [each.row.paper for each in _decisions(row)]
    found = due.due(actor, board, sitting, following, taken)
    return agendas.agenda(found, practice.template, row.on, following)


def _following(actor: Actor, row: models.Meeting, board: models.Board) -> date | None:
    """The day of the next meeting that is kept and does not lapse; else the next that its cycle will give it."""
    rows = models.Meeting.objects.within_reach().filter(
        board=board.pk, on__gt=row.on, state=MeetingState.PLANNED.value
    )
    after = list(rows.order_by("on", "pk"))
    if kept := lapsing.first_coming(actor, after, row.on, 1):
        return kept[0].on
    last = after[-1].on if after else row.on
    later = boards.planned(board, last, civil.add_months(last, 13))
    return next((each.on for each in later if each.on > last), None)


def has_come_to_something(row: models.Meeting) -> bool:
    """Whether it voted on something, or set something to be done."""
    decided, set_here = (
        of.objects.filter(meeting=row.pk) for of in (models.Decision, models.Action)
    )
    return bool(decided.exists() or set_here.exists())


def items_of(
    actor: Actor, row: models.Meeting, board: models.Board, sitting: Sitting
) -> set[str]:
    """The references of all that is on the agenda."""
    sections = agenda_of(actor, row, board, sitting)
    return {item.due.reference for section in sections for item in section.items}


def row_of(key: UUID, *, is_locked: bool = False) -> models.Meeting:
    """The row itself, as whoever acts may read it; locked for who may change it. Raises NoSuchMeeting."""
    rows = models.Meeting.objects.filter(pk=key)
    found: models.Meeting | None = (rows.select_for_update() if is_locked else rows).first()
    if found is None:
        raise NoSuchMeeting
    return found


def decision_of(key: UUID, *, is_locked: bool = False) -> models.Decision:
    """The decision, as whoever acts may read it; locked for who may change it. Raises NoSuchDecision."""
    rows = models.Decision.objects.filter(pk=key)
    found: models.Decision | None = (rows.select_for_update() if is_locked else rows).first()
    if found is None:
        raise NoSuchDecision
    return found


@guarded.acts
def decision(actor: Actor, key: UUID) -> Taken:
    """One decision with how it was judged. Raises NoSuchDecision."""
    row = decision_of(key)
    return Taken(row, judged_of(row), carrying.outcome(actor, row))


@guarded.acts
def decisions(actor: Actor, board: UUID) -> list[Taken]:
    """The decisions of a board, the latest first. Raises NoSuchBoard."""
    boards.row_of(board)
    rows = models.Decision.objects.within_reach().filter(board=board).order_by("-decided_at")
    found = carrying.outcomes(actor, rows)
    return [Taken(row, judged_of(row), found[row.pk]) for row in rows]


def judged_of(row: models.Decision) -> Judged:
    """How it was judged, as it was kept; codes that its reasons were kept with are names."""
    found, on = keeping.judged(row.judged), civil.day_of(row.decided_at)
    known = organisations.directory(), agreed.known_offices(on)
    return replace(
        found, reasons=tuple(called.in_words(each, *known, on) for each in found.reasons)
    )


@guarded.acts
def titles(actor: Actor, seats: tuple[Seat, ...], on: date) -> dict[str, str]:
    """What seats are called on the day, by code, in English."""
    directory = organisations.directory()
    return {seat.code: title(seat, directory, on).en for seat in seats}


def instant_of(row: models.Meeting) -> datetime:
    """When the meeting begins."""
    return datetime.combine(row.on, row.begins, civil.LONDON)


def has_begun(row: models.Meeting, at: datetime) -> bool:
    """Whether its hour has come: before that nobody was there, and nothing is decided."""
    return instant_of(row) <= at


def _papers(agenda: tuple[Section, ...]) -> dict[str, models.Paper]:
    wanted = [
        item.due.reference for section in agenda for item in section.items if item.due.paper
    ]
    return {str(row.pk): row for row in models.Paper.objects.filter(pk__in=wanted)}


def _decisions(row: models.Meeting) -> list[Taken]:
    rows = models.Decision.objects.filter(meeting=row.pk).order_by("created_at")
    return [Taken(each, judged_of(each)) for each in rows]


@guarded.acts
def seats_of_decision(actor: Actor, row: models.Decision) -> dict[str, str]:
    """What the seats that decided are called, by code, as of that day. Raises NoSuchBoard."""
    day = civil.day_of(row.decided_at)
    sitting = boards.sitting(actor, boards.row_of(row.board), day)
    return titles(actor, sitting.seats, day)
