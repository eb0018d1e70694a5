"""Meetings: the agenda, who is in the room, whether it can decide, what it decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import ActionStanding, MeetingState, Vote
from crossforce.boards.queries import agreed, boards, carrying, due
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.carrying import NOTHING_YET, Outcome
from crossforce.boards.rules import actions as action_rules
from crossforce.boards.rules import agendas, keeping, votes
from crossforce.boards.rules.agendas import Section
from crossforce.boards.rules.charters import required
from crossforce.boards.rules.days import WorkingDays
from crossforce.boards.rules.keeping import Judged
from crossforce.boards.rules.minutes import Decided, Held, Paragraph, minutes
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


class NoSuchPaper(Missing):
    """There is no such paper, or none that you may know of."""


class NoSuchDecision(Missing):
    """There is no such decision, or none that you may know of."""


class NoSuchAction(Missing):
    """There is no such action, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision with how it was judged; where it is shown by itself or in a list, with what came of it."""

    row: models.Decision
    judged: Judged
    outcome: Outcome = NOTHING_YET


@dataclass(frozen=True, slots=True)
class ActionShown:
    """An action and how it stands on the day."""

    row: models.Action
    standing: ActionStanding
    days_late: int


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
def ahead(actor: Actor, of: Collection[UUID], on: date) -> dict[UUID, models.Meeting]:
    """The next planned meeting of each of these boards on the day or after, by board."""
    return next_of(of, on)


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
        actions=tuple(_actions(row, board, on)),
    )


def agenda_of(
    actor: Actor, row: models.Meeting, board: models.Board, sitting: Sitting
) -> tuple[Section, ...]:
    """The agenda: as it was when the meeting has been held, else from what is due now."""
    if row.state == MeetingState.HELD.value:
        return keeping.agenda(row.agenda)
    practice = agreed.known_practice(row.on)
    following = _following(row, board)
    taken = [each.row.paper for each in _decisions(row)]
    found = due.due(actor, board, sitting, following, taken)
    return agendas.agenda(found, practice.template, row.on, following)


def _following(row: models.Meeting, board: models.Board) -> date | None:
    """The day of the next meeting that is kept; else the one that its cycle will give it."""
    kept = next_of([board.pk], civil.next_day(row.on)).get(board.pk)
    later = boards.planned(board, row.on, civil.add_months(row.on, 13))
    return kept.on if kept else next((each.on for each in later if each.on > row.on), None)


def next_of(of: Collection[UUID], on: date) -> dict[UUID, models.Meeting]:
    """The next planned meeting of each of these boards on the day or after, by board."""
    rows = models.Meeting.objects.within_reach().filter(
        board__in=of, on__gte=on, state=MeetingState.PLANNED.value
    )
    return {row.board: row for row in rows.order_by("-on", "-pk")}


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


def paper_of(key: UUID, *, is_locked: bool = False) -> models.Paper:
    """The paper, as whoever acts may read it; locked for who may change it. Raises NoSuchPaper."""
    rows = models.Paper.objects.filter(pk=key)
    found: models.Paper | None = (rows.select_for_update() if is_locked else rows).first()
    if found is None:
        raise NoSuchPaper
    return found


def decision_of(key: UUID, *, is_locked: bool = False) -> models.Decision:
    """The decision, as whoever acts may read it; locked for who may change it. Raises NoSuchDecision."""
    rows = models.Decision.objects.filter(pk=key)
    found: models.Decision | None = (rows.select_for_update() if is_locked else rows).first()
    if found is None:
        raise NoSuchDecision
    return found


def action_of(key: UUID) -> models.Action:
    """The action, as whoever acts may read it. Raises NoSuchAction."""
    found: models.Action | None = models.Action.objects.filter(pk=key).first()
    if found is None:
        raise NoSuchAction
    return found


@guarded.acts
def paper(actor: Actor, key: UUID) -> models.Paper:
    """One paper. Raises NoSuchPaper."""
    return paper_of(key)


@guarded.acts
def decision(actor: Actor, key: UUID) -> Taken:
    """One decision with how it was judged. Raises NoSuchDecision."""
    row = decision_of(key)
    return Taken(row, keeping.judged(row.judged), carrying.outcome(actor, row))


@guarded.acts
def papers(actor: Actor) -> list[models.Paper]:
    """The papers that the actor may read, the earliest due first."""
    return list(models.Paper.objects.within_reach().order_by("state", "due_on", "pk"))


@guarded.acts
def decisions(actor: Actor, board: UUID) -> list[Taken]:
    """The decisions of a board, the latest first. Raises NoSuchBoard."""
    boards.row_of(board)
    rows = models.Decision.objects.within_reach().filter(board=board).order_by("-decided_at")
    found = carrying.outcomes(actor, rows)
    return [Taken(row, keeping.judged(row.judged), found[row.pk]) for row in rows]


@guarded.acts
def actions(actor: Actor, on: date, board: UUID | None = None) -> list[ActionShown]:
    """The actions that the actor may read and how they stand on the day: open ones first, by due day."""
    rows = models.Action.objects.within_reach()
    known = {each.pk: each for each in boards.boards(actor)}
    if board is not None:
        rows = rows.filter(board=board)
    found = [
        _shown_action(row, known.get(row.board), on) for row in rows.order_by("due_on", "pk")
    ]
    return sorted(found, key=lambda each: (each.row.ended_on is not None, each.row.due_on))


@guarded.acts
def titles(actor: Actor, seats: tuple[Seat, ...], on: date) -> dict[str, str]:
    """What seats are called on the day, by code, in English."""
    directory = organisations.directory()
    return {seat.code: title(seat, directory, on).en for seat in seats}


def written(actor: Actor, found: Shown) -> tuple[Paragraph, ...]:
    """The minutes as they would be written from what is recorded now."""
    named = titles(actor, found.sitting.seats, found.meeting.on)
    held = Held(
        board=found.board.title,
        at=instant_of(found.meeting),
        roll=found.roll,
        quorum=found.quorum,
        agenda=found.agenda,
        decisions=tuple(_decided(each, found) for each in found.decisions),
        actions=tuple(due.action_of(each.row) for each in found.actions),
        put_off=tuple(
            key
            for key, each in found.papers.items()
            if found.meeting.on in keeping.days(each.put_before)
        ),
        notes=tuple(keeping.notes(found.meeting.notes).items()),
    )
    return minutes(held, lambda seat: named[seat.code])


def instant_of(row: models.Meeting) -> datetime:
    """When the meeting begins."""
    return datetime.combine(row.on, row.begins, civil.LONDON)


def has_begun(row: models.Meeting, at: datetime) -> bool:
    """Whether its hour has come: before that nobody was there, and nothing is decided."""
    return instant_of(row) <= at


def _decided(taken: Taken, found: Shown) -> Decided:
    row, judged = taken.row, taken.judged
    said = keeping.votes(row.votes)
    cast: Mapping[str, Vote] = votes.counting(found.roll, str(row.paper), said)
    directory, on = organisations.directory(), found.meeting.on
    known = ((code, directory.get(code)) for code in judged.agreeing)
    return Decided(
        str(row.paper),
        cast,
        tuple(each.name_on(on).en if each else code for code, each in known),
        judged.reasons,
        judged.clause,
        row.takes_effect_on,
    )


def _papers(agenda: tuple[Section, ...]) -> dict[str, models.Paper]:
    wanted = [
        item.due.reference for section in agenda for item in section.items if item.due.paper
    ]
    return {str(row.pk): row for row in models.Paper.objects.filter(pk__in=wanted)}


def _decisions(row: models.Meeting) -> list[Taken]:
    rows = models.Decision.objects.filter(meeting=row.pk).order_by("created_at")
    return [Taken(each, keeping.judged(each.judged)) for each in rows]


def _actions(row: models.Meeting, board: models.Board, on: date) -> list[ActionShown]:
    rows = models.Action.objects.filter(meeting=row.pk).order_by("due_on", "pk")
    return [_shown_action(each, board, on) for each in rows]


def _shown_action(row: models.Action, board: models.Board | None, on: date) -> ActionShown:
    days = boards.days_of(board) if board else WorkingDays()
    action, soon = due.action_of(row), agreed.known_practice(on).soon_working_days
    return ActionShown(
        row,
        action_rules.standing(action, on, days, soon),
        action_rules.overdue_by(action, on, days),
    )


@guarded.acts
def action(actor: Actor, key: UUID) -> models.Action:
    """One action. Raises NoSuchAction."""
    return action_of(key)


@guarded.acts
def minutes_of(actor: Actor, key: UUID, on: date) -> str:
    """The text of the minutes as they would be written now. Raises NoSuchMeeting."""
    return minutes_text(actor, shown(actor, key, on))


def minutes_text(actor: Actor, found: Shown) -> str:
    """The same of a meeting that is shown already."""
    paragraphs = written(actor, found)
    return "\n\n".join(
        "\n".join((f"{each.number} {each.heading}".strip(), *each.lines)) for each in paragraphs
    )


@guarded.acts
def one_action(actor: Actor, key: UUID, on: date) -> ActionShown:
    """One action and how it stands on the day. Raises NoSuchAction."""
    row = action_of(key)
    board = models.Board.objects.filter(pk=row.board).first()
    return _shown_action(row, board, on)


@guarded.acts
def seats_of_decision(actor: Actor, row: models.Decision) -> dict[str, str]:
    """What the seats that decided are called, by code, as of that day. Raises NoSuchBoard."""
    day = civil.day_of(row.decided_at)
    sitting = boards.sitting(actor, boards.row_of(row.board), day)
    return titles(actor, sitting.seats, day)
