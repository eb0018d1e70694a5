"""Actions that boards set, and how they stand on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import ActionStanding
from crossforce.boards.queries import agreed, boards, due
from crossforce.boards.rules import actions as rules
from crossforce.boards.rules.days import WorkingDays
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor


class NoSuchAction(Missing):
    """There is no such action, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class ActionShown:
    """An action and how it stands on the day."""

    row: models.Action
    standing: ActionStanding
    days_late: int


@guarded.acts
def actions(actor: Actor, on: date, board: UUID | None = None) -> list[ActionShown]:
    """The actions that the actor may read and how they stand on the day: open ones first, by due day."""
    rows = models.Action.objects.within_reach()
    known = {each.pk: each for each in boards.boards(actor)}
    if board is not None:
        rows = rows.filter(board=board)
    found = [_shown(row, known.get(row.board), on) for row in rows.order_by("due_on", "pk")]
    return sorted(found, key=lambda each: (each.row.ended_on is not None, each.row.due_on))


@guarded.acts
def action(actor: Actor, key: UUID) -> models.Action:
    """One action. Raises NoSuchAction."""
    return row_of(key)


@guarded.acts
def one_action(actor: Actor, key: UUID, on: date) -> ActionShown:
    """One action and how it stands on the day. Raises NoSuchAction."""
    row = row_of(key)
    board = models.Board.objects.filter(pk=row.board).first()
    return _shown(row, board, on)


def of_meeting(row: models.Meeting, board: models.Board, on: date) -> Iterator[ActionShown]:
    """What the meeting set to be done."""
    for each in models.Action.objects.filter(meeting=row.pk).order_by("due_on", "pk"):
        yield _shown(each, board, on)


def row_of(key: UUID) -> models.Action:
    """The row itself, as whoever acts may read it. Raises NoSuchAction."""
    found: models.Action | None = models.Action.objects.filter(pk=key).first()
    if found is None:
        raise NoSuchAction
    return found


def _shown(row: models.Action, board: models.Board | None, on: date) -> ActionShown:
    days = boards.days_of(board) if board else WorkingDays()
    found, soon = due.action_of(row), agreed.known_practice(on).soon_working_days
    return ActionShown(
        row, rules.standing(found, on, days, soon), rules.overdue_by(found, on, days)
    )
